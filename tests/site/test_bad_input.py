"""Whatever is sent to a public address, the answer is a clear page with the right status, and never a 500."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from catalog.directory.directory import Directory
from catalog.release import serving

from .browsing import Page
from .walking import PLAIN

READ_ONLY = [name for name in PLAIN if name not in {"chat", "list"}]
# What can be answered without a fault of ours; 405 and 404 where the method or the address is wrong.
FINE = {200, 301, 303, 308, 400, 404, 405, 413}
FILES = ("/banners/home.svg", "/banners/home.png", "/robots.txt", "/exit/")


@pytest.fixture(scope="module")
def site(directory: Directory) -> Iterator[Client]:
    """The site without a database; an exception in a view would reach the test."""
    serving.use(directory)
    yield Client()
    serving.use(None)


def raw(data: bytes) -> str:
    """Bytes as a server hands them on in a path or a query string."""
    return data.decode("latin-1")


class Sent(NamedTuple):
    method: str
    path: str
    query: str
    body: bytes
    content_type: str
    headers: dict[str, str]


KEYS = st.sampled_from(["a", "q", "c", "skip", "next", "back", "edit", "finish", "want", "text", "area", "open"])
WORDS = st.one_of(
    st.sampled_from(["worry", "worry.money", "money.rent", "also.-", "-", ".", "also.heart", "sheet", "link", "money"]),
    st.text(max_size=30),
)
FORMS = st.lists(st.tuples(KEYS, WORDS), max_size=12).map(
    lambda pairs: "&".join(f"{key}={quote(word, errors='replace')}" for key, word in pairs).encode()
)
BODIES = st.one_of(
    FORMS, FORMS.flatmap(lambda form: st.binary(max_size=40).map(lambda noise: form + noise)), st.binary(max_size=300)
)
CONTENT_TYPES = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=nonsense",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=" + "x" * 300,
        "multipart/form-data; boundary=\xe3\x81",
        "application/json",
        "text/plain; charset=",
        ";;;",
        "",
    ]
)
PATHS = st.one_of(
    st.sampled_from([reverse(name) for name in PLAIN] + list(FILES) + ["/chat", "/list", "//", "/r/", "/banners/"]),
    st.binary(max_size=40).map(lambda data: "/" + raw(data)),
    st.tuples(st.sampled_from(["/r/", "/list/", "/tips/", "/banners/"]), st.binary(max_size=20)).map(
        lambda parts: parts[0] + raw(parts[1]) + "/"
    ),
    st.lists(st.from_regex(r"[0-9a-z_]{1,6}", fullmatch=True), max_size=80).map(lambda codes: f"/r/{'-'.join(codes)}/"),
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "HTTP_HX_REQUEST": st.sampled_from(["true", "false", "もしも"]).map(lambda text: raw(text.encode())),
        "HTTP_HX_CURRENT_URL": st.binary(max_size=20).map(raw),
        "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": st.just("true"),
        "HTTP_ACCEPT_ENCODING": st.sampled_from(["gzip", "br", "\xff"]),
        "HTTP_COOKIE": st.binary(max_size=40).map(raw),
        "HTTP_HOST": st.sampled_from(["testserver", "a b", "evil.example", "[", "testserver:x"]),
        "CONTENT_LENGTH": st.sampled_from(["", "0", "nonsense", "-1", "²", "9" * 5000, str(10**9)]),
    },
)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
QUERIES = st.one_of(st.just(""), st.binary(max_size=60).map(raw), FORMS.map(raw))
EVERYTHING = st.builds(Sent, METHODS, PATHS, QUERIES, BODIES, CONTENT_TYPES, HEADERS)
POSTS = st.builds(Sent, st.just("POST"), st.sampled_from(["/chat/", "/list/"]), QUERIES, BODIES, CONTENT_TYPES, HEADERS)


def check(site: Client, sent: Sent) -> None:
    environ: dict[str, Any] = {"PATH_INFO": sent.path, "QUERY_STRING": sent.query, **sent.headers}
    response = site.generic(sent.method, "/", sent.body, content_type=sent.content_type, **environ)
    assert response.status_code in FINE
    assert not response.cookies
    if response.status_code >= 400 and sent.method != "HEAD" and "Content-Encoding" not in response.headers:
        has_a_way_on(Page(response))


def has_a_way_on(page: Page) -> None:
    assert page.one("h1").text
    ways = set(page.main.named("href"))
    assert {"/chat/", "/"} <= ways or {"/under18/chat/", "/under18/"} <= ways
    assert {"tel:110", "tel:119"} <= set(page.named("href"))
    assert page.all("a", has="data-exit")


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sent=EVERYTHING)
def test_nothing_that_is_sent_breaks_the_site(site: Client, sent: Sent) -> None:
    check(site, sent)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sent=POSTS)
@example(sent=Sent("POST", "/chat/", "", b"a=worry.%00&q=%00&c=%00", "application/x-www-form-urlencoded", {}))
@example(sent=Sent("POST", "/chat/", "", b"a=worry.\xff\xfe&text=\xe3", "application/x-www-form-urlencoded", {}))
def test_nothing_that_is_posted_breaks_the_forms(site: Client, sent: Sent) -> None:
    check(site, sent)


@pytest.mark.parametrize("address", ["/chat/", "/list/"])
@pytest.mark.parametrize(
    "body", [b"text=" + b"x" * 300_000, b"&".join([b"a=worry.money"] * 3000)], ids=["too long", "too many fields"]
)
def test_a_body_that_is_too_much_is_turned_away_with_a_page(site: Client, address: str, body: bytes) -> None:
    response = site.post(address, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {400, 413}
    has_a_way_on(Page(response))


def test_a_file_that_nobody_asked_for_is_turned_away(site: Client) -> None:
    response = site.post("/chat/", {"q": "worry", "c": "money", "file": BytesIO(b"x" * 3_000_000)})
    assert response.status_code in {400, 413}


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300],
)
def test_a_broken_upload_is_turned_away_with_a_page(site: Client, content_type: str) -> None:
    response = site.post("/chat/", b"--x\r\nnonsense", content_type=content_type)
    assert response.status_code == 400
    has_a_way_on(Page(response))


@pytest.mark.parametrize("address", ["/nowhere/", "/r/", "/r/ /", "/list/%ff/", "/tips/%00/", "/%E3%81/", "/.env"])
def test_a_wrong_address_gets_a_page_with_a_way_on(site: Client, address: str) -> None:
    response = site.get(address)
    assert response.status_code == 404
    has_a_way_on(Page(response))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("address", ["/chat/", "/list/"])
def test_a_wrong_method_at_a_form_gets_a_page_that_says_which_are_right(
    site: Client, address: str, method: str
) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, address)
    assert response.status_code == 405
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD", "POST"}
    has_a_way_on(Page(response))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_wrong_method_at_a_page_that_is_only_read(site: Client, method: str) -> None:
    for address in (*(reverse(name) for name in READ_ONLY), *FILES, "/r/zzzzz/"):
        response = Client(enforce_csrf_checks=True).generic(method, address)
        assert response.status_code == 405, address
        has_a_way_on(Page(response))


@pytest.mark.parametrize("address", ["/chat", "/list", "/under18", "/faq"])
def test_an_address_without_its_last_slash_leads_to_the_page(site: Client, address: str) -> None:
    response = site.get(address)
    assert response.status_code == 301
    assert response["Location"] == f"{address}/"
