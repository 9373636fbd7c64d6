"""What holds on every page of the site, whatever it is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from catalog.directory.directory import Directory
from catalog.models import CurrentRelease
from catalog.text import phone
from chatbot.flow import Flow

from .browsing import Element, Page
from .walking import NOT_PAGES, addresses, all_pages, named_addresses

ERRORS = {"error 400": 400, "error 404": 404, "error 405": 405, "error 500": 500}
TELLING_WORDS = "死|自殺|自死|暴力|ＤＶ|DV|性|虐待|被害|借金|妊娠|病|うつ|障害|いじめ|離婚"
TELLING_CODES = r"suicid|violen|abus|sex|rape|lgbt|pregnan|(?<![a-z])(dv|die|dying|death|debt|kill)(?![a-z])"
LOADS = {"src", "srcset", "poster", "data", "background", "formaction", "action", "hx-get", "hx-post", "manifest"}


@pytest.fixture(scope="module")
def pages(directory: Directory, flow: Flow, django_db_blocker: DjangoDbBlocker) -> list[Page]:
    with django_db_blocker.block():
        return all_pages(directory, flow)


def where_not(pages: list[Page], holds: Callable[[Page], object]) -> list[str]:
    """The pages on which something does not hold."""
    return [page.address for page in pages if not holds(page)]


def test_no_address_of_the_site_is_left_out_of_the_walk(directory: Directory, flow: Flow) -> None:
    walked = {resolve(address).url_name for address in addresses(directory, flow)}
    assert walked | NOT_PAGES == named_addresses()


def test_every_page_answers_with_the_status_that_it_should(pages: list[Page]) -> None:
    assert where_not(pages, lambda page: page.response.status_code == ERRORS.get(page.address, 200)) == []


def test_the_pages_were_made_without_the_database(pages: list[Page], django_db_blocker: DjangoDbBlocker) -> None:
    """The walk ran behind this lock: a page that had asked the database would have been a 500."""
    with django_db_blocker.block(), pytest.raises(RuntimeError):
        CurrentRelease.objects.exists()
    assert len(pages) > 300


def test_every_page_is_in_japanese_and_has_one_heading_of_its_own(pages: list[Page]) -> None:
    assert where_not(pages, lambda page: page.one("html")["lang"] == "ja") == []
    assert where_not(pages, lambda page: len(page.all("h1")) == 1 and page.one("h1").text) == []


def test_headings_do_not_skip_a_level(pages: list[Page]) -> None:
    def steps_down_one_by_one(page: Page) -> bool:
        levels = [0, *(int(heading.tag[1]) for heading in page.all("h1 h2 h3 h4 h5 h6"))]
        return all(lower <= upper + 1 for upper, lower in pairwise(levels))

    assert where_not(pages, steps_down_one_by_one) == []


def test_elements_are_closed_in_their_order_and_ids_lead_to_one_place(pages: list[Page]) -> None:
    def is_sound(page: Page) -> bool:
        ids = page.named("id")
        pointers = " ".join(page.named("aria-labelledby") + page.named("for") + page.named("aria-describedby"))
        return not page.badly_closed and len(ids) == len(set(ids)) and set(pointers.split()) <= set(ids)

    assert where_not(pages, is_sound) == []


def test_no_title_says_what_a_person_is_looking_for(pages: list[Page], directory: Directory) -> None:
    names = {support.name for support in directory.supports.values()}
    worries = {worry.label for worry in directory.worries.values()}

    def is_neutral(page: Page) -> bool:
        title = page.one("title").text
        return bool(title) and not re.search(TELLING_WORDS, title) and not any(n in title for n in names | worries)

    assert where_not(pages, is_neutral) == []


def test_no_address_says_what_a_person_is_looking_for(pages: list[Page], directory: Directory) -> None:
    own = {link for page in pages for link in page.named("href") + page.named("action") if link.startswith("/")}
    own |= {page.address for page in pages if page.address.startswith("/")}
    telling = re.compile(f"{TELLING_WORDS}|{TELLING_CODES}")
    assert [address for address in own if telling.search(unquote(address))] == []
    assert [address for address in own if any(slug in address.split("/") for slug in directory.supports)] == []
    assert [address for address in own if "?" in address] == []


def test_no_page_sets_a_cookie_or_depends_on_one(pages: list[Page]) -> None:
    assert where_not(pages, lambda page: not page.response.cookies and "Set-Cookie" not in page.response) == []
    assert where_not(pages, lambda page: "cookie" not in page.response.get("Vary", "").lower()) == []


def test_no_page_loads_anything_from_elsewhere(pages: list[Page]) -> None:
    assert where_not(pages, lambda page: not [url for url in loaded(page) if urlsplit(url).netloc]) == []
    assert where_not(pages, lambda page: not page.all("iframe object embed base style")) == []


def test_no_style_or_script_stands_within_a_page(pages: list[Page]) -> None:
    """The browser would refuse it, as the policy says. What describes the page to programs is data, which no browser runs."""

    def is_clean(page: Page) -> bool:
        handlers = [name for element in page for name in element.attrs if name.startswith(("on", "hx-on", "style"))]
        return not handlers and all(
            script["src"] or script.attrs == {"type": "application/ld+json"} for script in page.all("script")
        )

    assert where_not(pages, is_clean) == []


def test_no_style_sheet_loads_anything_from_elsewhere(pages: list[Page]) -> None:
    sheets = {link["href"] for page in pages for link in page.all("link", rel="stylesheet")}
    assert sheets
    for sheet in sheets:
        path = finders.find(re.sub(r"\.[0-9a-f]{12}\.css$", ".css", sheet.removeprefix(settings.STATIC_URL)))
        assert isinstance(path, str)
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 (finders give plain strings)
            css = file.read()
        assert [url for url in re.findall(r"@import[^;]*|url\(([^)]*)\)", css) if not url.strip("'\"#")] == []
        assert "//" not in "".join(re.findall(r"url\([^)]*\)", css))


def loaded(page: Page) -> list[str]:
    """What the browser fetches or sends to by itself, without a person following a link."""
    urls = [link["href"] for link in page.all("link image use")]
    for element in page:
        for name in LOADS & element.attrs.keys():
            urls += element[name].split() if name == "srcset" else [element[name]]
    return urls


def test_links_to_other_sites_tell_them_nothing(pages: list[Page]) -> None:
    def keeps_quiet(page: Page) -> bool:
        out = [link for link in page.all("a area", has="href") if urlsplit(link["href"]).netloc]
        return all("noreferrer" in link["rel"].split() and not link["ping"] for link in out)

    assert where_not(pages, keeps_quiet) == []
    assert where_not(pages, lambda page: page.response["Referrer-Policy"] == "same-origin") == []


def test_the_first_thing_on_every_page_leads_past_the_menu(pages: list[Page]) -> None:
    def skips(page: Page) -> bool:
        first = page.one("body").all("a button input select textarea summary")[0]
        return first["href"] == "#main" and page.main["id"] == "main" and page.main["tabindex"] == "-1"

    assert where_not(pages, skips) == []


def test_every_page_can_be_left_at_once(pages: list[Page]) -> None:
    def has_exit(page: Page) -> bool:
        exits = page.all("a", has="data-exit")
        visible = [link for link in exits if "exit" in link["class"].split()]
        script = [script["src"] for script in page.all("script") if "/js/leave" in script["src"]]
        return bool(visible and script) and all(link["href"] == "/exit/" for link in exits)

    assert where_not(pages, has_exit) == []


def test_every_page_has_the_emergency_numbers(pages: list[Page]) -> None:
    def has_strip(page: Page) -> bool:
        return {"tel:110", "tel:119"} <= {link["href"] for link in page.one(class_="strip").all("a")}

    assert where_not(pages, has_strip) == []


def is_for_children(page: Page) -> bool:
    return page.address.startswith(("/under18/", "under18-")) and "adults" not in page.address


def test_the_pages_for_children_have_a_line_of_their_own_that_never_closes(
    pages: list[Page], directory: Directory
) -> None:
    line = directory.child_crisis_strip
    assert line
    assert line.answers_by_phone_always
    children = [page for page in pages if is_for_children(page)]
    assert len(children) > 8
    assert where_not(children, lambda page: page.one(class_="strip-tel")["href"] == line.contacts[0].tel_uri) == []


def test_every_page_has_a_line_that_never_closes(pages: list[Page], directory: Directory) -> None:
    line = directory.crisis_strip
    assert line
    assert line.is_always_open
    working = [page for page in pages if page.address not in ERRORS and not is_for_children(page)]
    assert where_not(working, lambda page: page.one(class_="strip-tel")["href"] == line.contacts[0].tel_uri) == []


def test_the_pages_for_a_wrong_address_have_a_line_that_never_closes(pages: list[Page]) -> None:
    mistaken = [page for page in pages if page.address in {"error 400", "error 404", "error 405"}]
    assert where_not(mistaken, lambda page: page.all(class_="strip-tel")) == []


def test_search_engines_may_show_what_the_sitemap_names_and_nothing_else(pages: list[Page], web: Client) -> None:
    """A new page that says nothing of it is kept from them; one that may be shown stands in the sitemap too."""
    named = {urlsplit(url).path for url in re.findall("<loc>(.*?)</loc>", web.get("/sitemap.xml").content.decode())}
    visited = [page for page in pages if page.address.startswith("/")]
    assert {page.address for page in visited if page.response["X-Robots-Tag"] == "all"} == named
    assert where_not(pages, lambda page: page.response["X-Robots-Tag"] in {"all", "noindex, nofollow"}) == []


def test_a_page_that_is_not_to_be_shown_says_so_itself_too(pages: list[Page]) -> None:
    def agrees(page: Page) -> bool:
        said = [meta["content"] for meta in page.all("meta", name="robots")]
        return said == ([] if page.response["X-Robots-Tag"] == "all" else ["noindex"])

    assert where_not(pages, agrees) == []


def is_well_headed(page: Page) -> bool:
    policy = dict(
        part.strip().partition(" ")[::2] for part in page.response.get("Content-Security-Policy", "").split(";")
    )
    sources = {source for listed in policy.values() for source in listed.split()}
    return (
        policy.get("default-src") == policy.get("frame-ancestors") == "'none'"
        and {"script-src", "style-src", "form-action", "base-uri"} <= policy.keys()
        and sources <= {"'none'", "'self'", "data:"}
        and "data:" not in policy["script-src"]
        and {"geolocation=()", "browsing-topics=()"} <= set(page.response.get("Permissions-Policy", "").split(", "))
        and page.response.get("Cross-Origin-Resource-Policy") in {"same-origin", "cross-origin"}
        and "no-store" in page.response.get("Cache-Control", "")
        and page.response.get("X-Content-Type-Options") == "nosniff"
    )


def test_headers_keep_every_page_to_itself(pages: list[Page]) -> None:
    assert where_not([page for page in pages if page.address != "error 405"], is_well_headed) == []


def test_headers_keep_the_page_for_a_wrong_method_to_itself(pages: list[Page]) -> None:
    assert where_not([page for page in pages if page.address == "error 405"], is_well_headed) == []


def catalogue_numbers(directory: Directory) -> set[str]:
    contacts = [contact for support in directory.supports.values() for contact in support.contacts]
    return {phone.digits(c.value) for c in contacts if c.via in {"phone", "fax", "sms"}} | {"110", "119"}


def test_every_number_on_a_page_stands_in_the_catalogue(pages: list[Page], directory: Directory) -> None:
    known = catalogue_numbers(directory)
    shown = {(page.address, number) for page in pages for number in phone.find_numbers(page.text)}
    assert len(shown) > 300
    assert [place for place in shown if phone.digits(place[1]) not in known] == []


def dialled(page: Page) -> list[Element]:
    return [link for link in page.all("a") if link["href"].startswith("tel:")]


def test_every_telephone_link_dials_a_number_of_the_catalogue(pages: list[Page], directory: Directory) -> None:
    known = catalogue_numbers(directory)

    def dials_well(page: Page) -> bool:
        return all(re.fullmatch(r"tel:\d{3,11}", link["href"]) and link["href"][4:] in known for link in dialled(page))

    assert where_not(pages, dials_well) == []


def test_a_telephone_link_dials_what_it_shows(pages: list[Page]) -> None:
    def is_honest(page: Page) -> bool:
        pairs = [(link["href"][4:], phone.digits(n.text)) for link in dialled(page) for n in link.all(class_="number")]
        return all(shown == dials for dials, shown in pairs)

    assert where_not(pages, is_honest) == []
