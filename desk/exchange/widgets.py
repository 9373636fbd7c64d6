"""How one cell of a table reads and is read. Each `clean` raises ValueError in words that say what to write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from import_export.widgets import ManyToManyWidget, Widget

from catalog.directory.codes import Language
from catalog.hours.period_notation import read_periods
from catalog.text import phone

YES, NO = "はい", "いいえ"
_YES = {YES, "true", "1", "○", "〇", "yes"}
_NO = {NO, "false", "0", "×", "✕", "no", ""}


def half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def telephone(text: str) -> str:
    """A telephone number in its settled form (half-width, plain dashes); anything else as it is."""
    settled = phone.normalise(text)
    return settled if phone.is_wellformed(settled) else text.strip()


class TextWidget(Widget):  # type: ignore[misc]
    """`settle`: what is done to what was typed."""

    def __init__(self, settle: Callable[[str], str] = str) -> None:
        super().__init__()
        self.settle = settle

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        return self.settle(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class YesNoWidget(Widget):  # type: ignore[misc]
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> bool:
        typed = half_width(value).lower()
        if typed in _YES or typed in _NO:
            return typed in _YES
        raise ValueError(f"「{value}」は読めません。{YES}か{NO}で書いてください。")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return YES if value else NO


class WholeWidget(Widget):  # type: ignore[misc]
    """A whole number; an empty cell is `empty`."""

    def __init__(self, empty: int | None) -> None:
        super().__init__()
        self.empty = empty

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> int | None:
        typed = half_width(value)
        if not typed:
            return self.empty
        if not re.fullmatch(r"\d{1,5}", typed, re.ASCII) or int(typed) > 32767:
            raise ValueError(f"「{value}」は読めません。0から32767までの数で書いてください。")
        return int(typed)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class ChoiceWidget(Widget):  # type: ignore[misc]
    """One of the words on the screen, or its code. An empty cell is `empty`."""

    def __init__(self, choices: Iterable[tuple[Any, Any]], empty: str) -> None:
        super().__init__()
        self.labels = {str(code): str(label) for code, label in choices}
        self.empty = empty

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        typed = value.strip()
        if not typed:
            return self.empty
        for code, label in self.labels.items():
            if half_width(typed) in {half_width(label), code}:
                return code
        raise ValueError(
            f"「{typed}」は選べません。{'、'.join(filter(None, self.labels.values()))}のどれかを書いてください。"
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.labels.get(value, value or "")


class LinesWidget(Widget):  # type: ignore[misc]
    """A list of texts, one per line."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[str]:
        return [line.strip() for line in value.split("\n") if line.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "\n".join(value or ())


class LanguagesWidget(Widget):  # type: ignore[misc]
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[str]:
        by_name = {name: code for code, name in Language.choices()}
        typed = _parts(value)
        unknown = [part for part in typed if part not in Language.values() and part not in by_name]
        if unknown:
            raise ValueError(
                f"「{unknown[0]}」はありません。{'、'.join(Language.labels().values())}から書いてください。"
            )
        return [by_name.get(part, part) for part in typed]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(Language.labels().get(code, code) for code in value or ())


def periods(text: str) -> str:
    return read_periods(text) if text.strip() else ""


class _Named:
    """Rows by their code, or by their name where only one has it. Asked of the database once an import."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self._codes: dict[str, Model] | None = None
        self._names: dict[str, list[Model]] = {}

    def find(self, typed: str) -> Model:
        if self._codes is None:
            self._codes = {}
            for row in self.model._default_manager.all():
                self._codes[row.natural_key()[0]] = row  # type: ignore[attr-defined]
                self._names.setdefault(half_width(str(row)), []).append(row)
        named = self._names.get(half_width(typed), [])
        found = self._codes.get(half_width(typed)) or (named[0] if len(named) == 1 else None)
        if found is None and named:
            codes = "、".join(row.natural_key()[0] for row in named)  # type: ignore[attr-defined]
            raise ValueError(f"「{typed}」はいくつかあります。記号（{codes}）のどれかで書いてください。")
        if found is None:
            words = self.model._meta.verbose_name
            raise ValueError(f"{words}「{typed}」はありません。記号か名前を、書き出した表のとおりに書いてください。")
        return found

    def words(self, row: Model) -> str:
        """Its name; its code, where the name alone does not say which it is."""
        code, name = str(row.natural_key()[0]), str(row)  # type: ignore[attr-defined]
        try:
            clear = self.find(name) == row and len(_parts(name)) == 1
        except ValueError:
            clear = False
        return name if clear else code


class OneWidget(Widget):  # type: ignore[misc]
    """`by_code`: written as the code, though the name is understood too."""

    def __init__(self, model: type[Model], *, by_code: bool = False) -> None:
        super().__init__()
        self.named, self.by_code = _Named(model), by_code

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Model | None:
        return self.named.find(value.strip()) if value.strip() else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if not value:
            return ""
        return str(value.natural_key()[0]) if self.by_code else self.named.words(value)


class ManyWidget(ManyToManyWidget):  # type: ignore[misc]
    """`column`: named in an error, which import-export gives no column to."""

    def __init__(self, model: type[Model], column: str) -> None:
        super().__init__(model)
        self.named, self.column = _Named(model), column

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[Model]:
        try:
            return list({row.pk: row for row in map(self.named.find, _parts(value))}.values())
        except ValueError as error:
            raise ValueError(f"「{self.column}」: {error}") from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(sorted(self.named.words(row) for row in value.all()))


def _parts(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[、,，\n]", value) if part.strip()]
