"""What would be public if it were published now, held like a Release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.directory.directory import Directory
from catalog.directory.loading import from_payload
from catalog.directory.rows import Payload
from catalog.models import Release
from catalog.release import payload as frozen_content
from catalog.release.checks import check
from catalog.release.problem import Problem
from catalog.release.upgrades import payload_of

from .diagnosis import refused

DRAFT_NUMBER = 0


class CannotShow(Exception):
    """The draft does not hold together. The problems say what to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class DraftDirectory:
    """`fingerprint` stands for the whole content: two drafts with the same one are the same."""

    payload: Payload
    fingerprint: str
    directory: Directory


# The last one that was loaded: pages are looked at several in a row, with no change between them.
_latest: DraftDirectory | None = None


def draft() -> DraftDirectory:
    """The draft as it stands at this moment. Raises CannotShow."""
    global _latest
    frozen = frozen_content.draft()
    payload, fingerprint = frozen.payload, frozen.sha256
    known = _latest
    if known is None or known.fingerprint != fingerprint:
        try:
            known = DraftDirectory(payload, fingerprint, from_payload(payload, number=DRAFT_NUMBER))
        except Exception as error:  # whatever a careless row may bring about
            raise CannotShow(what_is_wrong(payload)) from error
        _latest = known
    return known


def the_vocabulary() -> Directory:
    """The words alone, whatever state the entries are in."""
    return from_payload(frozen_content.vocabulary(), number=DRAFT_NUMBER)


@lru_cache(maxsize=2)
def of_release(number: int, sha256: str) -> Directory:
    """A past Release. Raises ValueError, KeyError or TypeError for one that is older than the site can read."""
    return from_payload(payload_of(Release.objects.get(number=number, sha256=sha256)), number=number)


def what_is_wrong(payload: Payload) -> list[Problem]:
    """Why this content cannot be shown: its flows first, which is quick, then all that publishing would refuse."""
    return list(_broken_flows(payload)) or list(_refused(payload))


def _broken_flows(payload: Payload) -> Iterator[Problem]:
    """Against the vocabulary alone, so that a broken entry does not hide a broken flow."""
    vocabulary = from_payload({**payload, "supports": []}, number=DRAFT_NUMBER)
    for data in payload["sections"]["flows"]:
        for problem in refused(data, vocabulary):
            yield Problem(f"質問の流れ「{data['key']}」", problem.message)


def _refused(payload: Payload) -> Iterator[Problem]:
    try:
        yield from check(frozen_content.Draft.of(payload))
    except Exception as error:  # noqa: BLE001 (the checks read a content that is known to be broken)
        yield Problem("下書き", f"とちゅうで読めなくなりました（{error or type(error).__name__}）。")
