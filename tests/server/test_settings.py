"""The server's settings are names that the server knows: it says nothing of others."""

from __future__ import annotations

from granian.cli import cli

from scripts.serve import server_settings


def test_every_setting_is_one_of_the_servers() -> None:
    known = {f"GRANIAN_{option.name}".upper() for option in cli.params}
    assert set(server_settings()) - known == set()
