"""A support on one page: hours as one types them, rows in their order, numbers in one form, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.directory.loading import public_id_of
from catalog.models import AgeBand, ChildWords, Contact, Hours, Source, Support, Worry
from tests.catalog.samples import make_support
from tests.desk.editing_forms import Fields, add_row, address, looker, opened, said, shown_hours, writer
from tests.site.browsing import Page

pytestmark = pytest.mark.django_db

PHONE = {"via": "phone", "value": "0120-000-001", "charge": "free", "ip_phone": "unknown"}


@pytest.fixture
def sato() -> Client:
    return writer()


@pytest.fixture
def akari() -> Support:
    """An entry with a telephone with hours, a website and two sources."""
    support = make_support("akari-no-denwa", "あかり電話", contact={"always_open": False}, conditions=["だれでも"])
    contact = support.contacts.get()
    Hours.objects.create(contact=contact, days=["mon", "tue"], opens="09:00", closes="17:00")
    Hours.objects.create(contact=contact, days=["sat"], opens="10:00", closes="16:00", position=1)
    Contact.objects.create(support=support, via="web", value="https://akari.example/", position=1)
    Source.objects.create(support=support, url="https://akari.example/2/", publisher="npo", position=1)
    return support


def errors(page: Page) -> str:
    return " ".join(element.text for element in page.all("ul", class_="errorlist"))


def test_saving_what_is_there_changes_nothing(sato: Client) -> None:
    """For entries of the real content: no row, no line of history beyond the entry's own."""
    slugs = ["yorisoi-hotline", "labor-conditions-hotline-multilingual", "child-sos-24h"]
    supports = list(Support.objects.filter(slug__in=slugs)) + list(
        Support.objects.filter(contacts__hours__weeks=[2])[:1]
    )
    assert len(supports) >= 3
    for support in supports:
        state = _state(support)
        page = said(sato, address(support), opened(sato, address(support)))
        assert not errors(page)
        for now, before in zip(_state(support), state, strict=True):
            assert now == before
        assert not Contact.history.filter(support_id=support.pk, history_type="~").exists()
        assert not Hours.history.filter(contact__in=support.contacts.all(), history_type__in="~-").exists()


def _state(support: Support) -> list[object]:
    rows: list[Any] = [Support.objects.filter(pk=support.pk), support.contacts, support.sources]
    rows.append(Hours.objects.filter(contact__support=support))
    values = [{name: row[name] for name in row.keys() - {"version"}} for query in rows for row in query.values()]
    return [*values, *support.worries.values_list("pk", flat=True), *support.tags.values_list("pk", flat=True)]


def test_hours_are_typed_a_rule_a_line_and_written_back_plainly(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari))
    assert fields["contacts-0-rules"] == ["月・火 9:00-17:00\n土 10:00-16:00"]
    fields["contacts-0-rules"] = ["月曜～水曜　９：００ー１７：００\n第２土曜 10時から12時半まで"]
    assert not errors(said(sato, address(akari), fields))
    contact = akari.contacts.get(via="phone")
    assert shown_hours(contact) == ["月〜水 9:00-17:00", "第2土 10:00-12:30"]
    assert opened(sato, address(akari))["contacts-0-rules"] == ["月〜水 9:00-17:00\n第2土 10:00-12:30"]
    assert {record.history_user.username for record in Hours.history.filter(history_type="~")} == {"さとう"}


def test_a_rule_that_stays_keeps_its_history_one_that_goes_is_in_it(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari))
    fields["contacts-0-rules"] = ["月・火 9:00-17:00"]
    said(sato, address(akari), fields)
    assert [(r.days, r.history_type) for r in Hours.history.exclude(history_type="+")] == [(["sat"], "-")]


def test_hours_that_a_person_left_alone_are_as_somebody_else_saved_them_meanwhile(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari))
    rule = akari.contacts.get(via="phone").hours.get(position=1)
    rule.days = ["sun"]
    rule.save()
    said(sato, address(akari), fields | {"contacts-0-note": ["ゆっくり話せます。"]})
    assert shown_hours(akari.contacts.get(via="phone")) == ["月・火 9:00-17:00", "日 10:00-16:00"]


def test_hours_that_cannot_be_read_are_named_and_stay_in_the_form(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari)) | {"summary": ["書きかけの文です。"]}
    fields["contacts-0-rules"] = ["月〜金 9:00-17:00\n土 あさから"]
    fields["contacts-0-closed_periods"] = ["年末年始"]
    page = said(sato, address(akari), fields)
    assert "2行目「土 あさから」" in errors(page)
    assert "「12月29日〜1月3日」のように" in errors(page)
    kept = {box["name"]: box.text for box in page.all("textarea")}
    assert kept["contacts-0-rules"] == "月〜金 9:00-17:00 土 あさから"
    assert kept["summary"] == "書きかけの文です。"
    assert page.one(id="id_contacts-0-closed_periods")["value"] == "年末年始"
    assert len(shown_hours(akari.contacts.get(via="phone"))) == 2


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"always_open": "on"}, "どちらかだけ"),
        ({"rules": "平日 9:00-17:00"}, "「祝日は休み」にチェックを"),
        ({"value": "03-1234"}, "電話番号の形になっていません"),
        ({"value": "0570-000-000"}, "「有料」にしてください"),
    ],
)
def test_an_error_of_a_contact_says_what_to_do(
    sato: Client, akari: Support, typed: dict[str, str], advice: str
) -> None:
    fields = opened(sato, address(akari)) | {f"contacts-0-{name}": [value] for name, value in typed.items()}
    assert advice in errors(said(sato, address(akari), fields))


def test_closures_are_typed_as_dates_and_kept_as_the_site_reads_them(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari))
    fields["contacts-0-closed_periods"] = ["１２月２９日～１月３日、8/13-8/16"]
    fields["contacts-0-closed_on_holidays"] = ["on"]
    fields["contacts-0-rules"] = ["平日 9:00-17:00"]
    assert not errors(said(sato, address(akari), fields))
    contact = akari.contacts.get(via="phone")
    assert (contact.closed_periods, contact.closed_on_holidays) == ("12-29/01-03 08-13/08-16", True)
    assert opened(sato, address(akari))["contacts-0-closed_periods"] == ["12月29日〜1月3日、8月13日〜16日"]


@pytest.mark.parametrize("typed", ["０１２０ー０００ー００２", "0120 - 000 - 002", "0120(000)002", "0120−000−002"])
def test_a_number_is_brought_into_one_form(sato: Client, akari: Support, typed: str) -> None:
    fields = opened(sato, address(akari)) | {"contacts-0-value": [typed]}
    assert not errors(said(sato, address(akari), fields))
    assert akari.contacts.get(via="phone").value == "0120-000-002"


def test_a_number_of_another_entry_is_pointed_out_and_saved(sato: Client, akari: Support) -> None:
    make_support("hikari", "ひかり電話", contact={"value": "0120-000-003"})
    fields = opened(sato, address(akari)) | {"contacts-0-value": ["0120000003"]}
    page = said(sato, address(akari), fields)
    assert "0120000003 は、「ひかり電話」の連絡先にもあります" in page.text
    assert akari.contacts.get(via="phone").value == "0120000003"


def test_rows_are_put_in_another_order(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari))
    fields |= {"contacts-0-place": ["2"], "contacts-1-place": ["1"]}
    assert not errors(said(sato, address(akari), fields))
    assert [(c.via, c.position) for c in akari.contacts.all()] == [("web", 0), ("phone", 1)]
    assert len(shown_hours(akari.contacts.get(via="phone"))) == 2
    assert Contact.history.filter(support_id=akari.pk, position__gt=100).count() == 0


def test_one_row_is_given_the_number_of_another(sato: Client, akari: Support) -> None:
    """Without scripts only the one number is typed."""
    Contact.objects.create(support=akari, via="fax", value="03-0000-0000", position=2)
    for index, place, order in (
        (2, "1", ["fax", "phone", "web"]),
        (0, "3", ["phone", "web", "fax"]),
        (1, "", ["phone", "fax", "web"]),
    ):
        fields = opened(sato, address(akari)) | {f"contacts-{index}-place": [place]}
        assert not errors(said(sato, address(akari), fields))
        assert [contact.via for contact in akari.contacts.all()] == order


def test_a_row_goes_another_moves_up_and_a_new_one_comes_first(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari)) | {"contacts-0-DELETE": ["on"]}
    add_row(fields, "contacts", place="1", **PHONE)
    assert not errors(said(sato, address(akari), fields))
    assert [(c.value, c.position) for c in akari.contacts.all()] == [("0120-000-001", 0), ("https://akari.example/", 1)]
    assert Contact.history.filter(history_type="-").get().history_user.username == "さとう"
    assert Hours.history.filter(history_type="-").count() == 2


def test_a_new_row_comes_last_and_the_others_stay(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari))
    add_row(fields, "contacts", rules="毎日 9:00-21:00", **PHONE)
    add_row(fields, "sources", title="パンフレット", publisher="official", publisher_name="ひなたの会")
    assert not errors(said(sato, address(akari), fields))
    assert [c.position for c in akari.contacts.all()] == [0, 1, 2]
    assert shown_hours(akari.contacts.get(position=2)) == ["毎日 9:00-21:00"]
    assert [s.title for s in akari.sources.all()] == ["あかり電話の案内", "", "パンフレット"]
    assert not Contact.history.filter(history_type="~").exists()


def test_nothing_is_half_saved(sato: Client, akari: Support, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("desk.editing.contact_hours.Hours.objects.create", fails)
    fields = opened(sato, address(akari)) | {"name": ["べつの名前"]}
    fields["contacts-0-rules"] = ["月 1:00-2:00\n火 1:00-2:00\n水 1:00-2:00"]
    with pytest.raises(RuntimeError):
        sato.post(address(akari), fields)
    akari.refresh_from_db()
    assert akari.name == "あかり電話"
    assert [rule.opens for rule in Hours.objects.filter(contact__support=akari)] == ["09:00", "10:00"]


def test_a_new_entry_is_written_whole(sato: Client) -> None:
    url = reverse("admin:catalog_support_add")
    talk = Worry.objects.get(code="listen")
    fields = opened(sato, url) | {name: [value] for name, value in {
        "name": "ひなた電話", "kana": "ヒナタデンワ", "slug": "hinata", "kind": "helpline", "operator": "ひなたの会", "reach": "national",
        "when_to_use": "話したいとき", "summary": "話を聞く電話です。", "conditions": "だれでも\n\n無料\n", "also_known_as": "ひなた",
        "main_worry": str(talk.pk), "expires": "２０２７年４月", "publication": "draft", "status": "active", "confidence": "high",
    }.items()}  # fmt: skip
    add_row(fields, "contacts", rules="毎日 0:00-24:00", **PHONE)
    add_row(
        fields, "sources", url="ｈｔｔｐｓ://hinata.example/", title="ひなた電話", publisher="npo", publisher_name="ひなたの会",
        page_date="２０２６年４月１日", shows_numbers="０１２０ー０００ー００１", confirms="金額\n期間",
    )  # fmt: skip
    band = AgeBand.objects.get(code="jh")
    texts = {f"teen_{part}": "｜話《はな》せます。" for part in ("what", "say", "if_busy")}
    add_row(
        fields,
        "child_words",
        name="ひなたでんわ",
        bands=str(band.pk),
        free="yes",
        name_needed="unknown",
        secret="unknown",
        **texts,
    )
    assert not errors(said(sato, url, fields))
    support = Support.objects.get(slug="hinata")
    assert support.conditions == ["だれでも", "無料"]
    assert support.also_known_as == ["ひなた"]
    assert support.languages == ["ja"]
    assert support.expires == "2027-04"
    assert list(support.worries.all()) == [talk], "the worry that fits best is one of those that fit"
    assert support.sources.get().url == "https://hinata.example/"
    source = support.sources.get()
    assert (source.page_date, source.confirms) == ("2026-04-01", ["金額", "期間"])
    assert (source.shows_numbers, support.verified_on) == (["0120-000-001"], "2026-04-01")
    assert support.child_words.bands.get() == band
    assert Contact.history.get(support_id=support.pk).history_user.username == "さとう"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"kana": "光電話"}, "ひらがなかカタカナで"),
        ({"expires": "来年"}, "2025-04-01"),
        ({"expires": "2027"}, "年と月を"),
        ({"declines": "everybody"}, "everybody"),
        ({"sources-0-page_date": "2026-13"}, "2025-04-01"),
        ({"sources-0-page_date": "2999-01-01"}, "まだ来ていない日"),
        ({"sources-0-title": ""}, "資料の名前を"),
        ({"sources-0-url": "https://note.com/akari/n/1"}, "もとのページ"),
        ({"age_min": "20", "age_max": "10"}, "「何歳から」より小さく"),
        ({"sources-0-url": "akari"}, "http:// か https://"),
        ({"languages": ""}, "必須"),
    ],
)
def test_an_error_of_the_entry_says_what_to_do(
    sato: Client, akari: Support, typed: dict[str, str], advice: str
) -> None:
    fields = opened(sato, address(akari)) | {name: [value] if value else [] for name, value in typed.items()}
    assert advice in errors(said(sato, address(akari), fields))


def test_kanji_without_a_reading_in_words_for_children_is_named(sato: Client, akari: Support) -> None:
    ChildWords.objects.create(support=akari, name="あかりでんわ")
    fields = opened(sato, address(akari)) | {"child_words-0-easy_what": ["電話で はなせるよ"]}
    assert "「電話」によみがながありません" in errors(said(sato, address(akari), fields))


def test_after_saving_hard_words_are_pointed_out_by_field(sato: Client, akari: Support) -> None:
    fields = opened(sato, address(akari)) | {
        "summary": ["いつでもお使いいただけます！"],
        "contacts-0-note": ["使えないわけではありません。"],
    }
    page = said(sato, address(akari), fields)
    warnings = " ".join(item.text for item in page.all("li", class_="warning"))
    assert "支援「どんなものか」の「いただけ」" in warnings
    assert "連絡先「かける前に知っておくこと」の「ないわけではありません」" in warnings
    akari.refresh_from_db()
    assert akari.summary == "いつでもお使いいただけます！", "it warns, it does not forbid"


def test_the_public_page_is_one_click_away_where_there_is_one(sato: Client, akari: Support, served: object) -> None:
    known = Support.objects.get(slug="yorisoi-hotline")
    assert f'href="/list/{public_id_of(known.slug)}/"' in sato.get(address(known)).content.decode()
    page = sato.get(address(akari)).content.decode()
    assert "まだ公開されていません" in page
    assert "公開ページで見る" not in page


def test_who_may_only_look_sees_everything_and_changes_nothing(akari: Support) -> None:
    tanaka = looker()
    page = tanaka.get(address(akari)).content.decode()
    assert "月・火 9:00-17:00" in page
    assert "今週の開いている時間" in page
    assert 'name="_save"' not in page
    fields: Fields = opened(writer(), address(akari)) | {"name": ["べつの名前"]}
    assert tanaka.post(address(akari), fields).status_code == 403
    assert tanaka.get(reverse("admin:catalog_support_add")).status_code == 403
    akari.refresh_from_db()
    assert akari.name == "あかり電話"


def test_the_form_asks_the_database_as_often_for_many_rows_as_for_few(sato: Client, akari: Support) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            sato.get(address(akari))
        return len(asked)

    queries()  # what Django remembers between requests is remembered from here on
    few = queries()
    for position in range(2, 20):
        contact = Contact.objects.create(support=akari, via="phone", value="0120-000-009", position=position)
        Hours.objects.create(contact=contact, days=["mon"], opens="09:00", closes="10:00")
        Source.objects.create(support=akari, title="資料", publisher="npo", position=position)
    assert queries() == few
    assert few < 40
