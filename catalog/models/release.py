"""公開版: the whole public content, checked and frozen. The public pages read nothing else."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class NeverEdited(models.QuerySet["Release"]):
    """Whole rows at a time are refused as well as single ones."""

    def update(self, **kwargs: Any) -> int:
        raise ValidationError(CANNOT_EDIT)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(CANNOT_DELETE)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise ValidationError(CANNOT_EDIT)


CANNOT_EDIT = "公開版は書きかえられません。直すときは新しい公開版を作ってください。"
CANNOT_DELETE = "公開版は消せません。"


class Release(models.Model):
    """Numbered, hashed, signed off by name, never edited."""

    number = models.PositiveIntegerField("番号", unique=True)
    payload = models.TextField("内容", help_text="JSON")
    sha256 = models.CharField("指紋", max_length=64)
    published_by = models.CharField("公開した人", max_length=150)
    note = models.TextField("ひとこと", blank=True)
    approved_by = models.CharField("承認した人", max_length=150, blank=True)
    single_handed = models.BooleanField(
        "1人で公開した", default=False, help_text="2人で確かめるところが変わったのに、2人目の承認がない。"
    )
    published_at = models.DateTimeField("公開した時", auto_now_add=True)

    objects = NeverEdited.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公開版"
        ordering = ["-number"]
        permissions = [
            ("publish_release", "公開できる・前の版にもどせる・承認できる"),
            ("request_release", "公開をたのめる"),
        ]

    def __str__(self) -> str:
        return f"公開版 {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ValidationError(CANNOT_EDIT)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError(CANNOT_DELETE)


class CurrentRelease(models.Model):
    """The one row that says which Release the public sees. Going back is pointing it at an older one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    changed_by = models.CharField("切りかえた人", max_length=150)
    changed_at = models.DateTimeField("切りかえた時", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "いまの公開版"
        constraints = [models.CheckConstraint(name="one_current_release", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.release)
