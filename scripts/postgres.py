"""A PostgreSQL server of its own for a test run: `python -m scripts.postgres COMMAND …` runs the command with TEST_DATABASE_URL.

It is the installed package's, runs as an unprivileged user, listens on a free loopback port, and all of it lies in a temporary folder
that is gone afterwards. It forgets to wait for the disk, which no test notices.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .serve import free_port

# initdb refuses to run as root. The Debian package brings the first of these users.
UNPRIVILEGED = ("postgres", "nobody")
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "60",
}


def programs() -> Path:
    """The folder of initdb and pg_ctl, which Debian keeps off the PATH."""
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if debians:
        return debians[-1]
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise FileNotFoundError("PostgreSQL is not installed. Run scripts/need_servers postgresql.")


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of the server, while the context lasts: postgresql://…, with a database named postgres."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = unprivileged_user()
            os.chown(folder, user.pw_uid, user.pw_gid)
            who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        port = free_port()
        options = {**QUICK, "listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": name}
        written = " ".join(f"-c {option}={value}" for option, value in options.items())
        server: list[str | Path] = [
            programs() / "pg_ctl",
            "--pgdata",
            folder / "data",
            "--log",
            folder / "log",
            "--wait",
        ]

        def run(*command: str | Path) -> None:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **who)  # noqa: S603
            if done.returncode:
                log = folder / "log"
                raise RuntimeError(f"{done.stdout}{done.stderr}{log.read_text() if log.exists() else ''}")

        run(programs() / "initdb", "--pgdata", folder / "data", "--username=postgres", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        run(*server, "start", "--options", written)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run(*server, "stop", "--mode", "immediate")


def unprivileged_user() -> pwd.struct_passwd:
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError(f"None of the users {', '.join(UNPRIVILEGED)} is here, and PostgreSQL does not run as root.")


def main() -> int:
    with running_postgres() as url:
        return subprocess.run(sys.argv[1:], env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
