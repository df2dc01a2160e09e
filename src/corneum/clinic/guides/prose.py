"""Markdown to HTML, and nothing in it that runs, loads or dresses up."""

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
_READER = MarkdownIt("commonmark", {"html": False})


def as_html(markdown: str) -> SafeString:
    """
    Write an article's Markdown as HTML.

    A first-level heading becomes a second, for the page has its own; a picture is left out, for
    nothing is loaded from anywhere else.
    """
    tokens = _READER.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"
    html = _READER.renderer.render(tokens, _READER.options, {})
    return SafeString(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener",
        )
    )
