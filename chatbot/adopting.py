"""What is new in the shipped content, brought once into the draft of an installation that was made before it, beside every edit.

Entries that the installation never had are added, the others are given the lines that say where they come first and to whom they are not
shown, and a flow that nobody edited becomes the new one. Nothing of it is public before staff publish.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from django.conf import settings
from django.core import serializers
from django.db import models, transaction
from django.utils import timezone

from catalog.models import Release, Support
from catalog.models.base import Versioned, natural_lookups
from catalog.models.bulk_history import Values, record, record_first, unrecorded, values_of
from catalog.models.content import content_models
from catalog.release.upgrades import CannotLoad, payload_of

from .models import Choice, Flow, Question, dump_flows
from .rows import FlowRow

REASON = "新しいプログラムと来た内容"
LINES = ("firsts", "needs", "never_with")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Row = dict[str, Any]  # a record of a fixture file: its model and its fields
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adopted:
    """`entries`: how many were added; `lines`: how many others were given lines. `edited`: flows that stay as staff wrote them."""

    entries: int = 0
    lines: int = 0
    flows: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


def is_due() -> bool:
    """Whether there are entries, and none says where it comes first: the draft is older than these lines."""
    return Support.objects.exists() and not Support.objects.exclude(firsts=[]).exists()


def adopt() -> Adopted:
    """Bring in all that is new."""
    shipped = list(_shipped())
    flows = _untouched_flows()
    return _adopt(shipped, flows, edited=sorted({row["fields"]["key"] for row in _of(shipped, Flow)} - {*flows}))


def adopt_flow(key: str) -> Adopted:
    """Let the shipped flow take the place of an edited one. Raises ValueError where none of this name is shipped."""
    shipped = [row for row in _shipped() if row["model"].startswith("chatbot.")]
    if all(row["fields"]["key"] != key for row in _of(shipped, Flow)):
        raise ValueError(key)
    return _adopt(shipped, [key], edited=[])


@transaction.atomic
def _adopt(shipped: list[Row], flows: Iterable[str], edited: list[str]) -> Adopted:
    record_first()  # what has no record yet, so that this can be undone as any edit
    before = _everything()
    with unrecorded():
        known = set(Support.objects.values_list("slug", flat=True))
        _save(_new_content(shipped, known))
        lines = _give_lines(row["fields"] for row in _of(shipped, Support) if row["fields"]["slug"] in known)
        for flow in flows:
            _replace_flow(flow, [row for row in shipped if _flow_of(row) == flow])
    after = _everything()
    moment = timezone.now()
    for model, rows in after.items():
        record(model, _differences(before[model], rows), moment=moment, reason=REASON)
    return Adopted(Support.objects.count() - len(known), lines, tuple(flows), tuple(edited))


def _shipped() -> Iterator[Row]:
    for path in sorted((Path(settings.BASE_DIR) / "fixtures").rglob("*.yaml")):
        yield from yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or ()  # noqa: S506 (a safe loader)


def _of(rows: Iterable[Row], model: type[models.Model]) -> list[Row]:
    return [row for row in rows if row["model"] == model._meta.label_lower]


def _untouched_flows() -> list[str]:
    """The flows that stand as they did when the site was first published."""
    first = Release.objects.order_by("number").first()
    try:
        published = payload_of(first)["sections"]["flows"] if first else []
    except CannotLoad:
        published = []
    return [row["key"] for row in dump_flows() if row in cast(list[FlowRow], published)]


def _new_content(shipped: Iterable[Row], known: set[str]) -> Iterator[Row]:
    """The words of the vocabulary and the entries that are not there, each with its contacts, sources and words for children."""
    for each in content_models():
        if each.entry is Support:
            yield from (row for row in _of(shipped, each.model) if _beginning(row, each.model) not in known)
        elif each.model._meta.model_name in {"worry", "ageband", "audiencetag"}:
            there = set(each.model._default_manager.values_list("code", flat=True))
            yield from (row for row in _of(shipped, each.model) if row["fields"]["code"] not in there)


def _beginning(row: Row, model: type[models.Model]) -> str:
    """The slug, code or key of the entry that a record belongs to."""
    value = row["fields"][natural_lookups(model)[0].split("__")[0]]
    return str(value[0] if isinstance(value, list) else value)


def _flow_of(row: Row) -> str:
    """ "" for what belongs to no flow."""
    model = next((model for model in (Flow, Question, Choice) if row["model"] == model._meta.label_lower), None)
    return _beginning(row, model) if model else ""


def _save(rows: Iterable[Row]) -> None:
    """What points at rows that are made after it is pointed there at the end."""
    waiting = []
    for made in serializers.deserialize("python", rows, handle_forward_references=True):
        if isinstance(made.object, Versioned) and made.object.pk:
            made.object.version = 1 + type(made.object)._default_manager.values_list("version", flat=True).get(
                pk=made.object.pk
            )
        made.save()
        if made.deferred_fields:
            waiting.append(made)
    for made in waiting:
        made.save_deferred_fields()


def _give_lines(shipped: Iterable[Row]) -> int:
    """Entries that have lines of their own keep them."""
    lines = {fields["slug"]: {name: fields.get(name, []) for name in LINES} for fields in shipped}
    without = [
        support
        for support in Support.objects.filter(slug__in=lines)
        if any(lines[support.slug].values()) and not any(getattr(support, name) for name in LINES)
    ]
    for support in without:
        support.version += 1
        for name, value in lines[support.slug].items():
            setattr(support, name, value)
    return Support.objects.bulk_update(without, [*LINES, "version"], batch_size=100)


def _replace_flow(key: str, shipped: list[Row]) -> None:
    """Questions that the new flow does not have are put away; answers go."""
    _save(shipped)
    questions = {_beginning_pair(row) for row in _of(shipped, Question)}
    choices = {(*row["fields"]["question"], row["fields"]["key"]) for row in _of(shipped, Choice)}
    for question in Question.objects.filter(flow__key=key, is_archived=False):
        if question.natural_key() not in questions:
            Question.objects.filter(pk=question.pk).update(is_archived=True, version=models.F("version") + 1)
    gone = [
        choice.pk
        for choice in Choice.objects.filter(question__flow__key=key, question__is_archived=False).select_related(
            "question__flow"
        )
        if choice.natural_key() not in choices
    ]
    Choice.objects.filter(pk__in=gone).delete()


def _beginning_pair(row: Row) -> Key:
    return (_beginning(row, Question), row["fields"]["key"])


def _everything() -> dict[type[models.Model], dict[Any, Values]]:
    return {each.model: values_of(each.model) for each in content_models()}


def _differences(before: dict[Any, Values], after: dict[Any, Values]) -> Iterator[tuple[str, Values]]:
    for pk in before.keys() | after.keys():
        if before.get(pk) != after.get(pk):
            yield "-" if pk not in after else "~" if pk in before else "+", after.get(pk) or before[pk]
