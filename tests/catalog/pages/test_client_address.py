"""Who counts as one caller: for the lock of the sign-in and the limit of the API."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from catalog.pages.decorators import client_address

PROXY = "10.0.0.1"


def caller(forwarded: str | None = None, *, remote: str = PROXY) -> str | None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.fixture
def behind_a_proxy(settings: Settings) -> None:
    settings.HTTPS = True


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("203.0.113.5:51234", "203.0.113.5"),
        ("198.51.100.1, 203.0.113.5", "203.0.113.5"),
        ("made up, 203.0.113.5:443", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("[2001:db8:1:2:ffff::1]:443", "2001:db8:1:2::"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_the_address_that_the_proxy_added_counts(forwarded: str, address: str) -> None:
    assert caller(forwarded) == address


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    "forwarded", [None, "", "unknown", "203.0.113.5:", "203.0.113.999", "[::1", "a:b", "1.2.3.4:x"]
)
def test_what_is_no_address_counts_as_the_proxy(forwarded: str | None) -> None:
    assert caller(forwarded) == PROXY


def test_without_a_proxy_nobody_says_who_they_are() -> None:
    assert caller("203.0.113.5") == PROXY
    assert caller(remote="2001:db8::77") == "2001:db8::"
    assert caller(remote="") is None
