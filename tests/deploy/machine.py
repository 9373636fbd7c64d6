"""A machine in a folder: what deploy/README.md calls runs, but with this folder for /, without root, and without fetching anything.

Paths of /srv, /etc and /var stand in the folder, in the commands as in the files of deploy/ that the commands put there. PostgreSQL,
Python, Caddy, curl and the site are the real ones. What would change this machine, or fetch, is replaced by STAND_INS.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scripts.serve import OF_TABLES, OF_THE_DESK, ROOT, free_port

PROGRAM = (
    "api",
    "catalog",
    "chatbot",
    "deploy",
    "desk",
    "fixtures",
    "notalone",
    "reports",
    "static",
    "templates",
    "manage.py",
)
STAND_INS = {
    "apt-get": "exit 0",
    "adduser": "exit 0",
    "chown": "exit 0",
    # git clone ADDRESS FOLDER
    "git": '[ "$1" = clone ] && mkdir -p "$(dirname "$3")" && cp -r "$MACHINE/repository" "$3"',
    # python3 -m venv FOLDER
    "python3": """
[ "$1 $2" = "-m venv" ] && mkdir -p "$3/bin"
printf '#!/bin/sh\\ncase "$*" in *collectstatic*) set -- "$@" %s; esac\\nexec %s "$@"\\n' "$SLOW_FILES" "$PYTHON" > "$3/bin/python"
printf '#!/bin/sh\\nexec %s -m granian "$@"\\n' "$PYTHON" > "$3/bin/granian"
printf '#!/bin/sh\\n[ "$1 $2 $3" = "install --require-hashes -r" ] && [ -s "$4" ]\\n' > "$3/bin/pip"
chmod +x "$3/bin/"*""",
    # runuser -u NAME -- COMMAND …
    "runuser": '[ "$1 $3" = "-u --" ] && export PGUSER="$2" && shift 3 && exec "$@"',
    "systemctl": 'exec "$PYTHON" -m tests.deploy.systemctl "$@"',
}


@dataclass(frozen=True)
class Machine:
    root: Path
    port: int
    server: str  # of PostgreSQL, postgresql://…

    @classmethod
    def set_up(cls, root: Path, server: str) -> Machine:
        machine = cls(root, free_port(), server)
        for folder in ("bin", "repository", "srv", "etc/systemd/system", "etc/caddy", "var/lib", "var/backups"):
            (root / folder).mkdir(parents=True)
        for name, words in STAND_INS.items():
            (root / "bin" / name).write_text(f"#!/bin/sh\nset -eu\n{words}\n")
            (root / "bin" / name).chmod(0o755)
        for name in (*PROGRAM, "requirements.txt"):
            source, target = ROOT / name, root / "repository" / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        for file in (root / "repository" / "deploy").rglob("*"):
            if file.is_file():
                file.write_text(machine.here(file.read_text("utf-8")), "utf-8")
        return machine

    def here(self, text: str) -> str:
        """The text with this machine's paths and port, and with one worker, which starts sooner than two."""
        text = re.sub(r"(?<![\w/])/(srv|etc|var)/(?=[a-z])", rf"{self.root}/\1/", text)
        text = text.replace("GRANIAN_WORKERS=2", "GRANIAN_WORKERS=1")
        return text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}").replace("--port 8000", f"--port {self.port}")

    def run(self, commands: str) -> str:
        """Commands of the page. Returns what they said; AssertionError with all of it when one fails."""
        done = subprocess.run(
            ["bash", "-eux", "-c", self.here(commands)],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        log = self.root / "notalone.service.log"
        assert done.returncode == 0, f"{done.stdout}\n{log.read_text() if log.exists() else ''}"
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        server = urlsplit(self.server)
        return {
            "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.root),
            "LANG": "C.UTF-8",
            "MACHINE": str(self.root),
            "PYTHON": sys.executable,
            "SLOW_FILES": " ".join([*OF_TABLES, *OF_THE_DESK]),  # are left out
            "PYTHONPATH": str(ROOT),  # for systemctl; the site's own folder comes first
            "PGHOST": str(server.hostname),
            "PGPORT": str(server.port),
        }
