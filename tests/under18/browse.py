"""What the pages for children add to somebody without scripts (tests/site/browsing.py): readings, and buttons that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.flow import SKIPPED, Flow
from chatbot.forms import write_pairs
from chatbot.replay import Answers, replay
from tests.site.browsing import Element, Page, Visitor

UNSEEN = {"title", "script", "style"}
# What a child of each band answers to the first question; SKIPPED is こたえたくない.
BANDS = ("g12", "g34", "g56", "jh", "hs", "any", SKIPPED)
FRONT, CHAT, ADULTS = "/under18/", "/under18/chat/", "/under18/adults/"
TO_READ = ("/under18/questions/", "/under18/hints/", "/under18/history/")
# Three conversations, each to its end.
BULLIED = ("g34", "friends", "bullying", "phone", SKIPPED)
WANTS_TO_DIE = ("jh", "heart", "dying")
HIT_AT_HOME = ("g12", "home", "hit")


def words(element: Element) -> Iterator[tuple[str, Element]]:
    """Every text that can be seen, with the element that it stands in."""
    waiting = [(part, element) for part in reversed(element.parts)]
    while waiting:
        part, where = waiting.pop()
        if isinstance(part, str):
            yield part, where
        elif part.tag not in UNSEEN:
            waiting += [(within, part) for within in reversed(part.parts)]


def seen(element: Element) -> str:
    """What is said here, the readings aside."""
    return " ".join("".join(text for text, where in words(element) if where.tag not in {"rt", "rp"}).split())


def shown(page: Page) -> list[str]:
    """The entries among the results, in their order."""
    return [card["data-support"] for card in page.all("article")]


def pairs(page: Page) -> list[str]:
    """The answers that the next step of the conversation takes along."""
    return [hidden["value"] for hidden in page.one(id="chat").all("input", name="a")]


def wish(page: Page) -> str:
    """Which of the ways to show readings is marked as the chosen one."""
    return page.one("button", name="ruby", aria_pressed="true")["value"]


class Child(Visitor):
    def press(self, button: Element, ticked: tuple[str, ...] = ()) -> Page:
        """Send the button's form as a browser does: its hidden fields in their order, then the button; where the button says."""
        form = next(element for element in button.around if element.tag == "form")
        fields: dict[str, list[str]] = {}
        for element in (*form.all("input", type="hidden"), button):
            if element["name"]:
                fields.setdefault(element["name"], []).append(element["value"])
        assert form["method"] == "post"
        address = button["formaction"] or form["action"] or self.addresses[-1]
        return self._arrive(self.client.post(address, fields), address)

    def go(self, address: str) -> Page:
        """By the buttons at the head of the page."""
        return self.press(self.page.one("button", formaction=address))

    def talk(self, *answers: str) -> Page:
        """From the first question on, one answer after the other."""
        self.open(CHAT)
        for key in answers:
            self.answer(key)
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
