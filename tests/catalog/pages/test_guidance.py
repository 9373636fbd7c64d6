"""What a page makes of an entry that a text links."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.directory.directory import Directory, DirectoryNow
from catalog.pages.guidance import prose, public_html, public_markdown
from catalog.text import markdown
from tests.catalog.samples import Row, contact_row, directory_of, support_row, weekday_row
from tests.conftest import japan

NOON, NIGHT = "2026-11-16 12:00", "2026-11-16 03:00"  # a Monday
TEXT = "- [あかり](support:akari)：話せます"


def directory(*contacts: Row, **entry: Any) -> Directory:
    return directory_of(support_row("akari", "あかり電話", contacts=list(contacts), **entry))


def shown(*contacts: Row, text: str = TEXT, moment: str = NOON, **entry: Any) -> str:
    return prose(text, DirectoryNow(directory(*contacts, **entry), japan(moment)))


def address(one: Directory) -> str:
    return f"/list/{one.supports['akari'].public_id}/"


def test_an_entry_is_a_link_to_its_page_with_its_number_to_tap() -> None:
    html = shown(contact_row("0120-000-000"))
    assert f'<a href="{address(directory())}">あかり</a>' in html
    assert 'href="tel:0120000000"' in html
    assert "0120-000-000" in html
    assert "無料" in html


def test_the_state_is_that_of_the_moment() -> None:
    assert "いま つながります（17:00まで）" in shown(weekday_row())
    assert "いまは時間外です。次はきょう 9:00から" in shown(weekday_row(), moment=NIGHT)


def test_what_no_page_confirms_is_said_to_be_unconfirmed() -> None:
    html = shown(contact_row(confirmed=False))
    assert "（目安）" in html
    assert "まだ確かめていません" in html
    assert "まだ確かめていません" not in shown(contact_row())


def test_a_closed_number_gives_way_to_one_that_answers() -> None:
    free, paid = weekday_row("0120-000-000"), contact_row("03-0000-0000", charge="paid")
    assert "0120-000-000" in shown(free, paid)
    assert "03-0000-0000" in shown(free, paid, moment=NIGHT)


def test_a_number_that_cannot_be_tapped_is_written() -> None:
    html = shown(contact_row("#8000"))
    assert "#8000" in html
    assert "tel:" not in html


def test_the_way_to_reach_it_can_be_chosen() -> None:
    chat = contact_row("https://chat.example/", via="chat")
    html = shown(contact_row(), chat, text="[あかり](support:akari#chat)")
    assert 'href="https://chat.example/"' in html
    assert "0120" not in html


@pytest.mark.parametrize("slug", ["gone", "AKARI", "%3Cb%3E"])
def test_an_entry_that_is_not_public_stays_a_word(slug: str) -> None:
    html = shown(contact_row(), text=f"[あかり](support:{slug})へ")
    assert html.strip() == "<p>あかりへ</p>"


def test_an_ended_entry_shows_no_number() -> None:
    html = shown(contact_row(), status="ended", replaced_note="終わりました。")
    assert "tel:" not in html


def test_nothing_of_an_entry_or_a_text_is_code() -> None:
    html = shown(contact_row(label="<b>夜</b>"), text="[<i>あ</i>](support:akari)")
    assert "&lt;b&gt;夜&lt;/b&gt;" in html
    assert "<i>" not in html


def test_programs_get_the_public_address() -> None:
    one = directory(contact_row())
    html, text = public_html(TEXT, one), public_markdown(TEXT, one)
    assert f'{address(one)}">あかり</a>' in html
    assert f"{address(one)})：話せます" in text
    assert "support:" not in html + text
    assert "0120" not in html + text


def test_the_words_alone_carry_neither_address_nor_number() -> None:
    assert markdown.to_text(TEXT) == "あかり：話せます"


def test_links_to_elsewhere_stay_as_they_are() -> None:
    html = shown(text="[外](https://example.org/)")
    assert '<a href="https://example.org/" rel="noreferrer">外</a>' in html
