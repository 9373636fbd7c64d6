"""Content out, as the fixture files."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
pytestmark = pytest.mark.django_db


def test_the_export_of_the_fixtures_is_the_fixtures_to_the_byte(tmp_path: Path) -> None:
    call_command("export_fixtures", str(tmp_path), verbosity=0)
    kept = {path.relative_to(FIXTURES): path.read_bytes() for path in FIXTURES.rglob("*.yaml")}
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert sorted(written) == sorted(kept)
    for name, content in kept.items():
        assert written[name] == content, name
