"""The proxies of deploy/ on loopback ports: their settings as they are, but for the names, ports and times that a test cannot have."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.serve import ROOT, STOPS_WITHIN_SECONDS, free_port

DEPLOY = ROOT / "deploy"
NAME = "help.example.jp"
BODY_SECONDS = 2
STARTS_WITHIN_SECONDS = 20
PATH = f"{os.environ['PATH']}:/usr/sbin"

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/start.log; {user}
events {{ }}
http {{
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    port: int
    folder: Path

    def connect(self) -> ssl.SSLSocket:
        """A connection as a browser opens it, with the name that the certificate is for."""
        context = ssl.create_default_context(cafile=self.folder / "certificate.pem")
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=15)
        return context.wrap_socket(plain, server_hostname=NAME)

    def ask(self, method: str, address: str, body: str | None = None, **headers: str) -> tuple[int, str]:
        """Status and body of the answer."""
        connection = http.client.HTTPConnection(NAME, timeout=15)
        connection.sock = self.connect()
        try:
            connection.request(method, address, body, {name.replace("__", "-"): headers[name] for name in headers})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    @property
    def logs(self) -> str:
        """All that it has written."""
        return "\n".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))


@contextmanager
def running_proxy(kind: str, folder: Path, upstream: int) -> Iterator[Proxy]:
    """nginx, caddy or haproxy in front of what listens on the port `upstream`."""
    make_certificate(folder)
    port, plain_port = free_port(), free_port()
    command = {"nginx": nginx, "caddy": caddy, "haproxy": haproxy}[kind](folder, port, plain_port, upstream)
    environment = {"PATH": PATH, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
        proxy = Proxy(port, folder)
        try:
            wait_for(proxy, process)
            yield proxy
        finally:
            process.terminate()
            try:
                process.wait(STOPS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def adapted(name: str, changes: dict[str, str]) -> str:
    """A file of deploy/ with these words changed, each of which must be there."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for old, new in {**changes, "/srv/notalone/current": str(ROOT)}.items():
        assert old in text, f"{name}: {old}"
        text = text.replace(old, new)
    return text


def nginx(folder: Path, port: int, plain_port: int, upstream: int) -> list[str]:
    changes = {
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "/etc/letsencrypt/live/help.example.jp/fullchain.pem": f"{folder}/certificate.pem",
        "/etc/letsencrypt/live/help.example.jp/privkey.pem": f"{folder}/key.pem",
        "/var/log/nginx": str(folder),
        "client_body_timeout 20s": f"client_body_timeout {BODY_SECONDS}s",
    }
    (folder / "site.conf").write_text(adapted("nginx.conf", changes))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=user))
    return ["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder), "-e", f"{folder}/start.log"]


def caddy(folder: Path, port: int, plain_port: int, upstream: int) -> list[str]:
    changes = {
        "{\n\tservers": f"{{\n\tadmin off\n\thttp_port {plain_port}\n\thttps_port {port}\n\tservers",
        "help.example.jp {": f"help.example.jp {{\n\ttls {folder}/certificate.pem {folder}/key.pem",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "read_body 60s": f"read_body {BODY_SECONDS}s",
    }
    (folder / "Caddyfile").write_text(adapted("Caddyfile", changes))
    return ["caddy", "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


def haproxy(folder: Path, port: int, plain_port: int, upstream: int) -> list[str]:
    changes = {
        "bind :80": f"bind 127.0.0.1:{plain_port}",
        "bind :443 ": f"bind 127.0.0.1:{port} ",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "/etc/haproxy/help.example.jp.pem": f"{folder}/both.pem",
        "wait-for-body time 20s": f"wait-for-body time {BODY_SECONDS}s",
        "    user haproxy\n    group haproxy\n    chroot /var/lib/haproxy\n": "",
    }
    (folder / "haproxy.cfg").write_text(adapted("haproxy.cfg", changes))
    return ["haproxy", "-W", "-f", f"{folder}/haproxy.cfg"]


def make_certificate(folder: Path) -> None:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / "both.pem").write_text(certificate.read_text() + key.read_text())


def wait_for(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        with suppress(OSError):
            proxy.connect().close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start.\n{proxy.logs}")
