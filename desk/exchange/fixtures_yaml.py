"""The whole content as the fixture files, byte for byte as the repository keeps them.

What the database does not know (in which file an entry stands, in which order, the comments at a file's head) is taken from
the repository's own files, so that an export changes there only what was edited.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from catalog.directory.codes import ArticleKind, FAQGroup, TipPage

from .exchanged import EXCHANGED, Key, Values, snapshot

WIDTH = 110  # columns at which long lines break
ONLY_WHERE_TRUE = {"is_archived"}  # most rows need not say that they are not
NEW_ENTRIES = "catalog/02_supports_new.yaml"  # entries that no file of the repository has yet
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Layout:
    """Where the repository's files have what. `place`: file name and position of each record."""

    def __init__(self, folder: Path) -> None:
        self.heads: dict[str, str] = {}
        self.place: dict[Key, tuple[str, int]] = {}
        self.lists: dict[tuple[Key, str], list[Any]] = {}
        for path in sorted(folder.rglob("*.yaml")):
            name, text = path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
            lines = text.splitlines(keepends=True)
            end = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
            self.heads[name] = "".join(lines[:end])
            for number, record in enumerate(yaml.load(text, Loader=Loader) or []):  # noqa: S506 (a safe loader)
                key = record_key(record["model"], record["fields"])
                self.place[key] = (name, number)
                for field, value in record["fields"].items():
                    if isinstance(value, list):
                        self.lists[key, field] = value

    def fields(self, key: Key, values: Values) -> Values:
        """A record's fields; what is in no order of its own (worries, tags), as the file has it; new ones behind."""
        written = {name: value for name, value in values.items() if value or name not in ONLY_WHERE_TRUE}
        return {name: self._ordered(key, name, value) for name, value in written.items()}

    def _ordered(self, key: Key, name: str, value: Any) -> Any:
        if not EXCHANGED[key[0]].fields[name].many_to_many:
            return value
        before = {tuple(item): place for place, item in enumerate(self.lists.get((key, name), ()))}
        return sorted(value, key=lambda item: (before.get(tuple(item), len(before)), item))


def record_key(label: str, fields: Mapping[str, Any]) -> Key:
    """The key of a record of a fixture file."""
    parts: list[Any] = []
    for name in EXCHANGED[label].key_fields:
        parts += fields[name] if isinstance(fields[name], list) else [fields[name]]
    return label, tuple(parts)


def export_files(folder: Path | None = None) -> dict[str, str]:
    """The files by name ("catalog/01_vocabulary.yaml"). `folder`: the fixtures whose layout is kept."""
    layout = _layout(folder or Path(settings.BASE_DIR) / "fixtures")
    rows = snapshot(EXCHANGED.values())
    files: dict[str, list[Key]] = defaultdict(list)
    for key in rows:
        files[_file_of(key, rows, layout)].append(key)
    return {name: layout.heads.get(name, "") + _text(keys, rows, layout) for name, keys in sorted(files.items())}


def export_archive() -> bytes:
    """All files in one archive, the same bytes for the same content."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in export_files().items():
            archive.writestr(zipfile.ZipInfo(f"fixtures/{name}"), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def file_names() -> list[str]:
    """The files that the repository has."""
    return sorted(_layout(Path(settings.BASE_DIR) / "fixtures").heads)


def _layout(folder: Path) -> Layout:
    """Read once, and again where a file was changed."""
    stamps = tuple((path, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*.yaml")))
    return _read_layout(folder, stamps)


@lru_cache(maxsize=1)
def _read_layout(folder: Path, stamps: tuple[Any, ...]) -> Layout:
    return Layout(folder)


def _text(keys: Iterable[Key], rows: Mapping[Key, Values], layout: Layout) -> str:
    records = [
        {"model": key[0], "fields": layout.fields(key, rows[key])}
        for key in sorted(keys, key=lambda key: _order(key, rows, layout))
    ]
    return str(yaml.dump(records, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=WIDTH))


def _file_of(key: Key, rows: Mapping[Key, Values], layout: Layout) -> str:
    label, natural = key
    if label in {"catalog.worry", "catalog.ageband", "catalog.audiencetag"}:
        return "catalog/01_vocabulary.yaml"
    if label == "catalog.faq":
        return "catalog/03_faqs.yaml"
    if label in {"catalog.tip", "catalog.tipsource"}:
        adults = rows["catalog.tip", natural[:1]]["page"] == TipPage.ADULTS
        return "catalog/07_adults.yaml" if adults else "catalog/04_tips.yaml"
    if label == "catalog.childwords":
        return "catalog/05_child_words.yaml"
    if label == "catalog.childarticle":
        return "catalog/06_child_articles.yaml"
    if label.startswith("chatbot."):
        return f"chatbot/flow_{natural[0]}.yaml"
    return layout.place.get(("catalog.support", natural[:1]), (NEW_ENTRIES, 0))[0]


# Rows of an entry follow it: a contact, its hours, the next contact; then the sources.
_WITHIN = {"catalog.support": 0, "catalog.contact": 1, "catalog.hours": 1, "catalog.source": 2}
_SORTS = {label: number for number, label in enumerate(EXCHANGED)}


def _order(key: Key, rows: Mapping[Key, Values], layout: Layout) -> tuple[Any, ...]:
    label, natural = key
    values = rows[key]
    known = layout.place.get(key, ("", len(layout.place)))[1]
    if label in _WITHIN:
        entry = layout.place.get(("catalog.support", natural[:1]), ("", len(layout.place)))[1]
        return entry, natural[0], _WITHIN[label], natural[1:]
    if label == "catalog.faq":
        return FAQGroup.values().index(values["group"]), values["position"], natural
    if label == "catalog.childarticle":
        return ArticleKind.values().index(values["kind"]), values["position"], natural
    if label in {"catalog.tip", "catalog.tipsource"}:
        return rows["catalog.tip", natural[:1]]["position"], natural
    if label == "chatbot.choice":
        question = rows["chatbot.question", natural[:2]]
        return _SORTS[label], question["position"], natural[:2], values["position"], natural
    if label == "chatbot.question":
        return _SORTS[label], values["position"], natural
    return _SORTS[label], known, values.get("position", 0), natural
