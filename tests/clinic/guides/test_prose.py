"""Markdown becomes HTML that cannot run, load or dress up."""

import pytest

from corneum.clinic.guides.prose import as_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# One\n\nText with **weight** and *stress*.", "<h2>One</h2>\n<p>Text with <strong>weight</strong> and <em>stress</em>.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[peel](/treatments/peel/)", '<p><a href="/treatments/peel/" rel="noopener">peel</a></p>\n'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("Say <b onclick=x>this</b>", "<p>Say &lt;b onclick=x&gt;this&lt;/b&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![track](https://example.com/pixel.png)", "<p></p>\n"),
    ],
)  # fmt: skip
def test_as_html_writes_text_and_nothing_else(markdown: str, html: str) -> None:
    assert as_html(markdown) == html
