"""Settings from the environment: an odd value stops the site at its start, and says which one and why."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from notalone.env import secret_key

FILE = Path(settings.BASE_DIR) / "notalone" / "settings.py"
LONG_KEY = "k" * 40
NAMES = (
    "DEBUG",
    "HTTPS",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "EXIT_URL",
    "OPERATOR_NAME",
    "CONTACT_EMAIL",
    "DATABASE_URL",
    "VAR_DIR",
    "DESK_PATH",
    "DESK_HOST",
)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing but a key."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECRET_KEY", LONG_KEY)
    return monkeypatch


def start() -> ModuleType:
    """The settings as a fresh start would read them."""
    spec = spec_from_file_location("notalone.settings_read_again", FILE)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_site_that_is_told_nothing_is_closed_to_the_world(environment: pytest.MonkeyPatch) -> None:
    read = start()
    assert read.DEBUG is False
    assert read.ALLOWED_HOSTS == ["localhost", "127.0.0.1", "[::1]"]
    assert read.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert read.LANGUAGE_CODE == "ja"
    assert read.TIME_ZONE == "Asia/Tokyo"


def test_the_site_waits_only_a_few_seconds_for_another_save(environment: pytest.MonkeyPatch) -> None:
    """A worker's thread that waits serves nobody."""
    assert 1 <= start().DATABASES["default"]["OPTIONS"]["timeout"] <= 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("DEBUG", "2"),
        ("HTTPS", "はい"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "k" * 31),
        ("SITE_URL", "ftp://example.jp"),
        ("SITE_URL", "example.jp"),
        ("EXIT_URL", "javascript:alert(1)"),
        ("EXIT_URL", "/weather/"),
        ("CONTACT_EMAIL", "https://example.jp/contact"),
        ("CONTACT_EMAIL", "data@example"),
        ("OPERATOR_NAME", "二行の\n名前"),
        ("OPERATOR_NAME", "長" * 101),
        ("DATABASE_URL", "mysql://user@db.example/support"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "/a/file.sqlite3"),
        ("VAR_DIR", "var"),
        ("DATABASE_URL", "postgresql://user@db.example:port/support"),
    ],
)
def test_an_odd_value_is_refused_by_its_name(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        start()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "http://"),  # becomes "http:" in every QR code
        ("SITE_URL", "https://example.jp/?page=1"),  # becomes https://example.jp/?page=1/under18/
        ("EXIT_URL", "https:///weather"),  # すぐに閉じる leads nowhere
        ("ALLOWED_HOSTS", "*"),  # anybody's host would stand in our links
        ("ALLOWED_HOSTS", "https://example.jp"),  # no host can match: everybody gets the page for 400
        ("DATABASE_URL", ""),  # KeyError: 'ENGINE'
        ("DATABASE_URL", "postgresql://"),  # no database named: fails in front of a person
    ],
)
def test_a_value_that_cannot_work_is_refused_by_its_name(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        start()


def test_a_refused_secret_is_not_printed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SECRET_KEY", "hunter2-hunter2")
    with pytest.raises(ImproperlyConfigured) as refusal:
        start()
    assert "hunter2" not in str(refusal.value)
    environment.setenv("SECRET_KEY", LONG_KEY)
    environment.setenv("DATABASE_URL", "postgresql://user:hunter2@db.example:port/support")
    with pytest.raises(ImproperlyConfigured) as refusal:
        start()
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_with_https_nothing_goes_over_a_plain_line(environment: pytest.MonkeyPatch, word: str) -> None:
    environment.setenv("HTTPS", word)
    read = start()
    assert read.SECURE_SSL_REDIRECT is True
    assert read.SESSION_COOKIE_SECURE is True
    assert read.CSRF_COOKIE_SECURE is True
    assert read.SESSION_COOKIE_NAME.startswith("__Secure-")
    assert read.CSRF_COOKIE_NAME.startswith("__Secure-")
    assert read.SECURE_HSTS_SECONDS >= 31_536_000


@pytest.mark.parametrize("word", ["", "0", "false", "No"])
def test_without_https_nothing_insists_on_it(environment: pytest.MonkeyPatch, word: str) -> None:
    environment.setenv("HTTPS", word)
    read = start()
    assert read.SECURE_SSL_REDIRECT is False
    assert read.SECURE_HSTS_SECONDS == 0


def test_hosts_are_listed_with_commas(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ALLOWED_HOSTS", " example.jp, www.example.jp ,")
    assert start().ALLOWED_HOSTS == ["example.jp", "www.example.jp"]


def test_a_slash_at_the_end_of_the_address_is_not_doubled(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SITE_URL", "https://example.jp/")
    assert start().SITE_URL == "https://example.jp"


@pytest.mark.parametrize("url", ["postgresql://user@db.example/support", "postgres://user@db.example/support"])
def test_postgresql_is_chosen_by_its_address(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("DATABASE_URL", url)
    database = start().DATABASES["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["NAME"] == "support"
    assert "init_command" not in database.get("OPTIONS", {})


def test_a_key_is_made_once_and_only_its_owner_may_read_it(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.delenv("SECRET_KEY")
    file = tmp_path / "new" / "secret_key"
    made = secret_key("SECRET_KEY", fallback_file=file)
    assert len(made) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret_key("SECRET_KEY", fallback_file=file) == made
    assert secret_key("SECRET_KEY", fallback_file=tmp_path / "other") != made


def test_a_refusal_stops_the_command_and_not_the_first_visitor() -> None:
    environment = {**os.environ, "SECRET_KEY": LONG_KEY, "DEBUG": "maybe"}
    run = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert run.returncode != 0
    assert "DEBUG is 'maybe'" in run.stderr
