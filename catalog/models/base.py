"""What all content shares: natural keys (so that fixtures read and merge well) and publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.validators import RegexValidator
from django.db import models

M = TypeVar("M", bound=models.Model)
NaturalKey = TypeVar("NaturalKey", bound=Callable[..., tuple[Any, ...]])

code_validator = RegexValidator(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", "半角の小文字・数字・ハイフンで書いてください。")


def code_fields(model: type[models.Model]) -> list[str]:
    """The fields by which links, rules, fixtures and past Releases name a row of the model. Once saved, they stay."""
    return [field.name for field in model._meta.fields if code_validator in field.validators]


class NaturalKeyManager(models.Manager[M]):
    """Finds a row by its natural key, given the lookups that make it up.

    >>> objects = NaturalKeyManager("support__slug", "position")
    """

    def __init__(self, *lookups: str) -> None:
        super().__init__()
        self.lookups = lookups

    def deconstruct(self) -> tuple[bool, str | None, str | None, tuple[Any, ...] | None, dict[str, Any] | None]:
        as_manager, path, _, _, kwargs = super().deconstruct()
        return as_manager, path, None, self.lookups, kwargs

    def get_by_natural_key(self, *values: Any) -> M:
        return self.get(**dict(zip(self.lookups, values, strict=True)))

    def published(self) -> models.QuerySet[M]:
        """The rows that the next Release takes along: published entries, and what belongs to them. The first lookup names the entry."""
        entry = self.lookups[0].removesuffix("slug")
        return self.filter(**{f"{entry}publication": Publication.PUBLISHED})


def depends_on(*models: str) -> Callable[[NaturalKey], NaturalKey]:
    """Mark a natural_key that is made of other models' keys, so that fixtures are written and loaded in that order.

    >>> @depends_on("catalog.support")
    """

    def mark(natural_key: NaturalKey) -> NaturalKey:
        vars(natural_key)["dependencies"] = [*models]
        return natural_key

    return mark


def natural_lookups(model: type[models.Model]) -> tuple[str, ...]:
    """What makes up the natural key of a model's rows: ("support__slug", "position")."""
    return tuple(model._default_manager.lookups)  # type: ignore[attr-defined]


class Versioned(models.Model):
    """What is edited as a whole, with the rows that belong to it. The number tells a second editor that the first was faster."""

    part: ClassVar[str]  # the part of a Release's payload in which it is frozen

    version = models.PositiveIntegerField("版", default=0, editable=False)

    class Meta:
        abstract = True


class Publication(models.TextChoices):
    """Whether the next Release takes it along."""

    DRAFT = "draft", "下書き"
    PUBLISHED = "published", "公開する"
    ARCHIVED = "archived", "しまう"
