"""The shape of an object of HSDS: the standard's fields, and beside them those of our profile."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from .profile import EXTRAS, Extra

NOTHING: tuple[Any, ...] = (None, "", [], {})


class ExtraField(serializers.Field[Any, Any, Any, Any]):
    """A field of the profile. Its values are JSON already."""

    def __init__(self, extra: Extra, **kwargs: Any) -> None:
        self.extra = extra
        super().__init__(required=False, help_text=extra.ja, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return value


class Sparse(serializers.Serializer[Any]):
    """Made of a dict with a value for every field. HSDS knows no null: what is empty is left out.

    `of` names the object in the profile; with `flat`, only those of its fields that are no lists.
    """

    of: ClassVar[str] = ""
    flat: ClassVar[bool] = False

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for extra in EXTRAS.get(self.of, ()):
            if not (self.flat and extra.schema["type"] == "array"):
                fields[extra.name] = ExtraField(extra)
        return fields

    def to_representation(self, instance: Any) -> dict[str, Any]:
        if strange := instance.keys() - self.fields.keys():
            raise TypeError(f"{type(self).__name__} has no field for {', '.join(sorted(strange))}")
        data = super().to_representation(instance)
        return {name: value for name, value in data.items() if value not in NOTHING}


@lru_cache(maxsize=32)
def shape(of: type[Sparse]) -> Sparse:
    """One for all rows: making a serializer takes longer than filling it."""
    return of()


def row(of: type[Sparse], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with None for each field that has none."""
    return {**dict.fromkeys(shape(of).fields), **values}


class ExtraFieldSchema(OpenApiSerializerFieldExtension):
    target_class = "api.hsds.shapes.ExtraField"

    def map_serializer_field(self, auto_schema: object, direction: object) -> dict[str, Any]:
        return dict(self.target.extra.schema)
