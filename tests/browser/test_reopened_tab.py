"""A browser that was closed and brings its pages back starts anew; a page that was only left for a moment is found as it was.

In a browser with a profile on disk, its own cache of pages on: others start with neither."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect

from scripts.serve import BROWSER_ARGUMENTS, Site, find_browser

from . import steps
from .test_leaving import leave

STARTS_WITHIN_SECONDS = 60
TRACES = ".says.person, .card, .sheet"


class Profile:
    """A browser's profile. Each time it is opened, a browser runs with it that is closed as by its own menu."""

    def __init__(self, playwright: Playwright, folder: Path) -> None:
        self.playwright = playwright
        self.folder = folder

    @contextmanager
    def opened(self, *arguments: str) -> Iterator[Page]:
        port_file = self.folder / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        command = [find_browser(), *BROWSER_ARGUMENTS, "--headless=new", "--remote-debugging-port=0"]
        process = subprocess.Popen(
            [*command, f"--user-data-dir={self.folder}", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            browser = self._connect(port_file)
            yield self._page(browser)
            browser.new_browser_cdp_session().send("Browser.close")
            process.wait(STARTS_WITHIN_SECONDS)
        finally:
            process.kill()
            process.wait()

    def _connect(self, port_file: Path) -> Browser:
        give_up = time.monotonic() + STARTS_WITHIN_SECONDS
        while True:
            try:
                port = port_file.read_text().splitlines()[0]
                return self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}", timeout=10_000)
            except (OSError, IndexError, Error):
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.2)

    def _page(self, browser: Browser) -> Page:
        give_up = time.monotonic() + STARTS_WITHIN_SECONDS
        while not browser.contexts[0].pages and time.monotonic() < give_up:
            time.sleep(0.2)
        return browser.contexts[0].pages[0]


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Profile:
    return Profile(playwright, tmp_path)


def to_a_childs_danger(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/under18/")
    steps.answer(page, "band", "jh")
    steps.answer(page, "teen", "heart")
    steps.answer(page, "heart", "dying")


def to_the_sheet(page: Page, site: Site) -> None:
    page.goto(site.url)
    steps.to_the_results(page)
    page.locator("[data-sheet]").click()
    expect(page.locator(".sheet")).to_be_visible()


@pytest.mark.parametrize("place", [to_the_sheet, to_a_childs_danger], ids=lambda place: place.__name__)
def test_a_browser_that_reopens_its_pages_shows_no_answer(
    profile: Profile, site: Site, place: Callable[[Page, Site], None]
) -> None:
    with profile.opened() as page:
        place(page, site)
    with profile.opened("--restore-last-session") as page:
        page.wait_for_url(f"{site.url}/**")  # so it is the tab of before
        expect(page.locator("[data-question]")).to_be_visible()
        expect(page.locator(TRACES)).to_have_count(0)
        page.reload()
        expect(page.locator("[data-question]")).to_be_visible()
        expect(page.locator(TRACES)).to_have_count(0)
        page.go_back()
        expect(page.locator(TRACES)).to_have_count(0)


def test_after_leaving_a_reopened_browser_shows_the_other_page(profile: Profile, site: Site) -> None:
    with profile.opened() as page:
        to_the_sheet(page, site)
        leave(page)
    with profile.opened("--restore-last-session") as page:
        page.wait_for_url("**/robots.txt")
        page.go_back()
        expect(page.locator("body.home")).to_be_visible()
        expect(page.locator(TRACES)).to_have_count(0)


def test_coming_back_from_another_site_finds_the_results_as_they_were(profile: Profile, site: Site) -> None:
    with profile.opened() as page:
        page.goto(site.url)
        steps.to_the_results(page)
        before = steps.supports(page)
        page.goto(site.url.replace("127.0.0.1", "localhost") + "/robots.txt")
        page.go_back()
        assert steps.supports(page) == before
