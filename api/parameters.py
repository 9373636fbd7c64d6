"""Parse request parameters strictly: a wrong name or value is a 400 that says what is allowed, never a silent default."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from catalog.directory.directory import Directory
from catalog.hours.timetable import JAPAN
from catalog.release import serving

from .problems import Invalid, Mistake

# Our messages for DRF's error codes. Placeholders are the limits of the field, and `value`.
WORDS = {
    "required": "かならず書いてください。",
    "blank": "空にはできません。",
    "null_characters_not_allowed": "使えない文字が入っています。",
    "invalid_choice": "「{value}」は使えません。",
    "max_length": "{max_length}字までにしてください。",
    "min_value": "{min_value}以上にしてください。",
    "max_value": "{max_value}以下にしてください。",
}
# For a field named like an attribute of DRF's Serializer (label, fields, errors): the metaclass takes declared fields out of the class.
DeclaredField = Any
NOW = "now"
# The years within which jpholiday knows every public holiday.
FIRST_YEAR, LAST_YEAR = 2000, 2099
_DAY = (
    r"(20[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    r"|20([02468][048]|[13579][26])-02-29)"
)
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
# The pattern of a moment, for parsing and for the OpenAPI document.
MOMENT = rf"^({NOW}|{_DAY}T{_CLOCK}(:[0-5][0-9](\.[0-9]{{1,6}})?)?(Z|[+-]{_CLOCK})?)$"


class CodeField(serializers.CharField):
    """A code of the current Release's vocabulary."""

    def __init__(self, known: Callable[[Directory], Iterable[str]], **kwargs: Any) -> None:
        self.known = known
        super().__init__(trim_whitespace=False, **kwargs)

    def allowed(self) -> tuple[str, ...]:
        return tuple(self.known(serving.current()))

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if value not in self.allowed():
            raise serializers.ValidationError(f"「{value}」は使えません。")
        return value


class ListedField(serializers.Field[tuple[str, ...], Any, list[str], Any]):
    """Names out of a fixed list: in a query with commas between them, in a body as a list."""

    def __init__(self, names: Iterable[str], **kwargs: Any) -> None:
        self.names = tuple(names)
        super().__init__(**kwargs)

    def allowed(self) -> tuple[str, ...]:
        return self.names

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        chosen = tuple(data.split(",") if data else ()) if isinstance(data, str) else tuple(data)
        for name in chosen:
            if name not in self.names:
                raise serializers.ValidationError(f"「{name}」という項目はありません。")
        if not chosen:
            raise serializers.ValidationError("1つ以上書いてください。")
        return chosen


class WholeNumber(serializers.IntegerField):
    """In a query nothing but digits: 1.0 and １ are mistakes. In JSON 1.0 is the same number as 1."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, float):
            data = int(data)
        if isinstance(data, str) and not re.fullmatch(r"-?(0|[1-9][0-9]{0,8})", data):
            raise serializers.ValidationError("整数を書いてください。")
        return super().to_internal_value(data)


class MomentField(serializers.CharField):
    """ "now", or a date and time; without an offset it is Japan time. Gives an aware datetime; now is the beginning of this minute,
    so that an answer about now stays the same for a minute."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        if self.context.get("where") == "query":
            value = value.replace(" ", "+")  # a + in a query means a blank
        if not re.fullmatch(MOMENT, value):
            raise serializers.ValidationError(
                f"「{value}」は日時として読めません。now か 2026-12-31T23:00 のように書いてください"
                f"（{FIRST_YEAR}〜{LAST_YEAR}年。時差がなければ日本時間）。"
            )
        if value == NOW:
            return serving.moment().replace(second=0, microsecond=0)
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=JAPAN)


class Asked(serializers.Serializer[Any]):
    """The parameters of a request. Names that are not among its fields are mistakes."""


def read_query(request: Request, form: type[Asked]) -> dict[str, Any]:
    """The query's parameters, each given at most once. Raises Invalid."""
    query: QueryDict = request.query_params
    twice = [name for name in query if len(query.getlist(name)) > 1 and name in form().fields]
    mistakes = [Mistake("query", name, f"{name} は1回だけ書いてください。") for name in twice]
    return _read(query.dict(), form, "query", mistakes)


def read_body(request: Request, form: type[Asked]) -> dict[str, Any]:
    """The body's values, and no query. Raises Invalid."""
    strange = [Mistake("query", name, f"{name} というパラメーターはありません。", ()) for name in request.query_params]
    return _read(request.data, form, "body", strange)


def _read(data: Any, form: type[Asked], where: str, mistakes: list[Mistake]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise Invalid([Mistake(where, "", "本文はJSONのオブジェクトにしてください。")])
    fields = form().fields
    if where == "body":
        mistakes += [
            Mistake(where, name, f"{name}: {_TYPES[_type(field)]}を書いてください。", _allowed(field))
            for name, field in fields.items()
            if name in data and not _is_of_its_type(field, data[name])
        ]
    mistakes += [
        Mistake(where, name, f"{name} というパラメーターはありません。", tuple(fields))
        for name in data
        if name not in fields
    ]
    known = {mistake.parameter for mistake in mistakes}
    asked = form(data={name: value for name, value in data.items() if name not in known}, context={"where": where})
    if not asked.is_valid():
        mistakes += [
            Mistake(where, name, _words(name, detail, fields.get(name), data.get(name)), _allowed(fields.get(name)))
            for name, detail in asked.errors.items()
            if name not in known
        ]
    if mistakes:
        raise Invalid(mistakes)
    values: dict[str, Any] = asked.validated_data
    return values


_TYPES: dict[type, str] = {int: "整数", bool: "true か false", list: "リスト", dict: "オブジェクト", str: "文字列"}


def _type(field: serializers.Field[Any, Any, Any, Any]) -> type:
    """What JSON has to give."""
    if isinstance(field, serializers.IntegerField):
        return int
    if isinstance(field, serializers.BooleanField):
        return bool
    if isinstance(field, ListedField | serializers.ListField):
        return list
    return dict if isinstance(field, serializers.DictField) else str


def _is_of_its_type(field: serializers.Field[Any, Any, Any, Any], value: object) -> bool:
    """Whether JSON gives what a field takes: DRF would also take "1" for a number and 1 for a text."""
    wanted = _type(field)
    if wanted is int:
        return (isinstance(value, int) and not isinstance(value, bool)) or (
            isinstance(value, float) and value.is_integer()
        )
    return isinstance(value, wanted)


def _allowed(field: serializers.Field[Any, Any, Any, Any] | None) -> tuple[str, ...] | None:
    if isinstance(field, CodeField | ListedField):
        return field.allowed()
    if isinstance(field, serializers.ChoiceField):
        return tuple(str(choice) for choice in field.choices)
    return None


def _words(name: str, detail: Any, field: object, value: object) -> str:
    """The first thing that is wrong, however deep it lies."""
    path, here = [name], detail
    while not isinstance(here, ErrorDetail):
        if isinstance(here, Mapping):
            key = next(iter(here))
            path.append(str(key))
            here = here[key]
        else:
            here = next((part for part in here if part), "")
            if here == "":
                break
    code = "blank" if value == "" else getattr(here, "code", "")
    words = WORDS.get(code, "").format(value=value, **_limits(field))
    return f"{'.'.join(path)}: {words or here}"


def _limits(field: object) -> dict[str, object]:
    return {name: getattr(field, name, None) for name in ("max_length", "min_value", "max_value")}
