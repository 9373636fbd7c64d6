"""Where something was read."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models

from catalog.directory.codes import Publisher


class Citation(models.Model):
    """An address of a name, or, where there is none, the publisher's site by its name."""

    position = models.PositiveSmallIntegerField("並び順", default=0)
    url = models.CharField("アドレス", max_length=600, blank=True)
    title = models.CharField("資料の名前", max_length=160, blank=True)
    publisher = models.CharField("出した人", max_length=15, choices=Publisher.choices())
    page_date = models.CharField("資料の日付", max_length=30, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title or self.url

    def clean(self) -> None:
        if not self.url and not self.title:
            raise ValidationError({"url": "アドレスか、資料の名前を書いてください。"})
        if self.url and not is_public_url(self.url):
            raise ValidationError({"url": "http:// か https:// で始まる、名前のあるアドレスを書いてください。"})


def is_public_url(value: str) -> bool:
    """An http(s) address with a host name; a bare IP address says nothing about who is speaking."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return False
    named = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return parts.scheme in {"http", "https"} and named
