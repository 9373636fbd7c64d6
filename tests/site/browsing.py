"""A browser without scripts for the tests: it reads a page's elements, follows links and presses buttons."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from django.test import Client

from chatbot.flow import SKIPPED, Flow
from chatbot.replay import Answers, Conversation, replay

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    parts: list[str | Element] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """Every element within, in the order of the page."""
        waiting = self.parts[::-1]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Element):
                yield part
                waiting += reversed(part.parts)

    def __getitem__(self, attribute: str) -> str:
        return self.attrs.get(attribute, "")

    @property
    def text(self) -> str:
        """What is read here. A place where a line may break is not read, nor is what stands there for programs."""
        read = (part for part in self.parts if isinstance(part, str) or part.tag not in {"wbr", "script"})
        words = "".join(part if isinstance(part, str) else f" {part.text} " for part in read)
        return " ".join(words.split())

    @property
    def around(self) -> list[Element]:
        """The elements that this one stands in, the nearest first."""
        return [self.parent, *self.parent.around] if self.parent else []

    def all(self, tag: str = "", has: str = "", **values: str) -> list[Element]:
        """all("a", has="href"), all(data_answer="money"), all("p", class_="notice")."""
        tags = tag.split()
        return [
            element
            for element in self
            if (not tags or element.tag in tags)
            and (not has or has in element.attrs)
            and (not values or all(_is(element, name, value) for name, value in values.items()))
        ]

    def one(self, tag: str = "", has: str = "", **values: str) -> Element:
        found = self.all(tag, has, **values)
        assert len(found) == 1, f"{len(found)} of {tag} {has} {values}"
        return found[0]

    def named(self, attribute: str) -> list[str]:
        """The values of an attribute, in the order of the page."""
        return [element[attribute] for element in self.all(has=attribute)]


def _is(element: Element, name: str, value: str) -> bool:
    if name == "class_":
        return value in element["class"].split()
    return element.attrs.get(name.replace("_", "-")) == value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.here = self.root = Element("page")
        self.badly_closed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            newest = self.here.parts[-1]
            assert isinstance(newest, Element)
            self.here = newest

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.parts.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag:
            self.badly_closed.append(f"</{tag}> within <{self.here.tag}>")
        elif self.here.parent:
            self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


class Page(Element):
    """What a person was shown."""

    def __init__(self, response: Response, address: str = "") -> None:
        super().__init__("page")
        reader = _Reader()
        reader.feed(response.content.decode())
        self.parts = reader.root.parts
        self.badly_closed = reader.badly_closed
        self.response, self.address = response, address

    @property
    def main(self) -> Element:
        return self.one("main")

    @property
    def question(self) -> str:
        """The key of the question asked here, "" where none is, as on results with a question below them."""
        return next((asked["data-question"] for asked in self.all("fieldset", has="data-question")), "")

    @property
    def telephones(self) -> list[str]:
        """What can be dialled from the page itself, the strip aside."""
        return [link["href"] for link in self.main.all("a") if link["href"].startswith("tel:")]


class Visitor:
    """Somebody with no scripts. `addresses` is what a browser's history would hold of the visit."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.addresses: list[str] = []
        self.page: Page

    def open(self, address: str) -> Page:
        return self._arrive(self.client.get(address), address)

    def press(self, button: Element, ticked: tuple[str, ...] = ()) -> Page:
        """Send the button's form as a browser does: its hidden fields, the ticked boxes, and the button itself."""
        assert "hidden" not in button.attrs, "this button is for scripts only"
        form = next(element for element in button.around if element.tag == "form")
        fields: dict[str, list[str]] = {}
        for box in form.all("input", has="name"):
            chosen = box["value"] in ticked or "checked" in box.attrs if box["type"] == "checkbox" else True
            if chosen:
                fields.setdefault(box["name"], []).append(box["value"])
        if button["name"]:
            fields.setdefault(button["name"], []).append(button["value"])
        assert form["method"] == "post"
        return self._arrive(self.client.post(form["action"], fields), form["action"])

    def press_named(self, name: str, value: str | None = None) -> Page:
        buttons = [b for b in self.page.all("button", name=name) if value is None or b["value"] == value]
        assert len(buttons) == 1, f"{len(buttons)} buttons {name}={value}"
        return self.press(buttons[0])

    def answer(self, *keys: str) -> Page:
        """Choose one answer, or tick several and go on."""
        if self.page.all("button", has="data-next") and keys != ("-",):
            return self.press(self.page.one("button", has="data-next"), ticked=keys)
        return self.press(self.page.one("button", data_answer=keys[0]))

    def follow(self, answers: Answers) -> Page:
        """From the front page, answer question after question."""
        self.open("/")
        for question, keys in answers.items():
            assert self.page.question == question
            self.answer(*keys)
        return self.page

    def results_for(self, answers: Answers) -> Page:
        """The results after these answers; what is asked besides is declined."""
        self.follow(answers)
        while self.page.question:
            self.answer("-")
        return self.page

    def _arrive(self, response: Response, address: str) -> Page:
        assert response.status_code == 200, f"{address}: {response.status_code}"
        self.addresses.append(address)
        self.page = Page(response, address)
        return self.page


def asked(flow: Flow) -> Iterator[Conversation]:
    """Every conversation that stands at a question to which one answer, or none, was given before each time; the shortest first."""
    waiting: deque[Answers] = deque([{}])
    while waiting:
        answers = waiting.popleft()
        conversation = replay(flow, answers)
        if question := conversation.question:
            yield conversation
            waiting += [{**answers, question.key: (key,)} for key in (*(c.key for c in question.choices), SKIPPED)]


def ways_to_questions(flow: Flow) -> dict[str, Conversation]:
    """For every question of the flow, the shortest conversation that stands at it, below the results only if it is asked nowhere
    else."""
    found: dict[str, Conversation] = {}
    below: dict[str, Conversation] = {}
    for conversation in asked(flow):
        assert conversation.question
        (below if conversation.is_in_danger else found).setdefault(conversation.question.key, conversation)
        if len(below | found) == len(flow.questions):
            break
    return below | found


def ways_to_danger(flow: Flow) -> dict[tuple[str, str], Conversation]:
    """For every answer that tells of danger, by its question and its own key, the shortest conversation in which it is offered."""
    dangers = {(q.key, choice.key) for q in flow.questions.values() for choice in q.choices if choice.is_danger}
    found: dict[tuple[str, str], Conversation] = {}
    for conversation in asked(flow):
        assert conversation.question
        for choice in conversation.question.choices:
            if choice.is_danger:
                found.setdefault((conversation.question.key, choice.key), conversation)
        if len(found) == len(dangers):
            break
    return found
