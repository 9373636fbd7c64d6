"""A page that is looked at and not used: opened once for all that is measured on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize

from scripts.serve import Site

from .conftest import PHONE, WAIT_MS, Watch

TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, svg") && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 150))"""


@contextmanager
def looked_at(browser: Browser, site: Site, *, size: tuple[int, int] = PHONE, complaint: str = "") -> Iterator[Page]:
    """A page of this size, which may complain of nothing but what is expected."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    # Colours that are still on their way from light to dark would be measured half-way.
    context = browser.new_context(base_url=site.url, viewport=viewport, locale="ja-JP", reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    watch = Watch(site)
    watch.follow(context)
    yield context.new_page()
    context.close()
    if complaint:
        watch.expected(complaint)
    assert watch.complaints == []
    assert watch.foreign == []


def unfold(page: Page) -> None:
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def too_wide(page: Page) -> list[str]:
    """What reaches beyond the right edge, or nothing that shows but makes the page scroll sideways."""
    found: list[str] = page.evaluate(TOO_WIDE)
    scrolls = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["the page"] if scrolls else [])]
