"""Where the desk is: on its own host, and under its own path."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

on_its_own_host = override_settings(DESK_HOST="desk.example.jp", ALLOWED_HOSTS=["example.jp", "desk.example.jp"])


@pytest.mark.django_db
@on_its_own_host
@pytest.mark.parametrize("address", ["/desk/", "/desk", "/desk/login/", "/desk/invitation/x/", "/desk/no/such/"])
def test_elsewhere_the_desk_is_a_page_that_is_not_there(web: Client, address: str) -> None:
    for host in ("example.jp", "example.jp:8000"):
        elsewhere = web.get(address, HTTP_HOST=host)
        assert elsewhere.status_code == 404
        assert "ページが見つかりませんでした" in elsewhere.content.decode()
        assert not elsewhere.cookies
    assert web.post(address, HTTP_HOST="example.jp").status_code == 404


@pytest.mark.django_db
@on_its_own_host
def test_on_its_host_the_desk_answers_and_so_do_the_public_pages(web: Client) -> None:
    for host in ("desk.example.jp", "desk.example.jp:8443", "DESK.example.jp"):
        assert web.get("/desk/login/", HTTP_HOST=host).status_code == 200
        assert web.get("/", HTTP_HOST=host).status_code == 200
    assert web.get("/", HTTP_HOST="example.jp").status_code == 200
    assert web.get("/about/", HTTP_HOST="example.jp").status_code == 200


@pytest.mark.django_db
def test_without_a_host_of_its_own_the_desk_answers_wherever_the_site_does(web: Client) -> None:
    assert web.get("/desk/login/").status_code == 200


@pytest.mark.parametrize(
    ("said", "reached"),
    [({}, "/desk/ /desk/"), ({"DESK_PATH": "staff-only/room"}, "/staff-only/room/ /staff-only/room/")],
)
def test_the_path_is_a_setting_and_the_cookies_follow_it(said: dict[str, str], reached: str) -> None:
    assert (
        start(
            said,
            "import django; django.setup(); from django.urls import reverse; from django.conf import settings;"
            "print(reverse('admin:index'), settings.SESSION_COOKIE_PATH)",
        )
        == reached
    )


def test_the_desks_host_need_not_be_named_twice() -> None:
    said = {"DESK_HOST": "desk.example.jp", "ALLOWED_HOSTS": "example.jp"}
    assert start(said, "from notalone.settings import *; print(*ALLOWED_HOSTS)") == "example.jp desk.example.jp"


def start(said: dict[str, str], program: str) -> str:
    """What a fresh start prints with these words in its environment."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "notalone.settings", "SECRET_KEY": "k" * 40} | said
    return subprocess.run(  # our own words only
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
