"""Pictures as the public pages show them: which sizes there are, so that nothing shifts while they load."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from corneum.clinic.guides.models import Picture, Rendition

# In Markdown: ![words under it](the picture's ref), alone in its paragraph.
IN_TEXT = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]*)\)")
SIZES = "(min-width: 60rem) 42rem, 92vw"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in one shape: its words, and its sizes from the narrowest to the widest."""

    ref: str
    alt: str
    shape: str
    sizes: tuple[tuple[int, int], ...]

    @property
    def html(self) -> SafeString:
        """Write it as HTML; the browser chooses the format by its own header, and where there are sizes, the size."""
        width, height = self.sizes[min(1, len(self.sizes) - 1)]
        srcset = ", ".join(f"{self._url(width)} {width}w" for width, _height in self.sizes)
        choice = format_html(' srcset="{}" sizes="{}"', srcset, SIZES) if len(self.sizes) > 1 else ""
        return format_html(
            '<img src="{}"{} width="{}" height="{}" alt="{}" loading="lazy">',
            self._url(width), choice, width, height, self.alt,
        )  # fmt: skip

    def _url(self, width: int) -> str:
        return reverse("guides:picture", args=[self.ref, self.shape, width])


def pictures_called(refs: Collection[str], shape: str) -> dict[str, Shown]:
    """Find pictures by their refs; what was withdrawn or never was is not among them."""
    rows = Rendition.objects.filter(picture__ref__in=refs, picture__withdrawn_at=None, shape=shape, kind="jpeg")
    sizes: dict[str, list[tuple[int, int]]] = {}
    alts: dict[str, str] = {}
    found = rows.order_by("width").values_list("picture__ref", "picture__alt", "width", "height")
    for ref, alt, width, height in found:
        sizes.setdefault(ref, []).append((width, height))
        alts[ref] = alt
    return {ref: Shown(ref, alts[ref], shape, tuple(known)) for ref, known in sizes.items()}


def pictures_in(markdown: str) -> Mapping[str, Shown]:
    """Find every picture that a text names."""
    refs = {ref for _words, ref in IN_TEXT.findall(markdown)}
    return pictures_called(refs, "whole") if refs else {}


def picture_of(picture: Picture | None) -> Shown | None:
    """Find the wide shape of a guide's picture, unless it was withdrawn."""
    return pictures_called([picture.ref], "wide").get(picture.ref) if picture else None
