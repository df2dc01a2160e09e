"""Pages without waste: shorter, and the same to whoever reads them."""

from html.parser import HTMLParser

import pytest

from corneum.platform.ui.tight import tighten


class Reader(HTMLParser):
    """Notes what begins and what is said, as a browser meets it."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append(f"<{tag} {attrs}>")

    def handle_data(self, data: str) -> None:
        self.met += data.split()


def read(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return reader.met


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>", "<ul><li>One<li>Two</ul>"),
        ("<dl><div><dt>Takes</dt><dd>An hour</dd></div></dl>", "<dl><div><dt>Takes<dd>An hour</div></dl>"),
        (
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
            "<table><thead><tr><th>A<tbody><tr><td>1<td>2</table>",
        ),
        ("<div><p>One</p>\n<p>Two</p></div>", "<div><p>One<p>Two</div>"),
    ],
)
def test_tighten_leaves_out_indentation_and_end_tags_that_html_lets_one_leave_out(written: str, sent: str) -> None:
    assert tighten(written) == sent
    assert read(sent) == read(written)


def test_tighten_leaves_out_what_a_field_is_anyway_and_names_that_no_label_points_to() -> None:
    assert tighten('<input type="text" id="id_name">') == '<input id="id_name">'
    assert tighten('<input type="hidden" name="press" value="a&gt;b" id="id_press">') == (
        '<input type="hidden" name="press" value="a&gt;b">'
    )
    assert tighten('<input type="email" id="id_mail">') == '<input type="email" id="id_mail">'


@pytest.mark.parametrize(
    "written",
    [
        '<a href="/"><p>One</p></a>',  # the standard asks for this end tag
        "<div><p>One</p><a>Two</a></div>",  # or the link would stand in the paragraph
        "<div><p>One</p> and more</div>",
        "<p><b>One</b>\n<b>Two</b></p>",  # a space between two words
        "<textarea>\n\n  <li>typed</li>\n  <li>by somebody</li>\n</textarea>",
        "<pre>\n  as it\n  stands\n</pre>",
        '<script type="application/ld+json">{"a": "</li><li>"}</script>',
    ],
)
def test_tighten_leaves_alone_what_would_be_read_otherwise(written: str) -> None:
    assert tighten(written) == written


def test_tighten_keeps_one_break_between_words_on_two_lines() -> None:
    assert tighten("<b>One</b>\n      <b>Two</b>") == "<b>One</b>\n<b>Two</b>"
