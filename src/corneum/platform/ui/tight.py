"""HTML without what no browser needs: indentation, end tags that HTML lets one leave out, names that nothing asks for."""

import re

# What may begin or end beside a line break without the break being seen: it is laid out as a block.
_BLOCKS = (
    "address|article|aside|blockquote|details|div|dl|dt|dd|fieldset|figcaption|figure|footer|form|h[1-6]|header|li|main"
    "|nav|ol|p|section|summary|table|tbody|td|th|thead|tr|ul"
)
# Which end tags the HTML standard (13.1.2.4) lets one leave out, each by what follows it.
_OMITTED = (
    r"</li>(?=\s*<(?:li\b|/[uo]l>))"
    r"|</d[td]>(?=\s*<(?:d[td]\b|/d(?:l|iv)>))"
    r"|</t[dh]>(?=\s*<(?:t[dh]\b|/tr>))"
    r"|</tr>(?=\s*<(?:tr\b|/t(?:body|head)>))"
    r"|</thead>(?=\s*<tbody>)"
    r"|</tbody>(?=\s*</table>)"
    r"|</p>(?=\s*<(?:(?:div|dl|form|h[1-6]|ol|p|section|table|ul)\b|/(?:aside|details|div|li|section|td)>))"
)
# What a form's field is without being told, and the names of hidden ones, to which no label points.
_UNASKED = r'(?<=<input) type="text"|(<input type="hidden"[^>]*?) id="[^"]*"(?=>)'
_WASTE = re.compile(
    r"(<(pre|script|style|textarea)\b.*?</\2>)"  # stays as it is
    rf"|{_OMITTED}|{_UNASKED}"
    rf"|\n\s*(?=</?(?:{_BLOCKS})\b)"
    r"|(\n\s*)",
    re.DOTALL,
)


def tighten(html: str) -> str:
    """
    Write a page shorter without changing what is read or seen.

    Every browser builds the same elements from it: a line break stays where it may stand between
    two words, and an end tag goes only where the standard says that what follows ends the element.
    What somebody typed into a form is left alone.
    """
    return _WASTE.sub(lambda waste: waste[1] or waste[3] or ("\n" if waste[4] else ""), html)
