"""What is kept of a report: what was said about which entry, the day, and later who closed it. Nothing of who sent it."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.directory.codes import Code
from catalog.hours.timetable import JAPAN

LONGEST_TEXT = 500  # characters
CLOSED_ARE_KEPT = timedelta(days=90)


class Wrong(Code):
    """What is wrong, in the words of adults and of children."""

    NUMBER = "number", "番号やアドレスが使えない", "｜番号《ばんごう》や リンクが つかえない"
    HOURS = "hours", "受付時間がちがう", "｜話《はな》せる ｜時間《じかん》が ちがう"
    ENDED = "ended", "もう終わっている、なくなっている", "もう やって いない"
    WORDS = "words", "書いてあることがちがう", "｜書《か》いて ある ことが ちがう"
    OTHER = "other", "そのほか", "ほかの こと"

    @property
    def is_of_a_contact(self) -> bool:
        return self in {Wrong.NUMBER, Wrong.HOURS}


class Outcome(Code):
    MENDED = "mended", "直した"
    RIGHT = "right", "まちがいではなかった"
    PRANK = "prank", "いたずら"


class Reports(models.QuerySet["Report"]):
    def still_open(self) -> Reports:
        """The oldest first."""
        return self.filter(outcome="").order_by("pk")

    def closed(self) -> Reports:
        """The newest first."""
        return self.exclude(outcome="").order_by("-closed_at", "-pk")

    def forget_old(self) -> None:
        """Delete what was closed long ago."""
        self.closed().filter(closed_at__lt=timezone.now() - CLOSED_ARE_KEPT).delete()


def today() -> date:
    return timezone.localdate(timezone=JAPAN)


class Report(models.Model):
    """`slug` and `contact` (its number, address or name) as they were public then: the desk may have changed them since."""

    slug = models.CharField("支援の記号", max_length=60)
    wrong = models.CharField("まちがい", max_length=10, choices=Wrong.choices())
    contact = models.CharField("連絡先", max_length=300, blank=True)
    text = models.TextField("くわしく", max_length=LONGEST_TEXT, blank=True)
    sent_on = models.DateField("届いた日", default=today)
    fingerprint = models.CharField("内容の指紋", max_length=64, editable=False)
    outcome = models.CharField("結果", max_length=10, choices=Outcome.choices(), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="閉じた人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    closed_at = models.DateTimeField("閉じた時", null=True, blank=True)

    objects = Reports.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "まちがいの知らせ"
        constraints = [
            # Two presses, or two people who say the same, are one thing to do.
            models.UniqueConstraint(fields=["fingerprint"], condition=Q(outcome=""), name="report_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.get_wrong_display()}"

    @classmethod
    def of(cls, slug: str, wrong: Wrong, contact: str, text: str) -> Report:
        """Not saved yet."""
        said = "\n".join((slug, wrong, contact, text))
        return cls(
            slug=slug,
            wrong=wrong,
            contact=contact,
            text=text,
            fingerprint=hashlib.sha256(said.encode()).hexdigest(),
        )
