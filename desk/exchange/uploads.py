"""Files are taken where staff import content, and nowhere else."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST_BYTES = 5 * 1024 * 1024  # of all files of one request


class OnlyForImports(FileUploadHandler):
    """Keeps the files of one request in memory. Raises TooManyFilesSent (a 400) on every other page.

    What is too big is left out; `request.upload_too_big` says so.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request is None or not self.request.path_info.startswith(f"/{settings.DESK_PATH}exchange/"):
            raise TooManyFilesSent("Nobody is asked for a file here.")
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken = getattr(self, "taken", 0) + len(raw_data)
        if self.taken > MOST_BYTES:
            self.request.upload_too_big = True  # type: ignore[union-attr]
            raise SkipFile("The files are too big.")
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset
        )
