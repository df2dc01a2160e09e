"""The picture that goes with a page when somebody shares it: its title on the drawn skin, and whose page it is."""

from functools import lru_cache
from io import BytesIO
from math import sin, tau

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630  # as those who show such pictures ask for it
MARGIN = 80
PAPER, INK = "#FBF2EC", "#13201E"
# Where each layer of the skin begins, how high its waves are, and its colour: the tones of the drawing on a guide.
LAYERS = ((420, 10, "#F4DFD0"), (446, 10, "#EDCFBA"), (472, 12, "#E0B598"), (520, 22, "#CF9B7E"))
LETTERS = (84, 72, 60, 50)  # sizes of a title, the first in which it fits
MOST_LINES = 3
FACE = settings.SOURCE / "platform" / "ui" / "static" / "ui" / "fonts" / "atkinson-next.woff2"


@lru_cache(maxsize=64)
def card(title: str, clinic: str, town: str) -> bytes:
    """Draw the card as PNG. What cannot fit in three lines of the smallest letters is cut short with an ellipsis."""
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    for top, high, colour in LAYERS:
        edge = [(x, top + high * sin(tau * x / 300 + top)) for x in range(0, WIDTH + 1, 4)]
        draw.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
    size, lines = _fitted(title)
    for number, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + number * size * 1.15), line, font=_face(size, 640), fill=INK)
    draw.text((MARGIN, HEIGHT - 92), clinic, font=_face(40, 600), fill=INK)
    if town and town not in clinic:
        after = MARGIN + _face(40, 600).getlength(clinic) + 24
        draw.text((after, HEIGHT - 86), town, font=_face(34, 400), fill=INK)
    kept = BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _fitted(title: str) -> tuple[int, list[str]]:
    for size in LETTERS:
        lines = _lines(title, size)
        if len(lines) <= MOST_LINES and all(_face(size, 640).getlength(line) <= WIDTH - 2 * MARGIN for line in lines):
            return size, lines
    size = LETTERS[-1]
    kept = _lines(title, size)[:MOST_LINES]
    return size, [*kept[:-1], f"{kept[-1][:40]}…"]


def _lines(title: str, size: int) -> list[str]:
    face, lines = _face(size, 640), [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= WIDTH - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=16)
def _face(size: int, weight: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(FACE, size)
    face.set_variation_by_axes([weight])
    return face
