"""Somebody who asks the running site for a page, each time on a new connection."""

from __future__ import annotations

import http.client
from typing import NamedTuple

from scripts.serve import Site

WITHIN_SECONDS = 10  # generous: others may be busy on this machine
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SUICIDAL = "q=worry&c=suicidal"


class Answer(NamedTuple):
    status: int
    body: str


def ask(site: Site, address: str = "/", form: str | None = None) -> Answer:
    """Raises OSError or http.client.HTTPException where no answer comes."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=WITHIN_SECONDS)
    try:
        if form is None:
            connection.request("GET", address)
        else:
            connection.request("POST", address, form, FORM)
        response = connection.getresponse()
        return Answer(response.status, response.read().decode())
    finally:
        connection.close()


def visit(site: Site) -> None:
    """Ask for the pages that somebody in need asks for. Every one must come."""
    for address in ("/", "/list/", "/under18/", "/health/"):
        assert ask(site, address).status == 200, address
    assert "data-crisis" in ask(site, "/chat/", SUICIDAL).body
