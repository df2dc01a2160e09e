"""Which treatments the drawn section of skin shows side by side; how deep each reaches is drawn by guides.css."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneum.clinic.guides.models import Guide

ROOM_FOR = 6  # as many columns as can be told apart


@dataclass(frozen=True, slots=True)
class Column:
    """One treatment in the drawing: a window of light from above the skin down to where it stops."""

    guide: Guide
    number: int


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
    return Figure(tuple(Column(guide, number) for number, guide in enumerate(guides, start=1)))
