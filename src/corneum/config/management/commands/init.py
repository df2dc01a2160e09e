"""`corneum init`: a new installation, its first clinic and its owner."""

import getpass
import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify

from corneum.clinic.premises import actions as premises
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit import staff

ASKED = {
    "clinic": "Name of the clinic",
    "town": "Town",
    "line1": "Street and number",
    "postcode": "Postcode",
    "phone": "Telephone, as patients see it",
    "email": "The clinic's e-mail address",
    "owner": "Your name",
    "owner_email": "Your own e-mail address, to sign in with",
}


class Command(BaseCommand):
    """Make the database and the secret key, open the first clinic, and make its owner's account."""

    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Let each answer be given beforehand."""
        for name, question in ASKED.items():
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name, help=question)
        parser.add_argument("--zone", default="Europe/London", help="time zone (Europe/London)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask what was not given, then do it all or nothing."""
        os.umask(0o077)
        Path(settings.HOME).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if Clinic.objects.exists():
            raise CommandError("This installation has a clinic already. Nothing was changed.")
        answers = {name: options[name] or self._ask(question) for name, question in ASKED.items()}
        password = os.environ.get("CORNEUM_OWNER_PASSWORD") or getpass.getpass("A password of at least 10 characters: ")
        try:
            self._open(answers, password, options["zone"])
        except ClinicError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{answers['clinic']} is open. Start it with `corneum serve`, then sign in at {settings.SITE_URL}/desk/ "
            "and set up your second factor. `corneum check` says what is still missing."
        )

    @staticmethod
    def _ask(question: str) -> str:
        while not (answer := input(f"{question}: ").strip()):
            pass
        return answer

    @staticmethod
    @transaction.atomic
    def _open(answers: dict[str, str], password: str, zone: str) -> None:
        by, at = Actor.system("init"), datetime.now(UTC)
        clinic = premises.open_clinic(
            name=answers["clinic"],
            slug=slugify(answers["town"]),
            zone=zone,
            line1=answers["line1"],
            town=answers["town"],
            postcode=answers["postcode"],
            phone=answers["phone"],
            email=answers["email"],
            by=by,
            at=at,
        )
        week = [(weekday, time(9), time(18)) for weekday in range(6)]
        premises.set_opening_hours(clinic=clinic, week=week, by=by, at=at)
        owner = staff.add_user(email=answers["owner_email"], name=answers["owner"], password=password, by=by, at=at)
        staff.give_role(user=owner, clinic=clinic, role="owner", by=by, at=at)
