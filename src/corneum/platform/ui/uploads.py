"""Files that a form brings: only where a view asks for one, only from somebody signed in, and never too much."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(most: int) -> Callable[[View], View]:
    """
    Let a view take one file of at most so many bytes; every other view's files are passed over.

    Where a file was too large, `request.file_was_too_large` is true and the form has none.
    """

    def mark(view: View) -> View:
        view.takes_file = most  # type: ignore[attr-defined]
        return view

    return mark


class AskedForOnly(MemoryFileUploadHandler):
    """Keep in memory what a view asked for; pass over everything else without keeping it."""

    def handle_raw_input(self, *_args: Any, **_kwargs: Any) -> None:
        """Look up how much may be taken here."""
        match = getattr(self.request, "resolver_match", None)
        user = getattr(self.request, "user", None)
        is_known = user is not None and user.is_authenticated
        self.most = getattr(match.func, "takes_file", 0) if match and is_known else 0
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or pass it over."""
        if not self.most:
            raise SkipFile
        self.taken = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece of it, and let go of the whole as soon as it is too much."""
        self.taken += len(raw_data)
        if self.taken > self.most:
            self.file.close()
            self.request.file_was_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
