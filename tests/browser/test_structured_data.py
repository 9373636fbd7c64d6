"""What the pages tell programs, in a real browser: it is read as data, runs nothing, and the policy has nothing against it. (The
`watch` of every visit fails the test on any complaint.)"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .conftest import Visit

READ = """() => [...document.querySelectorAll('script[type="application/ld+json"]')].map(block => JSON.parse(block.textContent))"""


def test_an_entry_is_told_of_to_programs(visit: Visit) -> None:
    page: Page = visit("/list/")
    page.locator(".entries a").first.click()
    expect(page.locator(".entry")).to_be_visible()
    (told,) = page.evaluate(READ)
    assert told["name"] == page.locator("h1").inner_text()
    assert told["url"] == page.url
    assert told["@type"] in {"Service", "GovernmentService"}


def test_the_questions_are_told_to_programs(visit: Visit) -> None:
    for path in ("/faq/", "/under18/questions/"):
        page = visit(path)
        (told,) = page.evaluate(READ)
        assert len(told["mainEntity"]) == page.locator("details.faq").count() > 10
