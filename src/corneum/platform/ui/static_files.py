"""Static files as they are served: hashed, compressed, and the sheets of a layout in one file."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHARED = ("ui/tokens.css", "ui/core.css")
LAYOUTS = {
    "public": (*SHARED, "ui/public.css"),
    # what is read and has the question form under it: the areas' own sheets in the one file
    "reading": (*SHARED, "ui/public.css", "guides/guides.css", "enquiries/ask.css"),
    "desk": (*SHARED, "ui/desk.css"),
}


def bundle(layout: str) -> str:
    """Name the one file that holds all sheets of a layout."""
    return f"ui/{layout}-all.css"


class BundledFiles(CompressedManifestStaticFilesStorage):
    """
    Hash and compress what `collectstatic` gathers, after joining each layout's sheets into one.

    A page then asks once for what every page looks like. While developing nothing is joined.
    """

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Join, then let Django rewrite addresses and WhiteNoise compress."""
        if not dry_run:
            paths |= {bundle(layout): (self, self._join(layout)) for layout in LAYOUTS}
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[no-untyped-call]

    def _join(self, layout: str) -> str:
        css = b""
        for name in LAYOUTS[layout]:
            with self.open(name) as sheet:
                css += sheet.read() + b"\n"
        self.delete(bundle(layout))
        return self.save(bundle(layout), ContentFile(css))
