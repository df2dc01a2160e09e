"""What a message says: a template becomes a subject, a text and, for e-mail, HTML."""

from dataclasses import dataclass
from typing import Any, cast

from django.template import Context, Template, TemplateDoesNotExist
from django.template.loader import get_template

from corneum.domain.errors import ClinicError

SUBJECT = "Subject: "


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it will be read."""

    subject: str
    text: str
    html: str = ""


class UnknownTemplate(ClinicError):
    """There is no such message."""


class NoSubject(ClinicError):
    """This message does not begin with a subject and an empty line."""


def email_words(template: str, context: dict[str, Any]) -> Words:
    """
    Write an e-mail.

    `messages/<template>.txt` begins with a line `Subject: …` and an empty line; beside it there may
    be `messages/<template>.html`.

    :raises UnknownTemplate: there is no such file
    :raises NoSubject: it begins otherwise; so does one whose subject was broken by a name with a line break
    """
    written = _written(f"messages/{template}.txt", context, escaped=False).strip()
    first, _, rest = written.partition("\n")
    second, _, text = rest.partition("\n")
    if not first.startswith(SUBJECT) or second.strip():
        raise NoSubject
    try:
        html = _written(f"messages/{template}.html", context, escaped=True)
    except UnknownTemplate:
        html = ""
    return Words(first.removeprefix(SUBJECT).strip(" "), _tidied(text), html)


def text_words(template: str, context: dict[str, Any]) -> Words:
    """
    Write a text message: `messages/<template>.txt`, in one piece and without a subject.

    :raises UnknownTemplate: there is no such file
    """
    return Words("", " ".join(_written(f"messages/{template}.txt", context, escaped=False).split()))


def own_email_html(clinic: Any, heading: str, text: str, button: str, button_url: str) -> str:
    """Write the HTML of an e-mail whose words a clinic has written itself: its paragraphs, and one button."""
    known = {"clinic": clinic, "heading": heading, "text": text, "button": button, "button_url": button_url}
    return _written("messages/messages/own.html", known, escaped=True)


def _written(name: str, context: dict[str, Any], *, escaped: bool) -> str:
    try:
        template = cast("Template", cast("Any", get_template(name)).template)
    except TemplateDoesNotExist as error:
        raise UnknownTemplate(f"There is no message {name}.") from error
    return str(template.render(Context(context, autoescape=escaped)))


def _tidied(text: str) -> str:
    """Leave at most one empty line between two paragraphs, whatever the tags between them left."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept) + "\n"
