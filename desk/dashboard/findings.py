"""What the front page tells, each with a settled number of queries however many entries there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Q, Value

from catalog.directory.codes import Status
from catalog.models import Contact, Support
from catalog.models.base import Publication
from catalog.models.content import content_models
from catalog.release.concern import OF_TIME, UNCONFIRMED
from catalog.release.payload import dump, months_to_look_again
from catalog.release.warnings import concerns
from reports.models import Report

from ..draft.concerns import listed
from ..links.addresses import Place, broken, places, unsure
from ..models import LinkCheck, PublishRequest
from .seasons import Change, changes
from .staleness import AGES, UNDATED, VerifiedDates, full_list, kept_right

MOST_ENTRIES = 15
MOST_SEASONS = 20
MOST_LINKS = 10


@dataclass(frozen=True, slots=True)
class Age:
    words: str
    count: int
    crisis: int
    address: str


@dataclass(frozen=True, slots=True)
class Stale:
    support: Support
    verified_on: str

    @property
    def source_url(self) -> str:
        """Of its first source that has an address; "" without."""
        return next((source.url for source in self.support.sources.all() if source.url), "")


def staleness(today: date) -> dict[str, Any]:
    """Counts by age, and the entries to begin with."""
    verified = VerifiedDates.load()
    ages = {str(days): (f"{days}日以上前", verified.older_than(days, today)) for days in AGES} | {
        UNDATED: ("日付なし", verified.undated())
    }
    wanted: dict[str, Count] = {}
    for wish, (_, stale) in ages.items():
        wanted[f"all_{wish}"] = Count("pk", filter=stale)
        wanted[f"crisis_{wish}"] = Count("pk", filter=stale & Q(crisis=True))
    counts = kept_right().aggregate(**wanted)
    first = verified.most_pressing(today, MOST_ENTRIES)
    entries = Support.objects.prefetch_related("sources").in_bulk(first)
    return {
        "ages": [
            Age(words, counts[f"all_{wish}"], counts[f"crisis_{wish}"], full_list(wish))
            for wish, (words, _) in ages.items()
        ],
        "entries": [Stale(entries[pk], verified.dates[pk]) for pk in first],
    }


@dataclass(frozen=True, slots=True, order=True)
class Season:
    change: Change
    day: date | None
    name: str
    support: int

    @property
    def words(self) -> str:
        return self.change.words


def seasons(today: date) -> dict[str, Any]:
    """What soon begins or ends and what is past: one line per entry and date, the most pressing first."""
    lasting = kept_right().exclude(status=Status.ENDED)
    dated = Contact.objects.filter(support__in=lasting).exclude(open_periods="", closed_periods="").order_by()
    found: set[Season] = set()
    for support, name, season, rest in dated.values_list("support", "support__name", "open_periods", "closed_periods"):
        found.update(Season(change, day, name, support) for change, day in changes(season, rest, today))
    unwritten = lasting.filter(status=Status.SEASONAL).exclude(
        pk__in=Contact.objects.exclude(open_periods="").values("support")
    )
    rows = [(Change.UNWRITTEN, None, name, pk) for pk, name in unwritten.values_list("pk", "name")]
    everything = sorted([*found, *(Season(*row) for row in rows)], key=lambda s: (s.change, s.day or today, s.name))
    return {"seasons": everything[:MOST_SEASONS], "more_seasons": max(len(everything) - MOST_SEASONS, 0)}


def concerns_of_draft(today: date) -> dict[str, Any]:
    """What is past, and what no cited page shows, by entry: those for people in danger first."""
    found = sorted(concerns(dump(), today, months_to_look_again()), key=lambda each: not each.is_crisis)
    groups = {
        "past": [each for each in found if each.kind in OF_TIME],
        "unconfirmed": [each for each in found if each.kind in UNCONFIRMED],
    }
    return {**listed(groups, MOST_ENTRIES)}


@dataclass(frozen=True, slots=True)
class Link:
    check: LinkCheck
    places: list[Place]


def with_places(checks: Iterable[LinkCheck]) -> list[Link]:
    checks = list(checks)
    where = places([check.url for check in checks])
    return [Link(check, where[check.url]) for check in checks]


def links() -> dict[str, Any]:
    """What did not open, with the entries that rest on it."""
    return {
        "broken_count": broken().count(),
        "broken": with_places(broken()[:MOST_LINKS]),
        "unsure_count": unsure().count(),
        "links_checked": LinkCheck.objects.aggregate(last=models.Max("checked_at"))["last"],
    }


def reports() -> dict[str, Any]:
    """How many reports of visitors wait, and since when."""
    waiting = Report.objects.still_open()
    return {"reports": waiting.count(), "oldest_report": waiting.first()}


@dataclass(frozen=True, slots=True)
class Tally:
    words: str
    count: int


def unpublished(since: datetime | None) -> dict[str, Any]:
    """Drafts, what was edited since the Release that is public, and who waits for a second person."""
    return {
        "drafts": _tallies(
            (model.objects.filter(publication=Publication.DRAFT), model)
            for model in _content()
            if _may_be_a_draft(model)
        ),
        "edited": _tallies((model.history.filter(history_date__gt=since), model) for model in _content() if since),
        "requests": PublishRequest.objects.still_open()
        .select_related("requested_by", "restores")
        .defer("restores__payload")[:MOST_LINKS],
    }


def _content() -> list[Any]:
    """The models that staff write."""
    return [each.model for each in content_models()]


def _may_be_a_draft(model: Any) -> bool:
    return any(field.name == "publication" for field in model._meta.fields)


def _tallies(sets: Iterable[tuple[models.QuerySet[Any], Any]]) -> list[Tally]:
    """How many rows of each kind, in one query; kinds with none are left out."""
    counted = [
        rows.order_by()
        .annotate(words=Value(str(model._meta.verbose_name)))
        .values("words")
        .annotate(count=Count("id", distinct=True))
        .values_list("words", "count")
        for rows, model in sets
    ]
    if not counted:
        return []
    return [Tally(words, count) for words, count in counted[0].union(*counted[1:], all=True) if count]
