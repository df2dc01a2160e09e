"""An e-mail's own words are shown, what its program quoted is kept below, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.quoting import split_quote

OWN = "Thursday suits me.\n\nHannah"


@pytest.mark.parametrize(
    "quoted",
    [
        "On Mon, 9 Mar 2026 at 08:00, Manchester <clinic@alder.example> wrote:\n\n> Hello Hannah,\n> yes.",
        "On Mon, 9 Mar 2026 at 08:00, Manchester\n<clinic+q0c1@alder.example> wrote:\n> Hello Hannah",
        "-----Original Message-----\nFrom: Manchester\nHello Hannah",
        "________________________________\nFrom: Manchester <clinic@alder.example>\nSent: 09 March 2026 08:00\nHello",
        "Am 9. März 2026 um 08:00 Uhr schrieb Manchester <clinic@alder.example>:\n> Hallo",
        "> Hello Hannah,\n> yes.",
    ],
    ids=["one line", "two lines", "Outlook's rule", "Outlook's head", "German", "marks alone"],
)
def test_split_quote_parts_own_words_from_what_is_quoted_below(quoted: str):
    assert split_quote(f"{OWN}\n\n{quoted}\n") == (OWN, quoted)


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "> Is Thursday fine?\nYes.\n\n> And at five?\nNo.",  # answers between the lines
        "On Monday I wrote: nothing came.",
        "",
    ],
)
def test_split_quote_leaves_a_letter_without_a_quotation_below_whole(text: str):
    assert split_quote(text) == (text, "")


def test_split_quote_shows_a_letter_that_is_nothing_but_a_quotation():
    assert split_quote("> Hello\n> you") == ("> Hello\n> you", "")


@given(st.text(alphabet="ab >\n:-_", max_size=60), st.text(max_size=40))
def test_split_quote_loses_no_word(one: str, other: str):
    own, quoted = split_quote(one + other)

    assert "".join((own + quoted).split()) == "".join((one + other).split())
