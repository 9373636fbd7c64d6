"""How the tests of import and export put files in and take content out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desk.exchange.exchanged import EXCHANGED, Values, snapshot
from desk.exchange.fixtures_yaml import Dumper, record_key
from tests.desk.forms import text_of


def entry(slug: str) -> list[dict[str, Any]]:
    """The records of one support as they stand, to be changed and imported again."""
    kinds = [EXCHANGED[f"catalog.{name}"] for name in ("support", "contact", "hours", "source")]
    return [{"model": key[0], "fields": values} for key, values in snapshot(kinds, [slug]).items()]


def as_yaml(records: list[dict[str, Any]]) -> bytes:
    text: str = yaml.dump(records, Dumper=Dumper, allow_unicode=True, sort_keys=False)
    return text.encode()


def as_zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def upload(client: Client, content: bytes, name: str = "直し.yaml", **values: str) -> Any:
    """The page that follows: what would change, or what is wrong."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("admin:exchange_upload"), {"files": file, **values}, follow=True)


def confirm(client: Client, page: Any) -> Any:
    """Press 確定する on the page that shows what would change."""
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page.content.decode())
    assert seen, text_of(page)
    return client.post(reverse("admin:exchange_check"), {"seen": seen[1]}, follow=True)


def fields(label: str, *natural: Any) -> Values:
    return snapshot([EXCHANGED[label]], [natural[0]])[label, natural]


__all__ = ["as_yaml", "as_zip", "confirm", "entry", "fields", "record_key", "text_of", "upload"]
