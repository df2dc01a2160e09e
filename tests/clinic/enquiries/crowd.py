"""
A crowd at the question form: robots and sellers of many kinds (robots.py), and people of many kinds (persons.py).

Each kind writes from its own parts, in an order that the seed decides, so that a failure can be
looked at again. The people include those who are easily taken for robots. All of them are invented,
and whoever invents robots knows the filter: the share here says that the filter holds together, a
clinic's own quarantine says how good it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from corneum.clinic.enquiries.verdict import Submission

SEED = 20260309


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending of the form, as a browser or a robot makes it."""

    kind: str
    name: str
    contact: str
    text: str
    seconds: float = 45.0
    trap: str = ""
    mark: Literal["ours", "none", "forged"] = "ours"
    proof: Literal["done", "none", "wrong"] = "done"
    too_many: bool = False
    same_words: bool = False

    def submission(self) -> Submission:
        """Say what the form would notice of it."""
        ours = self.mark == "ours"
        return Submission(
            name=self.name,
            text=self.text,
            trap=self.trap,
            seconds=self.seconds if ours else None,
            proof={"done": True, "none": None, "wrong": False}[self.proof] if ours else None,
            too_many=self.too_many,
            same_words=self.same_words,
        )


NAMES = (
    "Hannah Doyle", "Owen Pryce", "Siân Rhys-Hughes", "Nguyễn Thị Minh Khai", "Ọláyínká Adébáyọ̀", "李小龙", "محمد الأحمد",
    "Þórdís Guðmundsdóttir", "O'Brien, Niamh", "Jean-Luc d'Arcy", "Wojciech Szczęsny", "Krzysztof Brzęczyszczykiewicz",
    "Олена Шевченко", "Sunita", "X Æ", "Dr. Ana María López de la Cruz", "Bo", "MacKenzie", "Ruairí McDonaldSmith", "יעל כהן",
    "Nkechi Nwachukwu", "Lakshmi Venkataraman", "Sir Ian", "van der Berg", "김민지", "DeShawn LaRue", "ALICE JONES", "ben",
)  # fmt: skip


def crowd(kinds: tuple[Callable[[Random], Sent], ...], count: int, seed: int) -> Iterator[Sent]:
    """Yield so many, each kind in its turn."""
    dice = Random(seed)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield replace(kind(dice), kind=kind.__name__.strip("_"))
