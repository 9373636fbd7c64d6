"""The real site on a free port, and the browser that looks at it: for the browser tests, the pictures and the benchmark.

Everything the site writes lies in a folder of its own, so that a site which runs from the same checkout notices nothing.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No sandbox: continuous integration often runs as root. The others keep the browser from calling home.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SERVER_SETTINGS = ROOT / "deploy" / "server.env"
# Many, slow to compress, and on no public page: of the tables for programs, and of the desk.
OF_TABLES = ["--ignore", "rest_framework"]
OF_THE_DESK = ["--ignore", "admin", "--ignore", "import_export"]
STARTS_WITHIN_SECONDS = 60
STOPS_WITHIN_SECONDS = 10


@dataclass(frozen=True)
class Site:
    url: str
    folder: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def log(self) -> str:
        """Everything the server has said so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def manage(self, *arguments: str) -> str:
        """Run manage.py with the site's settings. Returns what it said."""
        return _said_by(_python(self.environment, "manage.py", *arguments))


def find_browser() -> str:
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(f"None of {', '.join(BROWSERS)} is installed. Run scripts/need_browser.")


def prepare(folder: Path, url: str = "http://127.0.0.1:8000", *, desk: bool = False) -> dict[str, str]:
    """Load the fixtures, publish them and collect the static files, with `desk` also those of its pages.

    Returns the environment in which to serve them."""
    ignored = OF_TABLES if desk else [*OF_TABLES, *OF_THE_DESK]
    environment = prepare_environment(folder, url)
    running = [
        _python(environment, "manage.py", "prepare_site"),
        _python(environment, "manage.py", "collectstatic", "--noinput", *ignored),
    ]
    for process in running:
        _said_by(process)
    return environment


def prepare_like(prepared: Path, folder: Path, url: str) -> dict[str, str]:
    """The same from a copy of a folder that `prepare` filled."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    return prepare_environment(folder, url)


def prepare_environment(folder: Path, url: str = "http://127.0.0.1:8000") -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "notalone.settings",
        "PYTHONPATH": str(ROOT),
        "VAR_DIR": str(folder),
        "SECRET_KEY": "only-for-tests-and-pictures-" + "0" * 32,
        "SITE_URL": url,
        "EXIT_URL": f"{url}/robots.txt",  # a page of our own, so that leaving needs no network
    }


@contextmanager
def running_site(
    folder: Path,
    *,
    desk: bool = False,
    like: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """The site in this folder, while the context lasts. `like`: a prepared folder to begin with a copy of, which takes no time.
    `variables`: what its environment has besides."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = prepare_like(like, folder, url) if like else prepare(folder, url, desk=desk)
    with serving(folder, environment | dict(variables or {}), port) as site:
        yield site


@contextmanager
def serving(folder: Path, environment: dict[str, str], port: int) -> Iterator[Site]:
    """The site that this environment describes, while the context lasts. The server's log is written to the folder."""
    command = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603  (our own words only)
            [*command, "notalone.asgi:application"],
            cwd=ROOT,
            env=environment | server_settings(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        site = Site(f"http://127.0.0.1:{port}", folder, environment, server)
        try:
            _wait_for(site)
            yield site
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(STOPS_WITHIN_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def server_settings() -> dict[str, str]:
    """As `make run` starts it."""
    lines = SERVER_SETTINGS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def _python(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    command: Sequence[str] = [sys.executable, *arguments]
    return subprocess.Popen(  # noqa: S603  (our own words only)
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _said_by(process: subprocess.Popen[bytes]) -> str:
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(said.decode())
    return said.decode()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(site: Site) -> None:
    give_up = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < give_up and site.server.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
            try:
                connection.request("GET", "/health/", headers={"X-Forwarded-Proto": "https"})  # should it have a proxy
                if connection.getresponse().status == 200:
                    return
            finally:
                connection.close()
        time.sleep(0.1)
    raise RuntimeError(f"The site did not start.\n{site.log}")
