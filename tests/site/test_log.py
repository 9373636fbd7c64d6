"""No log line says what a person answered, searched for or was shown (rule 3 of the design)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client

from chatbot.flow import Flow
from chatbot.forms import write_link

from .browsing import Page, Visitor

ANSWERS = {"worry": ("suicidal",)}
RENT = {"worry": ("money",), "money": ("rent",), "also": ("single", "heart")}
OWN_WORDS = "something of ours broke"
SEARCHED = "とくべつにさがしたことば"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that was logged, at any level, as a file would hold it: tracebacks and arguments included."""
    caplog.set_level(logging.DEBUG)
    formatter = logging.Formatter("%(name)s %(levelname)s %(message)s %(args)s")
    return lambda: "\n".join(formatter.format(record) for record in caplog.records)


def tell_tales(flow: Flow) -> set[str]:
    """Everything by which the answers of these tests could be known again."""
    words = {SEARCHED}
    for answers in (ANSWERS, RENT):
        for question, keys in answers.items():
            chosen = [choice for choice in flow.questions[question].choices if choice.key in keys]
            words |= {f"{question}.{choice.key}" for choice in chosen} | {choice.label for choice in chosen}
            words |= {fact for choice in chosen for fact in choice.facts}
        words |= set(write_link(flow, answers).split("-"))
    return words


def told(text: str, flow: Flow) -> list[str]:
    return [word for word in tell_tales(flow) if word in text]


def test_the_log_is_really_read(log: Callable[[], str], flow: Flow) -> None:
    logging.getLogger("catalog").debug("somebody answered %s", "worry.suicidal")
    assert told(log(), flow) == ["worry.suicidal"]


def test_a_conversation_a_search_and_a_link_leave_no_trace(
    visitor: Visitor, log: Callable[[], str], flow: Flow
) -> None:
    visitor.follow(ANSWERS)
    visitor.results_for(RENT)
    visitor.press_named("want", "sheet")
    visitor.results_for(RENT)
    link = visitor.press_named("want", "link").one("input", has="data-focus-link")["value"]
    visitor.open(urlsplit(link).path)
    visitor.client.post("/list/", {"text": SEARCHED})
    assert told(log(), flow) == []


def test_what_is_turned_away_leaves_no_trace(visitor: Visitor, log: Callable[[], str], flow: Flow) -> None:
    codes = write_link(flow, RENT)
    assert visitor.client.post("/list/", {"text": SEARCHED + "あ" * 300_000}).status_code == 400
    assert visitor.client.post("/chat/", {"a": ["worry.suicidal"] * 3000}).status_code == 400
    assert visitor.client.post("/chat/", "a=worry.suicidal", content_type="multipart/form-data").status_code == 400
    assert visitor.client.post(f"/r/{codes}/").status_code == 405
    assert visitor.client.get(f"/r/{codes}/more/").status_code == 404
    assert visitor.client.get(f"/r/{codes}/", headers={"host": "not a host"}).status_code == 400
    assert told(log(), flow) == []


@pytest.fixture
def broken(web: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A site whose results fail in the midst of a request."""

    def fail(*_: object) -> None:
        raise RuntimeError(OWN_WORDS)

    monkeypatch.setattr("chatbot.conversation.results", fail)
    web.raise_request_exception = False
    return web


def test_an_error_is_logged_without_the_answers(broken: Client, log: Callable[[], str], flow: Flow) -> None:
    assert broken.post("/chat/", {"a": "worry.suicidal"}).status_code == 500
    assert "RuntimeError" in log()
    assert "in fail" in log(), "where it broke"
    assert OWN_WORDS not in log(), "an error's own words may repeat an answer"
    assert told(log(), flow) == []


def test_an_error_behind_a_link_is_logged_without_the_answers(
    broken: Client, log: Callable[[], str], flow: Flow
) -> None:
    assert broken.get(f"/r/{write_link(flow, RENT)}/").status_code == 500
    assert told(log(), flow) == []


@pytest.mark.parametrize("host", ["evil.example", "not a host", "203.0.113.7"])
def test_a_wrong_host_is_nobodys_news(web: Client, log: Callable[[], str], host: str) -> None:
    assert web.get("/", headers={"host": host}).status_code == 400
    assert not [line for line in log().splitlines() if "ERROR" in line or "Traceback" in line]


@pytest.mark.parametrize("encoding", ["zip", "rot13", "idna", "shift_jis", "utf-99"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("address", ["/chat/", "/list/", "/under18/chat/", "/under18/", "/desk/login/"])
def test_a_form_in_an_encoding_that_is_none_is_refused_without_a_line(
    web: Client, log: Callable[[], str], address: str, kind: str, encoding: str
) -> None:
    response = web.generic("POST", address, b"a=worry.suicidal", content_type=f"{kind}; charset={encoding}")
    assert response.status_code == 400
    assert Page(response, address).one(class_="strip")
    assert "ERROR" not in log()


def test_a_form_that_names_its_encoding_is_read(web: Client) -> None:
    response = web.generic(
        "POST", "/chat/", b"a=worry.suicidal", content_type="application/x-www-form-urlencoded; charset=UTF-8"
    )
    assert "data-crisis" in response.content.decode()
