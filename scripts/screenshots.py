"""The pictures of the README, taken from the real site: python -m scripts.screenshots"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from .serve import BROWSER_ARGUMENTS, ROOT, find_browser, running_site

PICTURES = ROOT / "docs" / "screenshots"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
MOST_KILOBYTES = 150


def home(page: Page) -> None:
    page.goto("/")


def question(page: Page) -> None:
    page.goto("/")
    page.locator("[data-answer=money]").click()
    expect(page.locator("[data-question=money] h1")).to_be_focused()


def results(page: Page) -> None:
    question(page)
    page.locator("[data-answer=debt]").click()
    page.locator("[data-next]").click()
    expect(page.locator("#keep-title")).to_be_visible()


def crisis(page: Page) -> None:
    page.goto("/")
    page.locator("[data-answer=suicidal]").click()
    expect(page.locator("[data-crisis]")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()


def listing(page: Page) -> None:
    page.goto("/list/")


SHOTS: dict[str, tuple[ViewportSize, Callable[[Page], None]]] = {
    "home-phone": (PHONE, home),
    "question-phone": (PHONE, question),
    "results-phone": (PHONE, results),
    "crisis-phone": (PHONE, crisis),
    "list-desktop": (DESKTOP, listing),
}


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
        for name, (viewport, go) in SHOTS.items():
            page = browser.new_page(
                base_url=site.url, viewport=viewport, locale="ja-JP", color_scheme="light", reduced_motion="reduce"
            )
            go(page)
            path = PICTURES / f"{name}.png"
            page.screenshot(path=path, animations="disabled", caret="hide")
            page.close()
            kilobytes = path.stat().st_size // 1024
            print(f"{path.relative_to(ROOT)}: {kilobytes} KB{' (large!)' if kilobytes > MOST_KILOBYTES else ''}")
        browser.close()


if __name__ == "__main__":
    main()
