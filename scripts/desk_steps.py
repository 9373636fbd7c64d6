"""What a curator does at the desk, in a real browser: for the browser tests and the pictures of the guide."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from dataclasses import dataclass

from django_otp.oath import hotp
from playwright.sync_api import Locator, Page, expect

from .serve import Site

PASSWORD = "ひとりで抱えない夜の灯り"  # noqa: S105  (of a site that lives for minutes)
STEP_SECONDS = 30
# Publishing walks every path through the flows.
PUBLISHED_WITHIN_MS = 120_000


@dataclass
class Curator:
    """Somebody who works at the desk, with telephone and recovery codes in hand."""

    name: str
    secret: bytes = b""
    recovery_codes: tuple[str, ...] = ()
    last_step: int = 0

    def code(self) -> str:
        """What the telephone shows. Each code is good once, so this waits where the next one would be too far ahead to count."""
        now = time.time()
        step = max(int(now // STEP_SECONDS), self.last_step + 1)
        time.sleep(max(0, (step - 1) * STEP_SECONDS - now))
        self.last_step = step
        return f"{hotp(self.secret, step):06d}"


def invite(site: Site, name: str, group: str) -> str:
    """Make a member of staff. Returns the link that they are given."""
    said = site.manage("make_staff", name, "--group", group)
    found = re.search(r"^http\S+", said, re.MULTILINE)
    assert found, said  # noqa: S101
    return found.group()


def choose_password(page: Page, link: str, password: str = PASSWORD) -> None:
    page.goto(link)
    page.get_by_label("パスワード", exact=True).fill(password)
    page.get_by_label("パスワード（もう一度）").fill(password)
    page.get_by_role("button", name="つぎへ").click()
    expect(page.get_by_role("heading", name="スマートフォンを登録する")).to_be_visible()


def read_secret(page: Page) -> bytes:
    """As an application reads it from the page."""
    return b32decode(page.locator(".door-secret").inner_text().replace(" ", "").strip())


def register_telephone(page: Page, curator: Curator) -> None:
    curator.secret = read_secret(page)
    page.get_by_label("アプリに出た6けたの数字").fill(curator.code())
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_role("heading", name="登録できました")).to_be_visible()
    curator.recovery_codes = tuple(page.locator(".door-codes code").all_inner_texts())


def come_in(page: Page, site: Site, name: str, group: str) -> Curator:
    """From the invitation to the desk's front page."""
    curator = Curator(name)
    choose_password(page, invite(site, name, group))
    register_telephone(page, curator)
    page.get_by_role("link", name="サインインする").click()
    sign_in(page, curator)
    return curator


def sign_in(page: Page, curator: Curator) -> None:
    page.get_by_label("名前").fill(curator.name)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_label("確認コード").fill(curator.code())
    page.get_by_role("button", name="サインイン").click()
    expect(page.get_by_role("heading", name="きょうの編集室")).to_be_visible()


def open_support(page: Page, name: str) -> None:
    """By the list and its search, as one does."""
    page.goto("/desk/catalog/support/")
    page.locator("#searchbar").fill(name)
    page.locator("#changelist-search [type=submit]").click()
    page.locator("#result_list").get_by_role("link", name=name).click()
    expect(first_number(page)).to_be_visible()


def first_number(page: Page) -> Locator:
    """The box in a support's form with its first number or address."""
    return page.locator("#id_contacts-0-value")


def save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def ask_to_publish(page: Page, note: str) -> None:
    page.goto("/desk/publish/")
    page.get_by_label("ひとこと").fill(note)
    page.get_by_role("button", name="公開をたのむ").click()
    expect(page.locator(".messagelist .success")).to_contain_text("公開をたのみました")


def approve(page: Page) -> None:
    page.goto("/desk/publish/")
    page.get_by_role("button", name="承認して公開する").click(timeout=PUBLISHED_WITHIN_MS)
    expect(page.locator(".messagelist .success")).to_contain_text("を公開しています", timeout=PUBLISHED_WITHIN_MS)
