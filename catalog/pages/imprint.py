"""Who speaks on this site: its operator, where a mistake can be told, and of which day the content is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.dateparse import parse_datetime

from catalog.hours.timetable import JAPAN
from catalog.release import serving
from catalog.release.serving import Published
from catalog.text.dates import date_words

NOBODY_YET = "これは試しに動かしているサイトです。運営する団体は、まだ決まっていません。"


@dataclass(frozen=True, slots=True)
class Imprint:
    """`operator` and `contact` are "" where the settings name none. `published`: in Japan; None without a Release, and in a preview.

    The date of the content is that on which its Release was published. An entry's own evidence may be older, and each entry's page
    gives that date; the date of the newest source would make all entries look as fresh as the freshest.
    """

    operator: str
    contact: str
    published: datetime | None

    @property
    def notice(self) -> str:
        """What has to be said where nobody answers for the site."""
        return "" if self.operator else NOBODY_YET

    @property
    def date_words(self) -> str:
        """2026年11月24日; "" without a date."""
        return date_words(self.published.date().isoformat()) if self.published else ""

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known, in a line each."""
        lines = (
            f"運営: {self.operator}" if self.operator else "",
            f"内容の日付: {self.date_words}" if self.date_words else "",
            f"まちがいの連絡先: {self.contact}" if self.contact else "",
        )
        return tuple(line for line in lines if line)


def imprint() -> Imprint:
    """For the Release that is shown. Raises nothing: error pages have a foot, too."""
    try:
        published = moment_of(serving.published())
    except Exception:  # noqa: BLE001 (the page must come, whatever broke)
        published = None
    return Imprint(settings.OPERATOR_NAME, settings.CONTACT_EMAIL, published)


def moment_of(release: Published | None) -> datetime | None:
    """When it was published, in Japan; None where that is not known."""
    moment = parse_datetime(release.published_at) if release else None
    return moment.astimezone(JAPAN) if moment else None
