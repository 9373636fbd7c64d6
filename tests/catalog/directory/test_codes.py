from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
VOCABULARY = yaml.safe_load((ROOT / "fixtures/catalog/01_vocabulary.yaml").read_text())
CODES = {record["fields"]["code"] for record in VOCABULARY}
RULES = [
    *(ROOT / "chatbot" / f"{name}.py" for name in ("matching", "results", "child_reader")),
    *(file for file in (ROOT / "catalog/directory").glob("*.py") if file.stem != "codes"),
]


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_rules_name_the_vocabulary_by_its_enumerations(file: Path) -> None:
    """Only those are checked when publishing, so a code in quotes could vanish without a word."""
    assert not CODES & set(_strings(ast.parse(file.read_text())))


def _names(nodes: list[ast.expr]) -> set[str]:
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def _strings(tree: ast.AST) -> Iterator[str]:
    """All strings but the keys of rows (row["child"]) and the members of enumerations."""
    keys = {id(node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    enumerations = (
        node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _names(node.bases) & {"Code", "StrEnum"}
    )
    keys |= {id(inner) for enumeration in enumerations for inner in ast.walk(enumeration)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
            yield node.value.rpartition(":")[2]  # of "tag:student", too
