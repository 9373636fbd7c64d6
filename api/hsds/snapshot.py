"""What an HSDS answer depends on: the Release and the day, because seasons begin and end without a new Release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support
from catalog.hours.timetable import JAPAN
from catalog.release import serving

A_YEAR = 366


@dataclass(frozen=True, slots=True)
class ReleaseSnapshot:
    """`day` is a day in Japan. `published` is None where it does not tell since when the content is as it is: an older Release that is
    served again, or a preview."""

    directory: Directory
    day: date
    published: datetime | None = None

    def is_out_of_season(self, support: Support) -> bool:
        return _is_out_of_season(self.directory, support, self.day)

    def modified(self, support: Support) -> datetime | None:
        """When the entry last changed: with the Release, or with a season that began or ended after it."""
        if self.published is None:
            return None
        return max(self.published, _midnight(self._last_turn(support)))

    def _last_turn(self, support: Support) -> date:
        """The last day on which a seasonal entry's answer differed from the day before."""
        if not any(contact.timetable.open_periods for contact in support.contacts):
            return date.min
        for days in range(A_YEAR):
            day = self.day - timedelta(days=days)
            before = day - timedelta(days=1)
            if day.year != before.year or self._is_out(support, day) != self._is_out(support, before):
                return day
        return date.min

    def _is_out(self, support: Support, day: date) -> bool:
        return _is_out_of_season(self.directory, support, day)


def snapshot() -> ReleaseSnapshot:
    """The one being served, today."""
    directory, releases = serving.current(), serving.releases()
    newest = releases[0] if releases and releases[0].sha256 == serving.fingerprint() else None
    return ReleaseSnapshot(directory, today(), datetime.fromisoformat(newest.published_at) if newest else None)


def today() -> date:
    return serving.moment().astimezone(JAPAN).date()


def _is_out_of_season(directory: Directory, support: Support, day: date) -> bool:
    noon = datetime.combine(day, time(12), JAPAN)
    return DirectoryNow(directory, noon).is_out_of_season(support)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), JAPAN)
