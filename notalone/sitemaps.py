"""The pages that search engines may show, and nothing else: those whose views say may_be_indexed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from api.describing import DOCUMENTS
from api.open_data.reference import page_name
from catalog import store
from catalog.public import read_only

ALWAYS_THERE = (
    "home", "list", "faq", "tips", "about", "safety", "privacy", "banners", "open-data", "open-data-dictionary",
    *map(page_name, DOCUMENTS),
    "under18", "under18-questions", "under18-hints", "under18-history", "under18-adults",
)  # fmt: skip
Address = tuple[str, *tuple[str, ...]]  # of a page: its name, and what its path needs


def addresses() -> Iterator[Address]:
    """From the Release in memory. Ended entries are told of to who has their link, not offered."""
    directory = store.current()
    yield from ((name,) for name in ALWAYS_THERE)
    yield from (("entry", support.code) for support in directory.available)
    yield from (("tip", tip.slug) for tip in directory.tips if tip.page == "general")


class PublicPages(Sitemap):  # type: ignore[type-arg]
    """Absolute by SITE_URL, never by the host that was asked. No lastmod: nobody keeps when a page last changed."""

    def items(self) -> list[Address]:
        return list(addresses())

    def location(self, item: Address) -> str:
        return f"/{get_resolver().reverse(*item)}"

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """With the path, where the site stands under one."""
        return settings.SITE_URL.partition("://")[2]


@read_only
def view(request: HttpRequest) -> HttpResponse:
    return sitemap(request, {"pages": PublicPages})
