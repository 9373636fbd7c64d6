"""The Release that the public sees, and what was worked out from it: kept by its fingerprint, so that each is worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from catalog.hours.moments import ordinary_afternoon
from catalog.models import Release
from catalog.release import serving
from catalog.release.caching import kept
from chatbot.survey import survey

from . import counting
from .counting import Coverage, Gap


@dataclass(frozen=True, slots=True)
class Public:
    """The Directory being served; equal to another of the same fingerprint. `since`: when it was published."""

    directory: Directory = field(compare=False)
    fingerprint: str
    since: datetime | None = field(compare=False)


def current() -> Public | None:
    """None where nothing is published. One query."""
    try:
        directory = serving.current()
    except serving.NothingPublished:
        return None
    row = Release.objects.filter(number=directory.number).values_list("sha256", "published_at").first()
    sha256, since = row or (f"release {directory.number}", None)  # served from the copy while the database was emptied
    return Public(directory, sha256, since)


@kept(6)  # the four that stand for the others, and two that somebody chose
def coverage(public: Public, at: datetime) -> Coverage:
    return counting.coverage(public.directory, at)


@kept(1)
def gaps(public: Public, today: date) -> list[Gap]:
    """The worst gaps at the times of day that stand for the others."""
    return counting.gaps({moment: coverage(public, moment.at) for moment in counting.moments(today)})


def unreached(public: Public, today: date) -> list[Support]:
    """Published entries to which no path through the flows leads. Takes some seconds the first time on a day."""
    reached = survey(public.directory, fingerprint=public.fingerprint, at=ordinary_afternoon(today)).reached
    return [support for support in public.directory.available if support.slug not in reached]
