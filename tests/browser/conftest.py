"""A real Chromium against the real server. Whatever a test does, no page may complain, and none may ask another site for anything."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from scripts.serve import BROWSER_ARGUMENTS, Site, find_browser, running_site

HERE = Path(__file__).parent
WAIT_MS = 15_000
QUARTER = 15 * 60  # seconds
LONGEST_TEST = 20  # seconds
ONE_PROCESS = "--renderer-process-limit=1"  # starting one for each page takes longer than most tests
PHONE = (390, 844)
DESKTOP = (1280, 900)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def no_line_opens_meanwhile() -> None:
    """Lines open and close on the quarter hour, and results change with them. A test that might run over one waits until it has
    passed, so that what it is shown twice is the same."""
    left = QUARTER - time.time() % QUARTER
    if left < LONGEST_TEST:
        time.sleep(left + 1)


# For this package, not for the session: while Playwright runs, its event loop stands in this thread, and Django refuses the
# database to the tests that follow.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=find_browser(), args=[*BROWSER_ARGUMENTS, ONE_PROCESS])
    yield chromium
    chromium.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site"), like=prepared) as running:
        yield running


@dataclass
class Watch:
    """What the pages complained of, and whom else they asked."""

    site: Site
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def expected(self, words: str) -> None:
        """The test provoked this complaint, so it must be there, and it is no fault."""
        wanted = re.compile(words)
        others = [said for said in self.complaints if not wanted.search(said)]
        assert len(others) < len(self.complaints), f"nothing like {words!r} in {self.complaints}"
        self.complaints = others

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.url}/", "data:", "about:")):
            self.foreign.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        # The page behind すぐに閉じる is plain text here, and a browser looks for the icon of such a page by itself.
        if message.type in {"error", "warning"} and not message.location["url"].endswith("/favicon.ico"):
            self.complaints.append(message.text)


class Visit(Protocol):
    """Open the site as a new person would: with a browser profile that remembers nothing."""

    def __call__(
        self, path: str = "/", *, size: tuple[int, int] = PHONE, scripts: bool = True, dark: bool = False
    ) -> Page: ...


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    watch = Watch(site)
    yield watch
    assert watch.complaints == []
    assert watch.foreign == []


@pytest.fixture
def visit(browser: Browser, site: Site, watch: Watch) -> Iterator[Visit]:
    contexts: list[BrowserContext] = []

    def open_page(path: str = "/", *, size: tuple[int, int] = PHONE, scripts: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        watch.follow(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def phone(visit: Visit) -> Page:
    return visit()


@pytest.fixture
def desktop(visit: Visit) -> Page:
    return visit(size=DESKTOP)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def either(request: pytest.FixtureRequest, visit: Visit) -> Page:
    """A phone, once with JavaScript and once without."""
    return visit(scripts=request.param)
