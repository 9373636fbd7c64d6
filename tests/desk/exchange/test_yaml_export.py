"""Content out, as the fixture files."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from catalog.models import Support, Worry
from chatbot.models import Question
from desk.exchange.fixtures_yaml import export_files
from tests.catalog.samples import make_support

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
pytestmark = pytest.mark.django_db


def test_the_export_of_the_fixtures_is_the_fixtures_to_the_byte(tmp_path: Path) -> None:
    call_command("export_fixtures", str(tmp_path), verbosity=0)
    kept = {path.relative_to(FIXTURES): path.read_bytes() for path in FIXTURES.rglob("*.yaml")}
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert sorted(written) == sorted(kept)
    for name, content in kept.items():
        assert written[name] == content, name


def test_an_edit_changes_its_own_lines_only() -> None:
    Support.objects.filter(slug="yorisoi-hotline").update(kana="よりそいホットライン")
    before = (FIXTURES / "catalog/02_supports_mind.yaml").read_text().splitlines()
    after = export_files()["catalog/02_supports_mind.yaml"].splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ("    kana: よりそいほっとらいん", "    kana: よりそいホットライン")
    ]


def test_a_new_worry_of_an_entry_comes_behind_those_it_had() -> None:
    support = Support.objects.get(slug="dementia-family-line")
    support.worries.add(Worry.objects.get(code="debt"))
    text = export_files()["catalog/02_supports_care_health.yaml"]
    assert "    - - health_connection\n    - - debt\n    tags:" in text


def test_a_new_entry_has_a_file_of_its_own_and_stays_there_when_it_is_loaded_again(tmp_path: Path) -> None:
    make_support("akari", "あかり電話")
    files = export_files()
    assert "slug: akari" in files["catalog/02_supports_new.yaml"]
    assert "01_vocabulary" in "".join(files)
    path = tmp_path / "02_supports_new.yaml"
    path.write_text(files["catalog/02_supports_new.yaml"])
    Support.objects.get(slug="akari").delete()
    call_command("loaddata", str(path), verbosity=0)
    assert export_files() == files


def test_an_archived_question_says_so_and_the_others_need_not() -> None:
    Question.objects.filter(flow__key="general", key="way").update(is_archived=True)
    assert export_files()["chatbot/flow_general.yaml"].count("is_archived") == 1


def test_comments_and_the_order_of_a_folder_are_kept(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    kept = "# Who these are\n\n- model: catalog.support\n  fields:\n    slug: yorisoi-hotline\n"
    (tmp_path / "catalog/02_supports_first.yaml").write_text(kept)
    text = export_files(tmp_path)["catalog/02_supports_first.yaml"]
    assert text.startswith(
        "# Who these are\n\n- model: catalog.support\n  fields:\n    slug: yorisoi-hotline\n    name:"
    )
    assert text.count("model: catalog.support\n") == 1


def test_the_desks_own_bookkeeping_is_not_exported() -> None:
    Support.objects.update(version=3)
    assert not any("version:" in text for text in export_files().values())
