"""Markdown to HTML, and nothing in it that runs, loads from elsewhere or dresses up."""

from collections.abc import Mapping

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corneum.clinic.guides.pictures import Shown

_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
_READER = MarkdownIt("commonmark", {"html": False})


def as_html(markdown: str, pictures: Mapping[str, Shown] | None = None) -> SafeString:
    """
    Write an article's Markdown as HTML.

    A first-level heading becomes a second, for the page has its own. A picture of ours that stands in a
    paragraph of its own is shown, with its own words; any other is left out, for nothing is loaded
    from anywhere else.

    :param pictures: those that the text may show, by their refs (pictures.pictures_in)
    """
    tokens = _READER.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"
    pieces, kept = [], []
    for place, token in enumerate(tokens):
        shown = _picture(token, pictures or {})
        if shown is None:
            kept.append(token)
            continue
        kept.pop()  # the paragraph around it
        pieces += [_clean(kept), shown]
        kept = []
        tokens[place + 1].hidden = True
        tokens[place + 1].tag = ""
    return SafeString("".join([*pieces, _clean(kept)]))


def _clean(tokens: list[Token]) -> str:
    html = _READER.renderer.render([each for each in tokens if each.tag or not each.hidden], _READER.options, {})
    return nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )  # fmt: skip


def _picture(token: Token, pictures: Mapping[str, Shown]) -> str | None:
    """Write a paragraph of nothing but a picture of ours as a figure, with the words beside its ref below it."""
    children = token.children or []
    if token.type != "inline" or token.level != 1 or len(children) != 1 or children[0].type != "image":
        return None
    shown = pictures.get(str(children[0].attrs.get("src", "")))
    if shown is None:
        return None
    words = children[0].content
    under = format_html("<figcaption>{}</figcaption>", words) if words else ""
    return format_html("<figure>{}{}</figure>\n", shown.html, under)
