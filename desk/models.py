"""What the desk keeps beside the content: who asked for a Release, which links answered, who looked at which source, and who is
invited."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from catalog.models import Release, Support


class PublishRequests(models.QuerySet["PublishRequest"]):
    def still_open(self) -> PublishRequests:
        return self.filter(release=None, withdrawn=False)

    def to_publish(self) -> PublishRequests:
        return self.filter(restores=None)

    def to_restore(self) -> PublishRequests:
        """With the Releases by their numbers alone: their content is large."""
        asked = self.exclude(restores=None).select_related("restores", "instead_of")
        return asked.defer("restores__payload", "instead_of__payload")


class PublishRequest(models.Model):
    """What needs a second person waits here for one: a draft to be published, or `restores`, an older Release to go back to from
    `instead_of`. It stands for one exact content."""

    sha256 = models.CharField("内容の指紋", max_length=64)
    note = models.TextField("ひとこと", blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="たのんだ人", on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("たのんだ時", auto_now_add=True)
    release = models.ForeignKey(
        Release, verbose_name="できた公開版", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    restores = models.ForeignKey(
        Release, verbose_name="もどす先の公開版", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    instead_of = models.ForeignKey(
        Release, verbose_name="たのんだ時の公開版", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn = models.BooleanField("取り下げ", default=False)

    objects = PublishRequests.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公開の申しこみ"
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"{self.requested_by}の申しこみ" + (f"（{self.restores}にもどす）" if self.restores else "")


class LinkCheck(models.Model):
    """How an address of a source or a contact last answered. Neither ok nor any failures: it keeps programs out."""

    url = models.CharField("アドレス", max_length=600, unique=True)
    checked_at = models.DateTimeField("調べた時")
    ok = models.BooleanField("開けた")
    status = models.PositiveSmallIntegerField("返事の番号", null=True, blank=True)
    message = models.CharField("ようす", max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField("続けて失敗した回数", default=0)
    failing_since = models.DateTimeField("いつから開けないか", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "リンクの点検"
        ordering = ["ok", "url"]

    def __str__(self) -> str:
        return self.url


class Verification(models.Model):
    """確認しました: somebody saw the source and found the entry right."""

    support = models.ForeignKey(Support, verbose_name="支援", on_delete=models.CASCADE, related_name="verifications")
    source_seen = models.CharField("見た資料", max_length=600)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="確認した人", on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField("確認した時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "確認の記録"
        ordering = ["-verified_at"]

    def __str__(self) -> str:
        return f"{self.support}（{self.verified_by}）"


class Invitation(models.Model):
    """A link by which one person may come in. Its row goes, and all that was noted of it, once it is accepted or replaced."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="招かれた人", on_delete=models.CASCADE, related_name="invitation"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="招いた人",
        null=True,  # made on the server
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    invited_at = models.DateTimeField("招いた時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "招待"

    def __str__(self) -> str:
        return f"{self.user}の招待"


class InvitationOpening(models.Model):
    """An invitation's link was opened in a browser that had not opened it before. When, and nothing else."""

    invitation = models.ForeignKey(Invitation, verbose_name="招待", on_delete=models.CASCADE, related_name="openings")
    opened_at = models.DateTimeField("開いた時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "招待リンクを開いた記録"
        ordering = ["opened_at"]

    def __str__(self) -> str:
        return str(self.opened_at)
