"""
A picture as somebody sends it, read with suspicion and written anew: pixels alone are kept.

Nothing of the file that came survives: no camera's notes, no place where it was taken, no second file
hidden behind the first. What cannot be read safely is refused before its pixels are unpacked.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageOps

from corneum.domain.errors import ClinicError

READ = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}  # a JPEG is unpacked small, the others whole
LONGEST = 20_000  # pixels of a side
# Of the cut there is one: what a telephone of today draws it at, and sharp enough beside the text of a wide screen.
WIDTHS = {"whole": (480, 960, 1600), "wide": (960,)}
WIDEST = 1600
WIDE = (3, 2)  # the shape that stands in guides, cut around the focal point
WRITTEN: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
    "webp": {"format": "WEBP", "quality": 76, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}  # fmt: skip


class NotAPicture(ClinicError):
    """This is no picture that we can read. Send a JPEG, PNG or WebP."""


class TooManyPixels(ClinicError):
    """This picture has too many pixels. Save it smaller, at most 50 million (JPEG) or 25 million, and send it again."""


class TooSmall(ClinicError):
    """This picture is less than 320 pixels wide or 200 high, and would look poor. Send a larger one."""


class Moves(ClinicError):
    """This picture moves. Send a still one."""


@dataclass(frozen=True, slots=True)
class Written:
    """One size of a picture in one format; `shape` is "whole" or "wide"."""

    shape: str
    width: int
    height: int
    kind: str
    content: bytes


def read(file: BinaryIO) -> Image.Image:
    """
    Read a picture: upright, in sRGB, without anything but its pixels, and no larger than we need.

    :raises NotAPicture, TooManyPixels, TooSmall, Moves: what is wrong with it
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we count the pixels ourselves, before any is unpacked
            picture = Image.open(file, formats=READ)
            _insist(picture)
            largest = (2 * WIDEST, 2 * WIDEST)
            picture.draft("RGB", largest)  # a JPEG is unpacked at a fraction of its size
            picture.load()
            return _plain(picture, largest)
    except ClinicError:
        raise
    except Exception as broken:  # whatever a decoder trips over, it is the file's fault
        raise NotAPicture from broken


def renditions(picture: Image.Image, *, focal: tuple[int, int]) -> Iterator[Written]:
    """
    Write every size of a picture, whole and wide, in each format.

    :param focal: what must stay in sight, in hundredths of the width and of the height
    """
    for shape, shown in (("whole", picture), ("wide", _wide(picture, focal))):
        for width in sorted({min(each, shown.width) for each in WIDTHS[shape]}):
            height = max(1, round(shown.height * width / shown.width))
            sized = shown.resize((width, height), Image.Resampling.LANCZOS)
            for kind, options in WRITTEN.items():
                kept = io.BytesIO()
                sized.save(kept, **options)
                yield Written(shape, width, height, kind, kept.getvalue())


def _insist(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS[picture.format or ""] or max(width, height) > LONGEST:
        raise TooManyPixels
    if width < 320 or height < 200:
        raise TooSmall
    if getattr(picture, "n_frames", 1) > 1:
        raise Moves


def _plain(picture: Image.Image, largest: tuple[int, int]) -> Image.Image:
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if "A" in picture.getbands() or "transparency" in picture.info:
        under = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(under, picture.convert("RGBA"))
    elif profile and picture.mode in {"RGB", "CMYK", "L"}:
        picture = _in_srgb(picture, profile)
    picture.thumbnail(largest, Image.Resampling.LANCZOS)
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError):
        return picture  # colours a shade off are better than no picture


def _wide(picture: Image.Image, focal: tuple[int, int]) -> Image.Image:
    across, down = WIDE
    width = min(picture.width, picture.height * across // down)
    height = min(picture.height, width * down // across)
    left = min(max(picture.width * focal[0] // 100 - width // 2, 0), picture.width - width)
    top = min(max(picture.height * focal[1] // 100 - height // 2, 0), picture.height - height)
    return picture.crop((left, top, left + width, top + height))
