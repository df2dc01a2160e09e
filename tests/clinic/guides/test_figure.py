"""The drawn section of skin."""

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


def test_overview_draws_what_goes_into_the_skin_in_its_order_and_no_more_than_can_be_told_apart() -> None:
    scrub, peel, needles = guide("Scrub", "surface"), guide("Peel", "epidermis"), guide("Needles", "dermis")

    figure = overview_of([scrub, guide("Light", ""), peel, *[needles] * 6])

    assert figure
    drawn = [(column.number, column.guide.reach) for column in figure.columns]
    assert drawn == [(1, "surface"), (2, "epidermis"), (3, "dermis"), (4, "dermis"), (5, "dermis"), (6, "dermis")]
