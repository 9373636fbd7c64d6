"""What axe has to say about a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What only the colours decide: the rest was looked at in the light.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


def violations(page: Page, options: dict[str, Any], leaving_out: list[str] | None = None) -> list[str]:
    """Each rule with the element that breaks it. `leaving_out`: selectors."""
    if page.evaluate("typeof axe") == "undefined":  # half a megabyte: once a page
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "([exclude, options]) => axe.run(exclude.length ? { exclude } : document, { resultTypes: ['violations'], ...options })",
        [leaving_out or [], options],
    )
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


def violations_in_the_dark(page: Page, leaving_out: list[str] | None = None) -> list[str]:
    """What only the dark colours break. `page` is light again afterwards."""
    page.emulate_media(color_scheme="dark")
    found = violations(page, {"runOnly": COLOUR_RULES}, leaving_out)
    page.emulate_media(color_scheme="light")
    return found
