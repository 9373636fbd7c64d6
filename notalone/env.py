"""Settings from the environment that refuse odd values at start-up, not in front of a person."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def env_bool(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}: say one of {sorted(TRUE | FALSE)}.")


def env_list(name: str, *, default: list[str]) -> list[str]:
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or default


def env_url(name: str, *, default: str) -> str:
    """An absolute http(s) address without a trailing slash."""
    value = os.environ.get(name, "").strip() or default
    if not value.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must start with http:// or https://.")
    return value.rstrip("/")


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
