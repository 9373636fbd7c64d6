"""deploy/README.md, done: its commands lead from an empty machine to a running site, to the next version, and back to a backup."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from scripts.serve import ROOT
from tests.databases import POSTGRES

from .machine import Machine

PAGE = (ROOT / "deploy" / "README.md").read_text("utf-8")
SECTIONS = ("Install", "Back up", "Upgrade", "Restore")  # those with commands
NAME = "site.example.jp"
MANAGE = "/srv/notalone/current/deploy/manage"
PEOPLE = "from django.contrib.auth.models import User; print(*User.objects.order_by('pk').values_list('username', flat=True))"


def commands(page: str) -> str:
    """All that stands in blocks."""
    return "\n".join(re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))


def section(heading: str) -> str:
    return commands(PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0])


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """As "Install" leaves it."""
    machine = Machine.set_up(tmp_path_factory.mktemp("machine"), POSTGRES)
    try:
        said = machine.run(section("Install").replace("NAME=help.example.jp", f"NAME={NAME}"))
        assert "\nrelease 1\n" in said
        assert f"https://{NAME}/desk/" in said, "the link for the first person"
        yield machine
    finally:
        machine.run("systemctl stop notalone.service")


def people(machine: Machine) -> list[str]:
    return machine.run(f'{MANAGE} shell -v 0 -c "{PEOPLE}"').splitlines()[-1].split()


def test_the_settings_have_the_name_and_are_settings(machine: Machine) -> None:
    settings = (machine.root / "etc/notalone.env").read_text()
    explained = set(re.findall(r"^\| `(\w+)`", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^(\w+)=", settings, re.MULTILINE)) <= explained
    for text in (settings, (machine.root / "etc/caddy/Caddyfile").read_text()):
        assert NAME in text
        assert "help.example.jp" not in text.replace("for help.example.jp", "")


def test_a_backup_of_this_moment_comes_back_also_after_an_upgrade(machine: Machine) -> None:
    machine.run(section("Back up"))
    machine.run(f"{MANAGE} make_staff すずき --group 編集者")
    assert "\nrelease 1\n" in machine.run(section("Upgrade"))  # it backs up
    assert (machine.root / "srv/notalone/current").resolve().name == "second"
    machine.run(f"{MANAGE} make_staff たなか --group 編集者")
    assert people(machine) == ["やまだ", "すずき", "たなか"]
    assert "\nrelease 1\n" in machine.run(section("Restore"))
    assert people(machine) == ["やまだ", "すずき"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd to ask")
def test_systemd_understands_the_units(machine: Machine) -> None:
    units = sorted((machine.root / "etc/systemd/system").iterdir())
    assert len(units) == len(list((ROOT / "deploy/systemd").iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_all_commands_of_the_page_are_run() -> None:
    assert sorted(commands(PAGE).split("\n")) == sorted("\n".join(section(heading) for heading in SECTIONS).split("\n"))
