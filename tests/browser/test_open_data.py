"""The pages for municipalities and developers: a file is saved, the API is tried in place. How they look: test_kinds_of_pages.py."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from playwright.sync_api import expect

from .conftest import Visit


def test_a_request_is_tried_in_place_and_leaves_no_trace_in_the_address(visit: Visit) -> None:
    page = visit("/open-data/api/")
    step = page.locator(".operation", has=page.locator("#conversation_step"))
    step.get_by_label("本文").fill(json.dumps({"flow": "general", "answers": {}}))
    step.get_by_role("button", name="送ってみる").click()
    expect(step.get_by_role("status")).to_have_text("答え: 200")
    answer = json.loads(step.locator("[data-answer-here]").inner_text())
    assert answer["question"]["key"]
    assert page.url.endswith("/open-data/api/")


def test_a_request_to_another_site_is_not_sent(visit: Visit) -> None:
    page = visit("/open-data/api/")
    form = page.locator("form[data-try]").first
    form.get_by_label("試す").fill("https://elsewhere.example/")
    form.get_by_role("button").click()
    expect(form.get_by_role("status")).to_contain_text("このサイトのアドレスだけ")


def test_without_scripts_everything_is_there_but_the_trying(visit: Visit) -> None:
    page = visit("/open-data/api/", scripts=False)
    expect(page.get_by_role("heading", name="支援の一覧")).to_be_visible()
    expect(page.get_by_text("curl", exact=False).first).to_be_visible()
    expect(page.locator("form[data-try]").first).to_be_hidden()


def test_a_table_is_saved_to_open_in_a_spreadsheet(visit: Visit, tmp_path: Path) -> None:
    page = visit("/open-data/")
    with page.expect_download() as download:
        page.get_by_role("link", name="contacts.csv").click()
    assert download.value.suggested_filename == "notalone-r1-contacts.csv"
    download.value.save_as(tmp_path / "contacts.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "contacts.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) > 200
