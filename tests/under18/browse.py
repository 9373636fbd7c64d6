"""A child's browser without scripts: it reads pages, opens links and presses buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from chatbot.flow import SKIPPED, Flow
from chatbot.forms import write_pairs
from chatbot.replay import Answers, replay

VOID = {"br", "hr", "img", "input", "link", "meta"}
UNSEEN = {"title", "script", "style"}
# What a child of each band answers to the first question; SKIPPED is こたえたくない.
BANDS = ("g12", "g34", "g56", "jh", "hs", "any", SKIPPED)
FRONT, CHAT, ADULTS = "/under18/", "/under18/chat/", "/under18/adults/"
TO_READ = ("/under18/questions/", "/under18/hints/", "/under18/history/")


@dataclass(eq=False)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    parts: list[str | Element] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """All elements within, in the order of the page."""
        for part in self.parts:
            if isinstance(part, Element):
                yield part
                yield from part

    def __getitem__(self, attribute: str) -> str:
        return self.attrs.get(attribute, "")

    @property
    def around(self) -> list[Element]:
        return [self.parent, *self.parent.around] if self.parent else []

    @property
    def words(self) -> Iterator[tuple[str, Element]]:
        """Every text that can be seen, with the element that it stands in."""
        for part in self.parts:
            if isinstance(part, str):
                yield part, self
            elif part.tag not in UNSEEN:
                yield from part.words

    @property
    def text(self) -> str:
        """What is said here, without the readings."""
        return " ".join("".join(words for words, where in self.words if where.tag not in {"rt", "rp"}).split())

    def all(self, tag: str = "", **attrs: str) -> list[Element]:
        """all("a", href="/exit/"), all(class_="notice")."""
        return [
            element
            for element in self
            if tag in ("", element.tag) and all(_has(element, *pair) for pair in attrs.items())
        ]

    def one(self, tag: str = "", **attrs: str) -> Element:
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    def named(self, attribute: str) -> list[str]:
        return [element[attribute] for element in self if attribute in element.attrs]


def _has(element: Element, name: str, value: str) -> bool:
    if name == "class_":
        return value in element["class"].split()
    return element.attrs.get(name.replace("_", "-")) == value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.here = self.root = Element("page")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.parts.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> within <{self.here.tag}>"
        assert self.here.parent
        self.here = self.here.parent

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.parts.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


class Page(Element):
    """What was shown."""

    def __init__(self, response: Any) -> None:
        reader = _Reader()
        reader.feed(response.content.decode())
        super().__init__("page", parts=reader.root.parts)
        self.response = response

    @property
    def question(self) -> str:
        """The key of the question asked here, "" where none is."""
        return next(iter(self.named("data-question")), "")

    @property
    def shown(self) -> list[str]:
        """The entries among the results, in their order."""
        return [card["data-support"] for card in self.all("article")]

    @property
    def pairs(self) -> list[str]:
        """The answers that the next step of the conversation takes along."""
        return [hidden["value"] for hidden in self.one(id="chat").all("input", name="a")]

    @property
    def said(self) -> list[str]:
        """The answers so far, as they can be read."""
        return [line.text.split("変える")[0].strip() for line in self.all(class_="person")]


class Child:
    """Somebody on the pages for children. `addresses` is what the browser's history holds of the visit."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.addresses: list[str] = []
        self.page: Page

    def open(self, address: str) -> Page:
        return self._arrive(address, self.client.get(address))

    def press(self, button: Element) -> Page:
        """Send the button's form as a browser does: its hidden fields in their order, then the button itself."""
        form = next(element for element in button.around if element.tag == "form")
        fields: dict[str, list[str]] = {}
        for element in (*form.all("input"), button):
            if element["name"]:
                fields.setdefault(element["name"], []).append(element["value"])
        address = button["formaction"] or form["action"] or self.addresses[-1]
        assert form["method"] == "post"
        return self._arrive(address, self.client.post(address, fields))

    def press_named(self, name: str, value: str | None = None) -> Page:
        buttons = [b for b in self.page.all("button", name=name) if value is None or b["value"] == value]
        assert len(buttons) == 1, f"{len(buttons)} buttons {name}={value}"
        return self.press(buttons[0])

    def go(self, address: str) -> Page:
        """By the buttons at the head of the page."""
        return self.press(self.page.one("button", formaction=address))

    def answer(self, *answers: str) -> Page:
        for key in answers:
            self.press(self.page.one("button", data_answer=key))
        return self.page

    def talk(self, *answers: str) -> Page:
        """From the first question on."""
        self.open(CHAT)
        return self.answer(*answers)

    def _arrive(self, address: str, response: Any) -> Page:
        assert response.status_code == 200, f"{address}: {response.status_code}"
        self.addresses.append(address)
        self.page = Page(response)
        return self.page


def band_pairs(band: str) -> list[str]:
    return write_pairs({"band": (band,)})


def questions_of(flow: Flow, band: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Every question that somebody of a band can come to, with the shortest answers that lead there."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    waiting: list[Answers] = [{"band": (band,)}]
    for answers in waiting:  # grows while it is walked
        question = replay(flow, answers).question
        if question and question.key not in found:
            found[question.key] = dict(answers)
            keys = (*(choice.key for choice in question.choices), SKIPPED)
            waiting += [{**answers, question.key: (key,)} for key in keys]
    return found
