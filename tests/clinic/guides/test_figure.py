"""The drawn section of skin."""

from itertools import pairwise

from corneum.clinic.guides.figure import figure_of, overview_of
from corneum.clinic.guides.models import Guide
from corneum.clinic.treatments.models import Treatment


def guide(name: str, reach: str) -> Guide:
    return Guide(title=name, reach=reach, depth="Somewhere", treatment=Treatment(name=name, short_name=name))


def test_figure_compares_with_the_first_that_reaches_elsewhere() -> None:
    peel, needles = guide("Peel", "epidermis"), guide("Needles", "dermis")

    figure = figure_of(guide("Scrub", "surface"), [guide("Light", ""), guide("Brush", "surface"), peel, needles])

    assert figure
    assert [column.guide.title for column in figure.columns] == ["Scrub", "Peel"]
    assert figure.described == "Scrub reaches the surface. Peel reaches the outer layer."


def test_figure_of_what_does_not_go_into_the_skin_is_none() -> None:
    assert figure_of(guide("Light", ""), [guide("Peel", "epidermis")]) is None
    assert overview_of([guide("Light", "")]) is None


def test_figure_draws_deeper_what_reaches_deeper_and_keeps_columns_apart() -> None:
    figure = overview_of([guide("Scrub", "surface"), guide("Peel", "epidermis"), guide("Needles", "dermis")])

    assert figure
    floors = [int(column.floor.split()[1].split("a")[0]) for column in figure.columns]
    assert floors == sorted(set(floors))
    edges = [(column.left, column.left + column.wide) for column in figure.columns]
    assert all(left[1] < right[0] for left, right in pairwise(edges))
    assert edges[0][0] >= 96
    assert edges[-1][1] <= 440
