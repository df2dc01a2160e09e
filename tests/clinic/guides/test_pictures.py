"""Pictures: written anew from pixels alone, refused in a sentence when hostile, shown so that nothing shifts."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from corneum.clinic.guides import actions, encoding
from corneum.clinic.guides.models import Picture, Rendition
from corneum.clinic.guides.pictures import pictures_in
from corneum.clinic.guides.prose import as_html
from corneum.clinic.treatments.wording import SaysTooMuch
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><script>alert(1)</script></svg>'


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **options: Any) -> bytes:
    kept = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1]))
    image.save(kept, kind, **options)
    return kept.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """Write a PNG of a few hundred bytes that claims to be so large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def add(content: bytes, **facts: Any) -> Picture:
    known = {"name": "Tip", "alt": "A tip", "is_decorative": False, "shows_person": False, "consent_note": ""}
    return actions.add_picture(
        file=io.BytesIO(content), focal=(50, 50), by=Actor.system("test"), at=NOW, **{**known, **facts}
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (SVG, encoding.NotAPicture),
        (b"GIF89a" + b"\0" * 200, encoding.NotAPicture),
        (picture("GIF"), encoding.NotAPicture),
        (b"%PDF-1.7 hello", encoding.NotAPicture),
        (b"", encoding.NotAPicture),
        (picture()[:400], encoding.NotAPicture),
        (png_that_says(10_000, 10_000), encoding.TooManyPixels),
        (png_that_says(4_000_000, 1), encoding.TooManyPixels),
        (png_that_says(2_000, 2_000), encoding.NotAPicture),
        (picture(size=(300, 300)), encoding.TooSmall),
        (picture("WEBP", save_all=True, append_images=[Image.new("RGB", (900, 600), "red")]), encoding.Moves),
    ],
    ids=["svg", "broken gif", "gif", "pdf", "empty", "cut off", "100 MP", "long", "too few pixels", "small", "moves"],
)  # fmt: skip
def test_a_hostile_or_unfit_file_is_refused_in_a_sentence(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match=r"^This "):
        encoding.read(io.BytesIO(content))


def test_nothing_of_the_file_is_kept_but_its_pixels_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Hannah Doyle"  # turned by a quarter; what it shows
    sent = picture(exif=exif, comment=b"somewhere") + b"<script>alert(1)</script>PK\x03\x04"

    written = [*encoding.renditions(encoding.read(io.BytesIO(sent)), focal=(50, 50))]

    assert {(each.shape, each.width, each.height) for each in written} == {
        ("whole", 480, 720), ("whole", 600, 900), ("wide", 600, 400),
    }  # fmt: skip
    assert {each.kind for each in written} == {"avif", "webp", "jpeg"}
    for each in written:
        kept = Image.open(io.BytesIO(each.content))
        assert (kept.size, dict(kept.getexif())) == ((each.width, each.height), {})
        assert not any(trace in each.content for trace in (b"Hannah", b"somewhere", b"script", b"PK\x03\x04"))


def test_the_wide_cut_keeps_the_focal_point_in_sight() -> None:
    """The left half is black: a tall cut around a point at the left or the right shows one colour."""
    tall = encoding.read(io.BytesIO(picture(size=(2400, 600))))

    seen = {}
    for across in (10, 90):
        wide = next(
            each
            for each in encoding.renditions(tall, focal=(across, 50))
            if (each.shape, each.kind) == ("wide", "jpeg")
        )
        seen[across] = Image.open(io.BytesIO(wide.content)).convert("L").getpixel((450, 300))

    assert seen == {10: 0, 90: 255}


@pytest.mark.django_db
def test_words_or_decorative_and_consent_are_required_by_the_action() -> None:
    for facts in ({"alt": ""}, {"is_decorative": True}):
        with pytest.raises(actions.NeedsWords):
            add(picture(), **facts)
    with pytest.raises(SaysTooMuch):
        add(picture(), alt="A painless peel")
    with pytest.raises(actions.NeedsConsent):
        add(picture(), shows_person=True, consent_note=" ")
    assert not Rendition.objects.exists()


@pytest.mark.django_db
def test_a_picture_is_given_in_the_format_that_the_browser_reads_until_it_is_withdrawn() -> None:
    kept = add(picture())
    path = f"/p/{kept.ref}/whole/480/"

    found = {
        accepts: Client().get(path, headers={"Accept": accepts})["Content-Type"]
        for accepts in ("image/avif,image/webp,*/*", "image/webp,*/*", "*/*")
    }

    assert [*found.values()] == ["image/avif", "image/webp", "image/jpeg"]
    assert "Accept" in Client().get(path)["Vary"]
    assert Client().get(f"/p/{kept.ref}/whole/481/").status_code == 404
    actions.withdraw_picture(picture=kept, by=Actor.system("test"), at=NOW)
    assert Client().get(path).status_code == 404
    assert not Rendition.objects.exists()


@pytest.mark.django_db
def test_a_picture_of_ours_stands_in_the_text_with_its_size_and_no_other_is_loaded() -> None:
    kept = add(picture(), alt='A "tip" <b>')
    text = (
        f"Before.\n\n![Under & below]({kept.ref})\n\nAfter ![inline]({kept.ref}).\n\n![x](https://evil.example/x.png)"
    )

    html = as_html(text, pictures_in(text))

    assert html.startswith("<p>Before.</p>\n<figure><img src=")
    assert f' srcset="/p/{kept.ref}/whole/480/ 480w, /p/{kept.ref}/whole/900/ 900w" sizes="' in html
    assert ' width="900" height="600" alt="A &quot;tip&quot; &lt;b&gt;"' in html
    assert "<figcaption>Under &amp; below</figcaption></figure>\n<p>After" in html
    assert html.count("<img") == 1
    assert "evil" not in html
