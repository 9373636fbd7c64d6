"""What load balancers and operators are told."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client, override_settings

from catalog.directory.directory import Directory
from catalog.models import CurrentRelease
from catalog.release import serving
from notalone import health

Usage = namedtuple("Usage", "total used free")


def details(client: Client) -> Any:
    response = client.get("/health/details/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.json()


def test_all_is_well(web: Client, directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_are_sources_stale", lambda today: False)
    assert details(web) == {"ok": True, "serving": directory.number, "troubles": []}


@pytest.mark.parametrize("address", ["/health/", "/health/details/"])
@pytest.mark.parametrize("host", ["10.0.0.7", "10.0.0.7:8000", "evil.example", "[2001:db8::1]"])
@override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_a_probe_by_address_and_without_the_proxys_headers_is_answered(web: Client, address: str, host: str) -> None:
    assert web.get(address, headers={"host": host}).status_code == 200
    assert web.head(address, headers={"host": host}).status_code == 200
    assert web.post(address, headers={"host": host}).status_code == 405


@pytest.fixture
def after() -> Iterator[None]:
    yield
    serving._database_is_away = serving._copy_failed = False
    serving._refused = None


@pytest.mark.django_db
def test_each_trouble_is_named(
    web: Client, after: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(health, "_are_sources_stale", lambda today: False)
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(10**12, 10**12 - 5000, 5000))
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    settings.RELEASE_COPY = tmp_path / "file" / "release.json"
    serving.refresh()  # it cannot be copied
    serving._refused = serving.Refused("0" * 64, 7, 0)
    monkeypatch.setattr(CurrentRelease.objects, "filter", _away)
    serving.refresh()
    told = details(web)
    assert told["ok"] is False
    assert told["troubles"] == ["database away", "release 7 refused", "copy older", "disk full"]


def _away(**lookup: object) -> None:
    raise OperationalError("could not connect to server at 10.1.2.3, password=hunter2")


def test_nothing_secret_is_told(web: Client, directory: Directory) -> None:
    said = web.get("/health/details/").content.decode()
    assert "hunter2" not in said
    assert set(details(web)) == {"ok", "serving", "troubles"}


def test_sources_that_nobody_has_looked_at_for_half_a_year_are_named(web: Client, directory: Directory) -> None:
    newest = max(support.verified_on for support in directory.available)
    year, month = int(newest[:4]), int(newest[5:7] or 1)
    with time_machine.travel(f"{year}-{month:02d}-28", tick=False):
        assert "sources stale" not in details(web)["troubles"]
    with time_machine.travel(f"{year + 1}-{month:02d}-28", tick=False):
        assert "sources stale" in details(web)["troubles"]
