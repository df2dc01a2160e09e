"""How deep treatments reach, as numbers for the drawn section of skin (templates/guides/_skin.html)."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneum.clinic.guides.models import Guide

# In the drawing's own units: where the line lies at which each of them stops.
STOPS_AT = {Guide.Reach.SURFACE: 127, Guide.Reach.EPIDERMIS: 178, Guide.Reach.DERMIS: 264}
TOP = 66
WIDTH = 440
LABELS = 96  # what the names of the layers take on the left
ROOM_FOR = 6  # as many columns as can be told apart


@dataclass(frozen=True, slots=True)
class Column:
    """One treatment in the drawing: a window of light from above the skin down to where it stops."""

    guide: Guide
    number: int
    left: int
    wide: int

    @property
    def middle(self) -> int:
        """Where its name or number is centred."""
        return self.left + self.wide // 2

    @property
    def window(self) -> str:
        """The window as an SVG path."""
        return f"M{self.left} {TOP}h{self.wide}v{self._stop - TOP - 8}a8 8 0 0 1-8 8h-{self.wide - 16}a8 8 0 0 1-8-8Z"

    @property
    def floor(self) -> str:
        """The line at which it stops, as an SVG path."""
        return f"M{self.left} {self._stop - 8}a8 8 0 0 0 8 8h{self.wide - 16}a8 8 0 0 0 8-8"

    @property
    def _stop(self) -> int:
        return STOPS_AT[Guide.Reach(self.guide.reach)]


@dataclass(frozen=True, slots=True)
class Figure:
    """The drawing: a few treatments side by side, each as deep as it reaches."""

    columns: tuple[Column, ...]

    @property
    def described(self) -> str:
        """The drawing in words, for whoever does not see it."""
        layers = {choice.value: choice.label.lower() for choice in Guide.Reach}
        return " ".join(
            f"{each.guide.treatment.short_name} reaches {layers[each.guide.reach]}." for each in self.columns
        )


def figure_of(guide: Guide, others: Sequence[Guide]) -> Figure | None:
    """Draw a guide's treatment beside the first of the others that reaches elsewhere; None for what reaches nowhere."""
    if not guide.reach:
        return None
    return _drawn([guide, *(other for other in others if other.reach not in {"", guide.reach})][:2])


def overview_of(guides: Sequence[Guide]) -> Figure | None:
    """Draw every treatment that goes into the skin, in the given order; None where none does."""
    reaching = [guide for guide in guides if guide.reach][:ROOM_FOR]
    return _drawn(reaching) if reaching else None


def _drawn(guides: Sequence[Guide]) -> Figure:
    share = (WIDTH - LABELS - 8) // len(guides)
    wide = min(88, share - 16)
    return Figure(
        tuple(
            Column(guide, number, LABELS + (number - 1) * share + (share - wide) // 2, wide)
            for number, guide in enumerate(guides, start=1)
        )
    )
