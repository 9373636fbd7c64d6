"""The page 公開する and the command name what does not stop publishing."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from catalog.models import Source, Support
from tests.catalog.samples import change, current

from .conftest import Content
from .test_page import page, press, words


def make_unsure(support: Support) -> None:
    """No source shows the number any more."""
    change(Source.objects.get(support=support), shows_numbers=[], shows_hours=[])


def part(html: str, heading: str) -> str:
    start = html.index(f'id="{heading}"')
    return html[start : html.index("</section>", start)]


def test_what_changes_is_named_before_all_else(content: Content, approver: Client) -> None:
    make_unsure(content.crisis)
    call_command("publish", by="はじめ", approved_by="つぎ", stdout=StringIO())
    make_unsure(content.line)
    html = page(approver)
    first, others = part(html, "concerns-title"), part(html, "other-concerns-title")
    assert "ひなた電話" in first
    assert "いのち電話" not in first
    assert "資料で確かめていない番号 1件" in words(others)
    assert "緊急の窓口 いのち電話" in words(others)
    assert reverse("admin:catalog_support_change", args=[content.crisis.pk]) in others
    assert html.index('id="concerns-title"') < html.index('id="other-concerns-title"')


def test_what_changes_stands_open_and_the_rest_is_folded_away(content: Content, approver: Client) -> None:
    make_unsure(content.crisis)
    call_command("publish", by="はじめ", approved_by="つぎ", stdout=StringIO())
    make_unsure(content.line)
    html = page(approver)
    assert "<details open>" in part(html, "concerns-title")
    assert "<details open>" not in part(html, "other-concerns-title")


def test_concerns_are_named_where_nothing_is_to_be_published_either(content: Content, viewer: Client) -> None:
    make_unsure(content.line)
    call_command("publish", by="はじめ", stdout=StringIO())
    assert "気をつけること" in page(viewer)


def test_publishing_stays_possible(content: Content, approver: Client) -> None:
    make_unsure(content.line)
    change(content.line, expires="2020-04")
    assert "を公開しています" in press(approver, "publish-now")
    assert current() != content.release


def test_without_concerns_nothing_is_said(content: Content, approver: Client) -> None:
    Source.objects.update(publisher_name="ひなたの会")
    content.edit_text()
    assert "気をつけること" not in page(approver)


def test_the_command_counts_them_by_kind(content: Content) -> None:
    make_unsure(content.line)
    change(content.crisis, expires="2020-04")
    said = StringIO()
    call_command("publish", by="はじめ", approved_by="つぎ", stdout=said)
    assert "・資料で確かめていない番号 1件" in said.getvalue()
    assert "・見直す月が来たもの 1件" in said.getvalue()
