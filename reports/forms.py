"""What the form posts. Anything odd is left out, never an error."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.http import QueryDict

from catalog.directory.codes import Code
from catalog.directory.entries import Contact, Support

from .models import LONGEST_TEXT, Report, Wrong


class Problem(Code):
    """Why a report was not taken, in the words of adults and of children."""

    NOTHING_CHOSEN = (
        "nothing chosen",
        "どこがちがうか、1つえらんでください。",
        "どこが ちがうか、1つ えらんでね。",
    )
    TOO_LONG = (
        "too long",
        f"書いたものが長すぎます。{LONGEST_TEXT}文字までにしてください。",
        f"｜書《か》いた ものが ｜長《なが》すぎるよ。{LONGEST_TEXT}もじまでに してね。",
    )
    TOO_OFTEN = (
        "too often",
        "続けてたくさん届いたので、いまは受けとれません。1時間ほどたってから、もういちど送ってください。",
        "つづけて たくさん とどいたので、いまは うけとれないよ。1じかんくらい してから、もういちど おくってね。",
    )
    FULL = (
        "full",
        "知らせがたくさん届いていて、いまは受けとれません。何日かたってから、もういちど送ってください。",
        "たくさん とどいて いて、いまは うけとれないよ。｜何日《なんにち》か してから、もういちど おくってね。",
    )
    AWAY = (
        "away",
        "サイトのほうの都合で、いまは受けとれません。しばらくたってから、もういちど送ってください。",
        "サイトの ほうの つごうで、いまは うけとれないよ。すこし ｜待《ま》って、もういちど おくってね。",
    )

    @property
    def status(self) -> int:
        """Of the HTTP response. None is a 5xx: each press would be a line in the log."""
        return 429 if self in {Problem.TOO_OFTEN, Problem.FULL} else 200

    @property
    def is_ours(self) -> bool:
        """Nothing was wrong with the form: it is the site that cannot take it now."""
        return self in {Problem.TOO_OFTEN, Problem.FULL, Problem.AWAY}


@dataclass(frozen=True, slots=True)
class ReportPost:
    """`text` as it was typed, so that nothing is lost where it cannot be taken."""

    wrong: Wrong | None
    contact: str
    text: str

    @property
    def problem(self) -> Problem | None:
        if self.wrong is None:
            return Problem.NOTHING_CHOSEN
        return Problem.TOO_LONG if len(_cleaned(self.text)) > LONGEST_TEXT else None

    def report_on(self, support: Support) -> Report:
        """What is to be kept. The post must have no problem."""
        wrong = self.wrong or Wrong.OTHER
        only = contacts_of(support)[0].value if len(contacts_of(support)) == 1 else ""
        contact = (self.contact or only) if wrong.is_of_a_contact else ""
        return Report.of(support.slug, wrong, contact, _cleaned(self.text))


def read_post(post: QueryDict, support: Support) -> ReportPost:
    wrong, contact = post.get("wrong", ""), post.get("contact", "")
    return ReportPost(
        Wrong(wrong) if wrong in Wrong.values() else None,
        contact if contact in {known.value for known in contacts_of(support)} else "",
        post.get("text", ""),
    )


def contacts_of(support: Support) -> list[Contact]:
    """Those that can be told apart: one for each number, address or name. An ended entry shows none."""
    if not support.is_available:
        return []
    return list({contact.value: contact for contact in reversed(support.contacts) if contact.value}.values())[::-1]


def _cleaned(text: str) -> str:
    """Without signs that cannot be seen, some of which a database refuses; lines end as ours do."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign)[0] != "C").strip()
