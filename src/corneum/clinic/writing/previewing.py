"""A page as it is being typed, as its readers would see it; what cannot be read yet says so in its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from corneum.clinic.guides.pictures import pictures_called, pictures_in
from corneum.clinic.guides.prose import as_html
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.clinic.writing import queries
from corneum.clinic.writing.fields import FILLED, KINDS, PARTS, Field
from corneum.clinic.writing.listed import STRENGTHS, NotReadable, entries
from corneum.clinic.writing.models import Page
from corneum.domain.facts import fill
from corneum.platform.accounts.models import Clinic

NOT_READ = {"", "treatments", "pictures"}  # lists that are chosen, or no lists at all


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its title, what stands beside it, and its text."""

    title: str
    beside: str
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One field as it would be seen: text, HTML of ours, or items; or why it cannot be read yet."""

    label: str
    text: str = ""
    html: SafeString | None = None
    items: tuple[Item, ...] = ()
    trouble: str = ""


def preview(page: Page, texts: Mapping[str, str], clinic: Clinic) -> list[Seen]:
    """Show what was typed, field by field, with the facts filled in as this clinic's readers see them."""
    treatment = page.treatment or Treatment.objects.filter(slug=texts.get("about", "")).first()
    offer = Offer.objects.filter(treatment=treatment, clinic=clinic).first() if treatment else None
    seen = []
    for field in KINDS[page.kind]:
        text = texts.get(field.name, "").replace("\r\n", "\n")
        if treatment and field.name in FILLED:
            text = fill(text, minutes=treatment.minutes, pence=offer.price_pence if offer else None)
        if text.strip():
            seen.append(_seen(field, text))
    return seen


def _seen(field: Field, text: str) -> Seen:
    if field.name == "body":
        return Seen(field.label, html=as_html(text, pictures_in(text)))
    if field.lists == "pictures":
        shown = pictures_called([text], "wide").get(text)
        return Seen(field.label, html=shown.html if shown else None)
    if field.lists in NOT_READ:
        return Seen(field.label, text=text)
    try:
        queries.read_list(field.lists, text)
    except NotReadable as refusal:
        return Seen(field.label, text=text, trouble=str(refusal))
    if field.lists == "beside":
        return Seen(field.label, text=text)
    return Seen(field.label, items=tuple(_items(field.lists, text)))


def _items(lists: str, text: str) -> list[Item]:
    if lists in PARTS:
        parts = queries.read_list(lists, text)
        return [Item(each.title, f"{each.minutes} min" if each.minutes else "", each.text) for each in parts]
    if lists == "evidence":
        sure = {strength: says for says, strength in STRENGTHS.items()}
        notes = queries.read_list(lists, text)
        titles = [entry.title.rpartition(" (")[0] for entry in entries(text)]
        return [
            Item(title, sure[note.strength], f"{note.says}\n\nSource: {note.source}")
            for title, note in zip(titles, notes, strict=True)
        ]
    return [Item(entry.title, "", entry.prose) for entry in entries(text)]
