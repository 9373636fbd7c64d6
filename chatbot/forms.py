"""What a chat form posts. Anything odd is left out, never an error: a person in trouble is not corrected."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from .flow import SKIPPED, Flow
from .replay import Answers

MOST_ANSWERS = 60
LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class ChatPost:
    """The answers so far (the new one among them), and what else is wanted."""

    answers: dict[str, tuple[str, ...]]
    edit: str = ""  # the question to ask again, the later answers kept
    finish: bool = False  # show the results with what is known so far
    want: str = ""  # "sheet" or "link"


def read_post(post: QueryDict) -> ChatPost:
    """`a`: the earlier answers, each "question.choice"; `q` with `c`, `skip` or `next`: the new one; `back`, `edit`: a question's key."""
    answers = read_pairs(post.getlist("a"))
    question = post.get("q", "")[:LONGEST_KEY]
    chosen = tuple(dict.fromkeys(key[:LONGEST_KEY] for key in post.getlist("c")[:MOST_ANSWERS] if key))
    if question and ("skip" in post or ("next" in post and not chosen)):
        answers[question] = (SKIPPED,)
    elif question and chosen:
        answers[question] = chosen
    back = post.get("back", "")
    if back in answers:
        answers = dict(list(answers.items())[: list(answers).index(back)])
    edit = post.get("edit", "")
    goes_on = back or edit or "go_on" in post
    return ChatPost(answers, edit if edit in answers else "", "finish" in post and not goes_on, post.get("want", ""))


def read_pairs(pairs: list[str]) -> dict[str, tuple[str, ...]]:
    """["worry.money", "also.heart", "also.parent"] as answers by question, in the order given."""
    answers: dict[str, tuple[str, ...]] = {}
    for pair in pairs[:MOST_ANSWERS]:
        question, dot, choice = pair.partition(".")
        if question and dot and choice and len(pair) <= 2 * LONGEST_KEY + 1:
            answers[question] = (*answers.get(question, ()), choice)
    return answers


def write_pairs(answers: Answers) -> list[str]:
    return [f"{question}.{choice}" for question, choices in answers.items() for choice in choices]


def write_link(flow: Flow, answers: Answers) -> str:
    """The answers as the short opaque keys of a link."""
    code_of = {pair: code for code, pair in flow.link_keys.items()}
    return "-".join(code_of[question, choice] for question, choices in answers.items() for choice in choices)


def read_link(flow: Flow, codes: str) -> tuple[dict[str, tuple[str, ...]], bool]:
    """The answers of a link, and whether some of it was not understood."""
    pairs = [flow.link_keys.get(code) for code in codes.split("-")[:MOST_ANSWERS]]
    return read_pairs([".".join(pair) for pair in pairs if pair]), None in pairs
