"""The pictures of the curators' guide, taken at the real desk: python -m scripts.guide_pictures"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from . import desk_steps as steps
from .desk_steps import Curator
from .serve import BROWSER_ARGUMENTS, ROOT, Site, find_browser, running_site

PICTURES = ROOT / "docs" / "curators-guide"
SIZE: ViewportSize = {"width": 1280, "height": 800}
MOST_KILOBYTES = 150
WAIT_MS = 60_000
EDITOR, APPROVER = "さとう", "たなか"
SUPPORT, NUMBER = "COML 電話医療相談", "０３ー００００ー００００"  # as a Japanese keyboard types it
CHILDRENS_SUPPORT = "チャイルドライン"


def shoot(page: Page, name: str, *, at: Locator | None = None, height: int = SIZE["height"]) -> None:
    """What stands on the screen, `at` at its top."""
    page.wait_for_load_state()
    page.set_viewport_size({"width": SIZE["width"], "height": height})
    page.evaluate("document.activeElement?.blur()")
    if at is not None:
        at.evaluate("here => scrollTo(0, here.getBoundingClientRect().top + scrollY - 16)")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    kilobytes = path.stat().st_size // 1024
    print(f"{path.relative_to(ROOT)}: {kilobytes} KB{' (large!)' if kilobytes > MOST_KILOBYTES else ''}")


@contextmanager
def somebody(browser: Browser, site: Site) -> Iterator[Page]:
    """A browser of their own."""
    context = browser.new_context(
        base_url=site.url, viewport=SIZE, locale="ja-JP", timezone_id="Asia/Tokyo", color_scheme="light"
    )
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


def way_in(page: Page, site: Site) -> None:
    person = Curator(EDITOR)
    link = steps.invite(site, EDITOR, "編集者")
    page.goto(link)
    shoot(page, "password", height=720)
    steps.choose_password(page, link)
    shoot(page, "telephone", height=1150)
    steps.register_telephone(page, person)
    shoot(page, "recovery-codes", height=860)
    page.get_by_role("link", name="サインインする").click()
    shoot(page, "sign-in", height=660)
    steps.sign_in(page, person)
    shoot(page, "dashboard", height=680)
    shoot(page, "coverage", at=page.locator("#coverage-title"), height=640)


def support(page: Page) -> None:
    page.goto("/desk/catalog/support/?q=相談")
    shoot(page, "support-list", height=600)
    steps.open_support(page, SUPPORT)
    shoot(page, "support", height=900)
    page.locator("#id_summary").fill(
        "病院のことで困っている方がご相談いただけます。できないことはないので、お気軽にお電話ください。"
    )
    expect(page.locator(".desk-remarks").first).to_be_visible()
    shoot(page, "words", at=page.locator(".field-when_to_use"), height=520)
    page.reload()
    steps.first_number(page).fill(NUMBER)
    shoot(page, "contact", at=page.locator("#contacts-0"), height=640)
    shoot(page, "hours", at=page.locator("#contacts-0 .desk-hours"), height=1000)
    steps.save(page)
    steps.open_support(page, CHILDRENS_SUPPORT)
    page.locator("#id_child_words-0-easy_what").focus()
    expect(page.locator("#child_words-0 ruby").first).to_be_visible()
    shoot(page, "child-words", at=page.locator("#child_words-0 .field-easy_what"), height=640)


def preview(page: Page) -> None:
    page.goto("/desk/preview/")
    shoot(page, "preview", height=900)
    steps.open_support(page, SUPPORT)
    page.get_by_role("link", name="下書きを見る").last.click()
    shoot(page, "preview-page", height=860)


def publish(editor: Page, approver: Page) -> None:
    editor.goto("/desk/publish/")
    expect(editor.get_by_text("公開を止めるものは、ありません")).to_be_visible()
    expect(editor.get_by_text("行き先が変わる道")).to_be_visible()
    shoot(editor, "publish", height=900)
    shoot(editor, "publish-checked", at=editor.locator("#problems-title"), height=800)
    steps.ask_to_publish(editor, "COMLの新しい番号。公式ページで確かめました。")
    approver.goto("/desk/publish/")
    shoot(approver, "approve", at=approver.locator("#waiting-title"), height=420)
    steps.approve(approver)
    shoot(approver, "published", height=760)


def past(page: Page) -> None:
    page.goto("/desk/releases/")
    shoot(page, "releases", height=640)
    page.goto("/desk/releases/1/restore/")
    shoot(page, "restore", height=760)
    steps.open_support(page, SUPPORT)
    page.get_by_role("link", name="履歴").click()
    shoot(page, "history", height=640)


def at_once(first: Page, second: Page) -> None:
    steps.open_support(first, SUPPORT)
    steps.open_support(second, SUPPORT)
    first.locator("#id_operator").fill("NPO法人 ささえあい医療人権センターCOML")
    steps.save(first)
    second.locator("#id_operator").fill("ささえあい医療人権センターCOML（コムル）")
    second.get_by_role("button", name="保存", exact=True).last.click()
    expect(second.locator(".desk-conflict")).to_be_visible()
    shoot(second, "meanwhile", height=640)


def staying_right(page: Page) -> None:
    steps.open_support(page, SUPPORT)
    page.get_by_role("link", name="確認しました").click()
    shoot(page, "verify", height=880)


def flows(page: Page) -> None:
    page.goto("/desk/chatbot/flow/")
    page.locator("#result_list tbody a").first.click()
    expect(page.locator(".flow-counted")).to_contain_text("いまの下書き")
    shoot(page, "flow", at=page.locator("#flow-map"), height=600)
    page.locator(".flow-list a").first.click()
    expect(page.locator("h1")).to_have_text("質問 を変更")
    shoot(page, "question", height=900)


def in_and_out(page: Page, folder: Path) -> None:
    page.goto("/desk/exchange/")
    shoot(page, "exchange", height=1000)
    with page.expect_download() as download:
        page.goto("/desk/exchange/")
        page.get_by_role("row", name="専門家からのヒント").get_by_role("link", name="CSV").click()
    table = folder / "tips.csv"
    download.value.save_as(table)
    table.write_text(table.read_text(encoding="utf-8-sig").replace("です", "です！", 1), encoding="utf-8-sig")
    page.get_by_label("何の表か").select_option(label="専門家からのヒント")
    page.get_by_label("ファイル（.xlsx か .csv").set_input_files(table)
    page.get_by_role("button", name="表を読んで、変わるところを見る").click()
    shoot(page, "exchange-check", height=640)


def people(page: Page) -> None:
    page.goto("/desk/auth/user/")
    shoot(page, "people", height=480)
    page.goto("/desk/auth/user/add/")
    shoot(page, "person", height=640)
    page.get_by_label("名前").fill("やまだ")
    page.get_by_label("編集者: ").check()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="招待リンクを作る").click()
    shoot(page, "invitation-link", height=560)


def take(browser: Browser, site: Site) -> None:
    with somebody(browser, site) as editor, somebody(browser, site) as approver:
        way_in(editor, site)
        steps.come_in(approver, site, APPROVER, "管理者")
        support(editor)
        preview(editor)
        publish(editor, approver)
        past(approver)
        at_once(approver, editor)
        staying_right(editor)
        flows(editor)
        in_and_out(editor, site.folder)
        people(approver)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=WAIT_MS)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder), desk=True) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
        take(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
