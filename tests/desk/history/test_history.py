"""Nothing is lost: every edit is told, and any version of a whole entry can be seen and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from catalog.models import (
    FAQ,
    AudienceTag,
    ChildWords,
    Contact,
    Hours,
    Source,
    Support,
    Tip,
    TipSource,
    Worry,
    bulk_history,
)
from desk.admin.base import ContentAdmin
from desk.history.locking import locked_for_edit
from desk.history.restoring import restore
from desk.history.states import past_edits, same_state, state_now
from tests.catalog.samples import change, make_support
from tests.desk.forms import opened, text_of
from tests.desk.people import person, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def sato() -> Client:
    return writer("さとう")


@pytest.fixture
def tip() -> Tip:
    tip = Tip.objects.create(slug="sample", title="はじめの題", body="はじめの本文", standpoint="nurse")
    for position, title in enumerate(("一つめ", "二つめ")):
        TipSource.objects.create(tip=tip, title=title, publisher="official", position=position)
    return tip


@pytest.fixture
def support() -> Support:
    """An entry as loaddata leaves it: with everything, and without a history."""
    with bulk_history.unrecorded():
        support = make_support("akari", "あかり電話", page_date="2026-01")
        contact = support.contacts.get()
        Hours.objects.create(contact=contact, days=["mon", "tue"], opens="09:00", closes="17:00")
        Contact.objects.create(support=support, via="web", value="https://akari.example/", position=1)
        ChildWords.objects.create(support=support, name="あかりでんわ")
        support.tags.add(*AudienceTag.objects.all()[:2])
    return support


def page(entry: Any, name: str, *more: int) -> str:
    return reverse(f"admin:catalog_{entry._meta.model_name}_{name}", args=[entry.pk, *more])


def save(client: Client, entry: Any, **changes: Any) -> None:
    url = page(entry, "change")
    assert client.post(url, opened(client, url) | changes).status_code == 302


def bring_back(client: Client, entry: Any, number: int) -> Any:
    form = {"_version": type(entry).objects.get(pk=entry.pk).version}
    return client.post(page(entry, "restore", number), form, follow=True)


def test_one_save_is_one_line_with_who_what_and_the_rows(tip: Tip, sato: Client) -> None:
    save(sato, tip, **{"title": "新しい題", "sources-0-title": "新しい資料", "sources-1-DELETE": "on"})
    newest = text_of(sato.get(page(tip, "history"))).split("はじめの内容を見る")[0]
    for words in (
        "さとう",
        "はじめの題",
        "新しい題",
        "資料の名前",
        "一つめ",
        "新しい資料",
        "ヒントの出典「二つめ」がなくなった",
    ):
        assert words in newest
    assert "はじめの本文" not in newest


def test_values_are_told_in_words(support: Support, sato: Client) -> None:
    with locked_for_edit(support, reason="直した") as entry:
        entry.kind, entry.crisis, entry.languages = "programme", True, ["ja", "en"]
        entry.main_worry = Worry.objects.get(code="work")
        entry.tags.clear()
        rule = entry.contacts.get(via="phone").hours.get()
        rule.days = ["sat", "holiday"]
        rule.save()
    tags = "、".join(str(tag) for tag in AudienceTag.objects.all()[:2])
    newest = text_of(sato.get(page(support, "history"))).split("はじめの内容を見る")[0]
    for words in (
        "種類 相談窓口 制度",
        "命・安全の窓口 いいえ はい",
        "使えることば 日本語 日本語、英語",
        f"いちばん合う悩み 気持ちや悩みを話す {Worry.objects.get(code='work')}",
        f"対象 {tags} （なし）",
        "連絡先「電話 0120-000-000」が変わった",
        "受付時間 月・火 9:00-17:00 土・祝日 9:00-17:00",
    ):
        assert words in newest


def test_what_the_fixtures_brought_can_be_had_back_whole(support: Support) -> None:
    found = state_now(support)
    with locked_for_edit(support, reason="直した") as entry:
        entry.name = "べつの名前"
        entry.worries.set(Worry.objects.filter(code="work"))
        entry.tags.clear()
        entry.contacts.all().delete()
        entry.sources.all().delete()
        entry.child_words.delete()
        Contact.objects.create(support=entry, via="phone", value="0120-111-111", charge="free")
    first, second = past_edits(support)
    assert same_state(first.after, found)
    assert same_state(second.after, state_now(support))
    restore(support, first.after, seen=1, reason="もどした")
    assert same_state(state_now(support), found)
    assert Hours.objects.get(contact__support=support).opens == "09:00"
    restore(support, second.after, seen=2, reason="もどした")
    assert same_state(state_now(support), second.after)


def test_rows_that_changed_places_can_be_had_back(support: Support) -> None:
    found = state_now(support)
    phone, web = support.contacts.order_by("position")
    with locked_for_edit(support, reason="並べかえ"):
        for row, position in ((phone, 7), (web, 0), (phone, 1)):
            row.position = position
            row.save()
    restore(support, past_edits(support)[0].after, seen=None, reason="もどした")
    assert same_state(state_now(support), found)


def test_what_was_changed_past_the_desk_is_kept_too(tip: Tip, sato: Client) -> None:
    change(tip, title="SQLで変えた題")
    save(sato, tip, title="さとうの題")
    titles = [edit.after[Tip, tip.pk]["title"] for edit in past_edits(tip)]
    assert titles[-2:] == ["SQLで変えた題", "さとうの題"]
    assert "編集室の外での変更" in sato.get(page(tip, "history")).content.decode()


def test_restoring_through_the_page_is_an_edit_of_its_own(tip: Tip, sato: Client) -> None:
    before = state_now(tip)
    count = len(past_edits(tip))
    save(sato, tip, **{"title": "新しい題", "sources-0-title": "新しい資料", "sources-1-DELETE": "on"})
    assert "題 新しい題 はじめの題" in text_of(sato.get(page(tip, "restore", count)))
    assert Tip.objects.get(pk=tip.pk).title == "新しい題", "asking does not do it"
    answer = bring_back(sato, tip, count)
    assert same_state(state_now(tip), before)
    assert f"{count}番の版" in answer.content.decode()
    newest = past_edits(tip)[-1]
    assert (newest.who, newest.version) == ("さとう", 2)
    assert "もどした" in newest.reason


def test_restoring_what_is_already_so_is_no_edit(tip: Tip, sato: Client) -> None:
    count = len(past_edits(tip))
    bring_back(sato, tip, count)
    assert len(past_edits(tip)) == count


def test_whoever_restores_late_is_told_and_changes_nothing(tip: Tip, sato: Client) -> None:
    save(sato, tip, title="新しい題")
    late = {"_version": Tip.objects.get(pk=tip.pk).version}
    save(writer("すずき"), tip, title="もっと新しい題")
    answer = sato.post(page(tip, "restore", 1), late, follow=True)
    assert "ほかの人がこの内容を変えました" in answer.content.decode()
    assert Tip.objects.get(pk=tip.pk).title == "もっと新しい題"


def test_what_it_named_is_gone_since_and_nothing_is_half_restored(sato: Client) -> None:
    area = Worry.objects.create(code="area", label="大きな分野")
    topic = Worry.objects.create(code="topic", label="小さな分野", parent=area)
    save(sato, topic, label="新しい呼び名", parent="")
    area.delete()
    assert "もどせませんでした" in bring_back(sato, topic, 1).content.decode()
    topic.refresh_from_db()
    assert (topic.label, topic.parent, topic.version) == ("新しい呼び名", None, 1)


def test_an_entry_keeps_its_code_when_an_older_version_comes_back(sato: Client) -> None:
    faq = FAQ.objects.create(slug="old", group="site", question="質問", answer="答え")
    change(faq, slug="new")
    save(sato, faq, answer="新しい答え")
    bring_back(sato, faq, 1)
    faq.refresh_from_db()
    assert (faq.slug, faq.answer, faq.version) == ("new", "答え", 2)


def test_a_restore_that_breaks_half_way_leaves_everything(support: Support, monkeypatch: pytest.MonkeyPatch) -> None:
    with locked_for_edit(support, reason="直した") as entry:
        entry.name = "べつの名前"
        entry.contacts.all().delete()
    now = state_now(support)

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Hours, "save", broken)
    with pytest.raises(RuntimeError):
        restore(support, past_edits(support)[0].after, seen=1, reason="もどした")
    assert same_state(state_now(support), now)


def test_any_two_versions_can_be_compared(tip: Tip, sato: Client) -> None:
    count = len(past_edits(tip))
    for title in ("二番めの題", "三番めの題"):
        save(sato, tip, title=title)
    assert "題 二番めの題 はじめの題" in text_of(sato.get(page(tip, "version", count), {"with": str(count + 1)}))
    assert "題 三番めの題 はじめの題" in text_of(sato.get(page(tip, "version", count)))
    assert sato.get(page(tip, "version", count), {"with": "99"}).status_code == 404
    assert sato.get(page(tip, "version", 99)).status_code == 404


def test_who_may_look_may_not_restore(tip: Tip, sato: Client) -> None:
    save(sato, tip, title="新しい題")
    viewer = person("たなか", "view")
    assert viewer.get(page(tip, "history")).status_code == 200
    looked = viewer.get(page(tip, "version", 1))
    assert looked.status_code == 200
    assert page(tip, "restore", 1) not in looked.content.decode()
    assert viewer.get(page(tip, "restore", 1)).status_code == 403
    assert bring_back(viewer, tip, 1).status_code == 403
    assert Tip.objects.get(pk=tip.pk).title == "新しい題"


@pytest.mark.parametrize("name", ["history", "version", "restore"])
def test_who_may_not_look_sees_no_history(tip: Tip, name: str) -> None:
    url = page(tip, name) if name == "history" else page(tip, name, 1)
    assert person("たなか").get(url).status_code == 403
    assert Client().get(url).status_code == 302


def test_the_first_start_records_everything_once(support: Support) -> None:
    with bulk_history.unrecorded():
        tip = Tip.objects.create(slug="sample", title="題", body="本文")
    bulk_history.record_first()
    bulk_history.record_first()
    for entry in (support, tip):
        (first,) = past_edits(entry)
        assert (first.reason, first.who) == ("はじめの内容", "")
        assert same_state(first.after, state_now(entry))


def test_the_first_start_costs_the_same_however_much_there_is(django_assert_max_num_queries: Any) -> None:
    assert Support.objects.count() > 200
    with django_assert_max_num_queries(140):
        bulk_history.record_first()
    support = Support.objects.order_by("pk").last()
    assert support is not None
    assert same_state(past_edits(support)[0].after, state_now(support))


def test_the_pages_ask_as_often_for_many_edits_and_rows_as_for_few(
    support: Support, sato: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        with locked_for_edit(support, reason="") as entry:
            entry.name = f"{number}番の電話"
            Source.objects.create(support=support, title=f"資料{number}", publisher="npo", position=number + 1)
    for url in (page(support, "history"), page(support, "version", 3), page(support, "restore", 3)):
        with django_assert_max_num_queries(40):
            assert sato.get(url).status_code == 200
    assert "「資料3」" not in text_of(sato.get(page(support, "history")))
    assert "「資料3」" in text_of(sato.get(page(support, "history"), {"p": 2}))


def test_prepare_site_leaves_a_site_in_use_alone() -> None:
    before = FAQ.history.count()
    call_command("prepare_site", verbosity=0)
    assert FAQ.history.count() == before


def test_the_admin_of_an_entry_offers_no_deletion(tip: Tip) -> None:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    assert not ContentAdmin(Tip, AdminSite()).has_delete_permission(request, tip)
