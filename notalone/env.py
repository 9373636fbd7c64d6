"""Settings from the environment that refuse odd values at start-up, not in front of a person."""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def env_bool(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}: say one of {sorted(TRUE | FALSE)}.")


def env_hosts(name: str, *, default: list[str]) -> list[str]:
    """Host names, comma-separated, without a scheme or a path."""
    hosts = [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()] or default
    for host in hosts:
        if "/" in host:
            raise ImproperlyConfigured(f"{name} has {host!r}: write the host alone, such as example.jp.")
        if host == "*":
            raise ImproperlyConfigured(
                f"{name} has '*': name the hosts, or anybody's links would carry the host they like."
            )
    return hosts


def env_host(name: str) -> str:
    """One host name, or "" where none is set."""
    hosts = env_hosts(name, default=[])
    if len(hosts) > 1:
        raise ImproperlyConfigured(f"{name} has {len(hosts)} hosts: it must be one.")
    return hosts[0] if hosts else ""


def env_email(name: str) -> str:
    """One e-mail address, or "" where none is set."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value, re.ASCII):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be an address such as data@example.jp.")
    return value


def env_name(name: str) -> str:
    """A name in words, or "" where none is set."""
    value = os.environ.get(name, "").strip()
    if len(value) > 100 or not value.replace("　", " ").isprintable():
        raise ImproperlyConfigured(f"{name} must be one line of at most 100 characters.")
    return value


def env_path(name: str, *, default: str) -> str:
    """A folder of the address, such as desk/: no slash before, one behind."""
    value = os.environ.get(name, "").strip().strip("/") or default.strip("/")
    if not re.fullmatch(r"[a-z0-9][a-z0-9/_-]*", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: write it like desk/ in small letters, digits and hyphens.")
    return f"{value}/"


def env_folder(name: str, *, default: Path) -> Path:
    """A folder by its whole path, so that it is the same from wherever a command is given."""
    value = os.environ.get(name, "").strip()
    if value and not Path(value).is_absolute():
        raise ImproperlyConfigured(f"{name} is {value!r}: write the whole path, such as /var/lib/notalone.")
    return Path(value) if value else default


def env_rate(name: str, *, default: str) -> str:
    """How many requests in which time, such as 300/min."""
    value = os.environ.get(name, "").strip() or default
    if not re.fullmatch(r"[1-9]\d{0,6}/(sec|min|hour|day)", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: write it like 300/min (sec, min, hour or day).")
    return value


def env_url(name: str, *, default: str, base: bool = False) -> str:
    """An absolute http(s) address; `base`: one that paths are put behind, so without a query and a trailing slash."""
    value = os.environ.get(name, "").strip() or default
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be an address such as https://example.jp.")
    if base and (parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must end before any ? or #.")
    return value.rstrip("/") if base else value


def env_database(name: str, *, default: str) -> dict[str, Any]:
    """Django's settings of a database; SQLite or PostgreSQL. The address is not repeated in an error: it may hold a password."""
    value = os.environ.get(name, default).strip()
    refused = ImproperlyConfigured(
        f"{name} cannot be used: write sqlite:///path or postgresql://user:password@host/name."
    )
    try:
        database = dict(dj_database_url.parse(value))
    except (ValueError, KeyError) as error:
        raise refused from error
    if database.get("ENGINE") not in {
        "django.db.backends.sqlite3",
        "django.db.backends.postgresql",
    } or not database.get("NAME"):
        raise refused
    return database


def secret_key(name: str, *, fallback_file: Path) -> str:
    """The key from the environment, else one made at the first start and kept in a file of ours that only we can read."""
    value = os.environ.get(name)
    if value is not None:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} has {len(value)} characters: it needs 32 or more.")
        return value
    if not fallback_file.exists():
        fallback_file.parent.mkdir(parents=True, exist_ok=True)
        fallback_file.touch(mode=0o600)
        fallback_file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return fallback_file.read_text(encoding="ascii")
