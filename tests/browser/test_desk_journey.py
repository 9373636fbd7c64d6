"""The curators' desk from the invitation to the public page and back; with the keyboard alone; and as axe sees it."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from scripts import desk_steps as steps
from scripts.desk_steps import Curator
from scripts.serve import Site, running_site

from .axe import violations
from .conftest import DESKTOP, Visit
from .looks import looked_at, unfold
from .steps import tab_to

APPROVER = "公開承認者"
Enter = Callable[[str], Page]
SUPPORT = "COML 電話医療相談"
OLD, TYPED, NEW = "03-3830-0644", "０３ー００００ー００００", "03-0000-0000"
ANOTHER = "03-0000-1111"
FOLLOWS_WITHIN_SECONDS = 2.0  # a second, and one more for a busy machine
# Parts that a page fetches by itself, and that walk every path through the flows. What they say is tested in tests/desk.
SLOW_PARTS = re.compile(r"/desk/(publish/(check|paths)|unreached)/$")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Site]:
    """In place of the site of the other browser tests: with a catalogue that may be changed."""
    with running_site(tmp_path_factory.mktemp("desk"), like=prepared) as running:
        yield running


@pytest.fixture(scope="module")
def manager(browser: Browser, site: Site) -> Curator:
    """Somebody who may do everything, and whose change of a number waits for a second person."""
    page = browser.new_page(base_url=site.url, locale="ja-JP")
    without_slow_parts(page)
    person = steps.come_in(page, site, "もり", "管理者")
    steps.open_support(page, SUPPORT)
    steps.first_number(page).fill(ANOTHER)
    steps.save(page)
    steps.ask_to_publish(page, "番号が変わりました。")
    page.close()
    return person


@pytest.fixture
def no_line_opens_meanwhile() -> None:
    """They may: nothing here changes with the hour."""


def without_slow_parts(page: Page) -> Page:
    page.route(SLOW_PARTS, lambda route: route.fulfill(body="<p>調べました。</p>"))
    return page


@pytest.fixture
def enter(visit: Visit) -> Enter:
    """Open a page of the site as somebody who was not here before."""
    return lambda path: without_slow_parts(visit(path, size=DESKTOP))


def public_numbers(site: Site, path: str) -> list[str]:
    """On the page as anybody sees it, asked for anew."""
    with urllib.request.urlopen(site.url + path) as answer:
        return re.findall(r'href="tel:(\d+)"', answer.read().decode())


def expect_everywhere(site: Site, path: str, number: str) -> None:
    """Every process of the site shows the number soon: each request is a new connection, which any of them may take."""
    wanted = number.replace("-", "")
    deadline = time.monotonic() + FOLLOWS_WITHIN_SECONDS
    while time.monotonic() < deadline and wanted not in public_numbers(site, path):
        time.sleep(0.05)
    time.sleep(max(0.0, deadline - time.monotonic()))
    assert all(wanted in public_numbers(site, path) for _ in range(8))


def test_a_new_number_from_the_invitation_to_the_public_page(enter: Enter, site: Site) -> None:
    writer = enter("/health/")
    steps.come_in(writer, site, "はな", APPROVER)
    steps.open_support(writer, SUPPORT)
    public = str(writer.get_by_role("link", name="公開ページで見る").get_attribute("href"))
    steps.first_number(writer).fill(TYPED)
    steps.save(writer)

    steps.open_support(writer, SUPPORT)
    writer.locator(".field-public_page").get_by_role("link", name="下書きを見る").click()
    expect(writer.locator(".preview-bar")).to_contain_text("まだ公開されていません")
    expect(writer.locator(".entry")).to_contain_text(NEW)
    assert OLD.replace("-", "") in public_numbers(site, public)

    writer.goto("/desk/publish/")
    numbers = writer.locator(".numbers")
    expect(numbers.locator(".old")).to_contain_text(OLD)
    expect(numbers.locator(".new")).to_contain_text(NEW)
    expect(writer.get_by_text("ほかの人の承認がいります")).to_be_visible()
    expect(writer.get_by_role("button", name="公開する", exact=True)).to_have_count(0)
    steps.ask_to_publish(writer, "番号が変わりました。")
    expect(writer.get_by_role("button", name="承認して公開する")).to_have_count(0)

    second = enter("/health/")
    steps.come_in(second, site, "みどり", APPROVER)
    steps.approve(second)
    expect_everywhere(site, public, NEW)


def type_into(page: Page, wanted: Locator, words: str) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def test_signing_in_changing_and_asking_need_no_mouse(enter: Enter, manager: Curator) -> None:
    """And a recovery code does in place of the telephone."""
    page = enter("/desk/")
    type_into(page, page.get_by_label("名前"), manager.name)
    type_into(page, page.get_by_label("パスワード"), steps.PASSWORD)
    type_into(page, page.get_by_label("確認コード"), manager.recovery_codes[0])
    press(page, page.get_by_role("button", name="サインイン"))
    expect(page.get_by_role("heading", name="きょうの編集室")).to_be_visible()

    page.goto("/desk/catalog/support/")
    type_into(page, page.locator("#searchbar"), SUPPORT)
    page.keyboard.press("Enter")
    press(page, page.locator("#result_list").get_by_role("link", name=SUPPORT))
    expect(steps.first_number(page)).to_be_visible()
    type_into(page, steps.first_number(page), ANOTHER)
    press(page, page.get_by_role("button", name="保存", exact=True).last)
    expect(page.locator(".messagelist .success")).to_be_visible()

    press(page, page.locator(".desk-nav").get_by_role("link", name="公開する"))
    press(page, page.get_by_role("button", name="取り下げる"))
    expect(page.locator(".messagelist .success")).to_contain_text("取り下げました")
    type_into(page, page.get_by_label("ひとこと"), "もう一度たのみます。")
    press(page, page.get_by_role("button", name="公開をたのむ"))
    expect(page.locator(".messagelist .success")).to_contain_text("公開をたのみました")


def at(path: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(path)

    return go


def supports_page(link: str) -> Callable[[Page], None]:
    """What is reached from the form of a support."""

    def go(page: Page) -> None:
        steps.open_support(page, SUPPORT)
        page.locator(".object-tools").get_by_role("link", name=link).click()
        expect(page.locator("h1")).not_to_have_text("支援 を変更")

    return go


def flow_map(page: Page) -> None:
    page.goto("/desk/chatbot/flow/")
    page.locator("#result_list tbody a").first.click()
    expect(page.locator(".flow-svg")).to_be_visible()


KINDS: dict[str, Callable[[Page], None]] = {
    "front page": at("/desk/"),
    "supports": at("/desk/catalog/support/"),
    "support": lambda page: steps.open_support(page, SUPPORT),
    "verified": supports_page("確認しました"),
    "history": supports_page("履歴"),
    "publish": at("/desk/publish/"),
    "releases": at("/desk/releases/"),
    "release": at("/desk/releases/1/"),
    "preview": at("/desk/preview/"),
    "previewed": at("/desk/preview/now/"),
    "flow": flow_map,
    "exchange": at("/desk/exchange/"),
    "people": at("/desk/auth/user/"),
}
# Django's own, and not for us to mend: links that only their colour shows (breadcrumbs, filters, sidebar), search boxes without a
# visible label (the list's, select2's).
DJANGOS_OWN = [".breadcrumbs", "#changelist-filter", "#nav-sidebar", "#changelist-search", ".select2-container"]
# Hundreds of the first Release's entries are alike.
ALIKE = [".numbers li:nth-child(n + 4)", ".entry:nth-of-type(n + 4)"]


# Without axe's preloading of style sheets, which itself offends against the desk's Content Security Policy.
OPTIONS = {"preload": False, "rules": {"region": {"enabled": False}}}


@pytest.fixture(scope="module")
def desk(browser: Browser, site: Site, manager: Curator) -> Iterator[Page]:
    with looked_at(browser, site, size=DESKTOP) as page:
        without_slow_parts(page).goto("/desk/")
        steps.sign_in(page, manager)
        yield page


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_at_the_desk(desk: Page, kind: str) -> None:
    KINDS[kind](desk)
    unfold(desk)
    assert violations(desk, OPTIONS, DJANGOS_OWN + ALIKE) == []


def test_axe_finds_nothing_on_the_way_in(enter: Enter, site: Site) -> None:
    page = enter("/desk/login/")
    assert violations(page, OPTIONS, DJANGOS_OWN + ALIKE) == []
    page.goto(steps.invite(site, "あき", "閲覧者"))
    assert violations(page, OPTIONS, DJANGOS_OWN + ALIKE) == []
    steps.choose_password(page, page.url)
    assert violations(page, OPTIONS, DJANGOS_OWN + ALIKE) == []
    steps.register_telephone(page, Curator("あき"))
    assert violations(page, OPTIONS, DJANGOS_OWN + ALIKE) == []
