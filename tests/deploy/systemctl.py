"""What systemctl does with our units, where no systemd runs: python -m tests.deploy.systemctl VERB UNIT …, with MACHINE in the environment."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

MACHINE = Path(os.environ["MACHINE"])
OF_PACKAGES = {"caddy.service"}


def read(unit: str) -> dict[str, list[str]]:
    """The values of each key of the unit, whatever its section."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (MACHINE / "etc/systemd/system" / unit).read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found[key].append(value)
    return found


def environment_of(service: dict[str, list[str]]) -> dict[str, str]:
    """Nothing of ours, but where PostgreSQL is."""
    environment = {name: os.environ[name] for name in ("PATH", "PGHOST", "PGPORT")} | {"PGUSER": service["User"][0]}
    for file in service["EnvironmentFile"]:
        lines = Path(file).read_text("utf-8").splitlines()
        environment |= dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return environment


def start(unit: str) -> None:
    service = read(unit)
    folder, environment = service["WorkingDirectory"][0], environment_of(service)
    if service["Type"] == ["oneshot"]:
        for command in service["ExecStart"]:
            subprocess.run(shlex.split(command), cwd=folder, env=environment, check=True)
        return
    [command] = service["ExecStart"]
    with (MACHINE / f"{unit}.log").open("ab") as log:
        process = subprocess.Popen(
            shlex.split(command),
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (MACHINE / f"{unit}.pid").write_text(str(process.pid))


def stop(unit: str) -> None:
    file = MACHINE / f"{unit}.pid"
    if not file.exists():
        return
    group = int(file.read_text())
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)
        for _ in range(100):
            os.killpg(group, 0)
            time.sleep(0.1)
        os.killpg(group, signal.SIGKILL)
    file.unlink()


def main(verb: str, *arguments: str) -> None:
    units = [unit for unit in arguments if not unit.startswith("--")]
    if verb == "reload" and set(units) <= OF_PACKAGES:
        return
    assert verb in {"daemon-reload", "enable", "start", "restart", "stop"}, verb
    for unit in units:
        if unit.endswith(".timer"):
            read(unit.replace(".timer", ".service"))  # there it is
            continue
        if verb in {"stop", "restart"}:
            stop(unit)
        if verb in {"start", "restart"} or "--now" in arguments:
            start(unit)


if __name__ == "__main__":
    main(*sys.argv[1:])
