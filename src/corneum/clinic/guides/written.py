"""How a guide and an article are written down before they are published."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class PartWritten:
    """One step, reason to wait, risk or question; `kind` is that of `models.Part`."""

    kind: str
    title: str
    text: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class AlternativeWritten:
    """Something a reader may do instead, which the clinic does not sell."""

    slug: str
    name: str
    depth: str
    changes: str
    how_sure: str
    sessions: str
    settling: str
    risks: str
    price: str


@dataclass(frozen=True, slots=True)
class GuideWritten:
    """What a reader is told of one treatment; minutes, price and the like stay with the treatment."""

    treatment: str
    title: str
    lead: str
    description: str
    depth: str
    risks_in_short: str
    parts: tuple[PartWritten, ...]
    reach: str = ""
    figure_says: str = ""
    beside: tuple[str, ...] = ()
    instead: tuple[AlternativeWritten, ...] = ()
    picture: str = ""  # its ref

    def texts(self) -> list[str]:
        """List everything in it that a reader reads."""
        own = [self.title, self.lead, self.description, self.depth, self.figure_says, self.risks_in_short]
        others = [text for other in self.instead for text in astuple(other)]
        return [*own, *others, *(text for part in self.parts for text in (part.title, part.text))]


@dataclass(frozen=True, slots=True)
class ConcernWritten:
    """What somebody sees in the mirror."""

    slug: str
    name: str
    seen_as: str


@dataclass(frozen=True, slots=True)
class EvidenceWritten:
    """What a treatment does for a concern; `strength` is that of `treatments.models.Evidence`."""

    treatment: str
    concern: str
    strength: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class ArticleWritten:
    """News or an explanation; the body is Markdown, and `about` the treatment whose facts it names."""

    slug: str
    title: str
    lead: str
    description: str
    body: str
    about: str = ""
