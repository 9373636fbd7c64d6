"""What a child does on the pages for children, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.under18.browse import CHAT, FRONT

from .steps import answer

FRIENDS = {"g12": ("school", "friends"), "g34": ("friends", "friends"), "g56": ("friends", "friends"), "jh": ("friends", "friends"),
           "hs": ("friends", "friends")}  # fmt: skip


def to_the_first_worry(page: Page, band: str) -> None:
    if not page.url.endswith((FRONT, CHAT)):
        page.goto(FRONT)
    answer(page, "band", band)


def to_the_results(page: Page, band: str = "g34") -> list[str]:
    """Trouble with friends, no wish how to talk, and nothing else. Returns the entries."""
    to_the_first_worry(page, band)
    return answer_about_friends(page, band)


def answer_about_friends(page: Page, band: str) -> list[str]:
    first, second = FRIENDS[band]
    answer(page, "young" if band == "g12" else "teen" if band in ("jh", "hs") else "area", first)
    answer(page, "young-school" if band == "g12" else "friends", second)
    answer(page, "young-way" if band == "g12" else "way", "any")
    answer(page, "more-young" if band == "g12" else "more", "-")
    return supports(page)


def to_danger(page: Page) -> None:
    page.goto(FRONT)
    answer(page, "band", "jh")
    answer(page, "teen", "heart")
    answer(page, "heart", "dying")
    expect(page.locator("[data-crisis]")).to_be_visible()


def supports(page: Page) -> list[str]:
    expect(page.locator(".card[data-support]").first).to_be_visible()
    return [str(card.get_attribute("data-support")) for card in page.locator(".card[data-support]").all()]


def readings(page: Page) -> str:
    return str(page.locator("button[name=ruby][aria-pressed=true]").get_attribute("value"))


def head(page: Page, address: str) -> None:
    page.locator(f".site-nav button[formaction='{address}']").click()
    page.wait_for_url(f"**{address}")
