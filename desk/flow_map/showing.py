"""All that a page shows of a flow: the drawing, the same in words, what is broken, the counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from catalog.release.problem import Problem
from chatbot.flow import FlowError
from chatbot.models import Flow, Question, dump_flows
from desk.draft.diagnosis import Data, what_is_broken
from desk.draft.directory import CannotShow, draft, the_vocabulary
from desk.walk_lock import StillLooking

from .drawing import draw
from .outline import outline
from .reach import Reach, count, last_known
from .words import fact_words


def flow_context(flow: Flow, *, reach: Reach | None = None) -> dict[str, Any]:
    """For desk/flows/_map.html. Without `reach`, the counts are the last known ones."""
    data = _data(flow)
    counted = reach or last_known()
    rows = Question.objects.filter(flow=flow).order_by("position")
    urls = {row.key: reverse("admin:chatbot_question_change", args=[row.pk]) for row in rows}
    steps = outline(data, facts=fact_words(), urls=urls, counts=counted.counts if counted else None)
    return {
        "flow": flow,
        "steps": steps,
        "drawing": draw(steps),
        "archived": [row for row in rows if row.is_archived],
        "counted_at": counted.counted_at if counted else None,
        "is_fresh": reach is not None,
        "problems": _problems(data, {row.key: row.prompt for row in rows if row.is_archived}),
    }


def problems_of(flow: Flow) -> list[Problem]:
    """What is broken in the flow as it was saved."""
    archived = dict(Question.objects.filter(flow=flow, is_archived=True).values_list("key", "prompt"))
    return _problems(_data(flow), archived)


def reach_now() -> tuple[Reach | None, bool]:
    """Counted in the draft as it is; None while it cannot be, and whether it soon will be. May take seconds."""
    try:
        return count(draft()), False
    except StillLooking:
        return None, True
    except (CannotShow, FlowError):
        return None, False


def _problems(data: Data, archived: Mapping[str, str]) -> list[Problem]:
    return what_is_broken(data, the_vocabulary(), archived=archived)


def _data(flow: Flow) -> Data:
    return next(data for data in dump_flows() if data["key"] == flow.key)
