"""The pages that search engines may show, and nothing else: those whose views say may_be_indexed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse

from catalog.directory.codes import TipPage
from catalog.pages.decorators import public_url, read_only
from catalog.release import serving

ALWAYS_THERE = (
    "home", "list", "faq", "tips", "about", "safety", "privacy", "banners",
    "open-data", "open-data-dictionary", "open-data-api-v1", "open-data-api-hsds",
    "under18", "under18-questions", "under18-hints", "under18-history", "under18-adults",
)  # fmt: skip
Address = tuple[str, *tuple[str, ...]]  # of a page: its name, and what its path needs


def addresses() -> Iterator[Address]:
    """From the Release in memory. Ended entries are left out: they are for those who have their link."""
    directory = serving.current()
    yield from ((name,) for name in ALWAYS_THERE)
    yield from (("entry", support.public_id) for support in directory.available)
    yield from (("tip", tip.slug) for tip in directory.tips if tip.page is TipPage.GENERAL)


class PublicPages(Sitemap[Any]):
    """Absolute by SITE_URL, never by the host that was asked. No lastmod: nobody keeps when a page last changed."""

    def get_urls(self, page: object = 1, site: object = None, protocol: object = None) -> list[dict[str, Any]]:
        return [{"location": public_url(*address)} for address in addresses()]


@read_only
def view(request: HttpRequest) -> HttpResponse:
    return sitemap(request, {"pages": PublicPages})
