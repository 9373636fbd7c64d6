"""The documents name only what exists, and name all that they promise to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "deploy/README.md"])
DECISIONS = sorted((ROOT / "docs/decisions").glob("0*.md"))
FOLDERS = "api|catalog|chatbot|deploy|desk|docs|examples|fixtures|notalone|reports|scripts|static|templates|tests"
MADE_LATER = {"fixtures/catalog/02_supports_new.yaml"}  # by an export

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
each_decision = pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)


def code(document: Path) -> list[str]:
    """What stands between backticks, blocks and words."""
    return re.findall(r"```.*?```|`[^`\n]+`", document.read_text("utf-8"), re.DOTALL)


def paths(document: Path) -> Iterator[str]:
    for words in code(document):
        yield from re.findall(rf"(?<![\w./-])((?:{FOLDERS})/[\w./*-]*)", words)
    yield from re.findall(r"`(\w[\w-]*\.(?:py|yaml|html|md|toml|in))`", document.read_text("utf-8"))


def exists(path: str) -> bool:
    """Seen from the root, with * for any letters; a bare name may be of any file."""
    if "/" in path or (ROOT / path).exists():
        return any(ROOT.glob(path.rstrip("/")))
    return any(any((ROOT / folder).rglob(path)) for folder in FOLDERS.split("|"))


@each_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    assert [path for path in paths(document) if not exists(path) and path not in MADE_LATER] == []


@each_document
def test_every_link_leads_to_a_file(document: Path) -> None:
    text = re.sub(r"`[^`\n]+`", "", document.read_text("utf-8"))  # what is quoted as code leads nowhere
    links = re.findall(r"\]\(([^)#\s]+)", text)
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


@each_document
def test_every_command_that_is_named_exists(document: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    words = "\n".join(code(document))
    made = {target for line in re.findall(r"\bmake ([a-z -]+)", words) for target in line.split()}
    assert made <= set(targets)
    assert set(re.findall(r"manage\.py (\w+)", words)) <= get_commands().keys()


def test_the_readme_explains_every_setting_and_no_other() -> None:
    source = (ROOT / "notalone/settings.py").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8").split("## Settings")[1].split("\n## ")[0]
    read = set(re.findall(r'(?:env_\w+|secret_key)\(\s*"(\w+)"', source))
    assert read == set(re.findall(r"^\| `(\w+)`", readme, re.MULTILINE))


@each_decision
def test_a_decision_has_a_date_a_status_and_consequences_and_is_in_the_index(decision: Path) -> None:
    text = decision.read_text("utf-8")
    heading = re.match(r"# (\d+)\. (.+)\n\nDate: (\d{4}-\d\d-\d\d)\. Status: (.+)\.\n", text)
    assert heading
    number, title, date, status = heading.groups()
    assert int(number) == int(decision.name[:4])
    assert "**Consequences.**" in text
    plain_status = re.sub(r"\[(\d+)\]\([^)]*\)", r"\1", status)
    row = f"| {number} | [{title}]({decision.name}) | {date} | {plain_status} |\n"
    assert row in (decision.parent / "README.md").read_text("utf-8")


def test_every_recipe_is_in_the_index() -> None:
    folder = ROOT / "docs/tasks"
    index = (folder / "README.md").read_text("utf-8")
    assert [
        path.name for path in folder.glob("*.md") if path.name != "README.md" and f"({path.name})" not in index
    ] == []


def test_before_a_commit_the_same_is_checked_as_by_make_lint() -> None:
    tools = re.compile(r"ruff check|ruff format|mypy|djlint|manage\.py \w+")
    lint = (ROOT / "Makefile").read_text("utf-8").split("\nlint:")[1].split("\n\n")[0]
    entries = re.findall(r"entry: (.+)", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert set(tools.findall("\n".join(entries))) == set(tools.findall(lint))
    assert all(entry.startswith(".venv/bin/") for entry in entries), "nothing is fetched"


def test_every_test_that_the_threat_model_names_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", (ROOT / "docs/threat-model.md").read_text("utf-8"))
    assert named
    assert [name for file, name in named if f"\ndef {name}(" not in (ROOT / file).read_text("utf-8")] == []


def test_every_threat_has_a_test() -> None:
    rows = re.findall(r"^\|(?! How|---)(.*)\|$", (ROOT / "docs/threat-model.md").read_text("utf-8"), re.MULTILINE)
    assert [row for row in rows if "::test_" not in row] == []
