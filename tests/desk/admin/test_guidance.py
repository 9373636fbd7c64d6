"""FAQ, tips, children's articles and the vocabulary, as a curator uses them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin import ModelAdmin
from django.test import Client, RequestFactory
from django.urls import reverse

from catalog.models import FAQ, AgeBand, AudienceTag, ChildArticle, CurrentRelease, Tip, TipSource, Worry
from catalog.release import serving
from desk.history.states import past_edits
from desk.site import desk
from tests.desk.forms import opened
from tests.desk.people import person, writer

pytestmark = pytest.mark.django_db
MODELS = [FAQ, Tip, ChildArticle, Worry, AgeBand, AudienceTag]


@pytest.fixture
def sato() -> Client:
    return writer("さとう")


@pytest.fixture
def faqs() -> list[FAQ]:
    """Three of one group, in which there are no others."""
    FAQ.objects.filter(group="site").delete()
    return [
        FAQ.objects.create(
            slug=f"sample-{n}", group="site", question=f"質問{n}", answer="答え", position=n, publication="draft"
        )
        for n in (1, 2, 3)
    ]


def url(model: Any, name: str, *more: Any) -> str:
    return reverse(f"admin:catalog_{model._meta.model_name}_{name}", args=more)


def act(client: Client, action: str, *rows: Any, among: str = "") -> Any:
    form = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(url(type(rows[0]), "changelist") + among, form, follow=True)


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_cost_few_queries_and_offer_no_deletion(
    model: Any, sato: Client, django_assert_max_num_queries: Any
) -> None:
    entry = model.objects.first()
    serving.current()  # a worker loads the Release once
    with django_assert_max_num_queries(14):
        page = sato.get(url(model, "changelist"))
    assert "delete_selected" not in page.content.decode()
    with django_assert_max_num_queries(14):
        form = sato.get(url(model, "change", entry.pk))
    assert url(model, "delete", entry.pk) not in form.content.decode()
    assert sato.post(url(model, "delete", entry.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_opening_and_saving_changes_nothing_in_any_entry(model: Any) -> None:
    """Line ends, blanks at the end, JSON: nothing may look changed that nobody touched."""
    admin: ModelAdmin[Any] = desk.get_model_admin(model)
    request = RequestFactory().get("/")
    request.user = type("Anyone", (), {"has_perm": lambda *_: True})()
    form_class = admin.get_form(request, None, change=True)
    for entry in model.objects.all():
        form = form_class(instance=entry)
        data = {
            bound.html_name: bound.value() for bound in form if bound.value() is not None and bound.value() is not False
        }
        assert form_class(data, instance=entry).changed_data == [], entry


def test_line_ends_of_a_browser_are_no_change(faqs: list[FAQ], sato: Client) -> None:
    faq = faqs[0]
    FAQ.objects.filter(pk=faq.pk).update(answer="一行め\n二行め")
    address = url(FAQ, "change", faq.pk)
    form = opened(sato, address) | {"answer": "一行め\r\n二行め"}
    assert sato.post(address, form).status_code == 302
    faq.refresh_from_db()
    assert (faq.answer, faq.version) == ("一行め\n二行め", 0)


def test_archiving_hides_and_loses_nothing(faqs: list[FAQ], sato: Client) -> None:
    act(sato, "archive", faqs[0], faqs[1])
    plain = sato.get(url(FAQ, "changelist")).content.decode()
    assert "質問1" not in plain
    assert "質問3" in plain
    for question in ({"publication": "archived"}, {"publication": "all"}, {"q": "質問1"}):
        assert "質問1" in sato.get(url(FAQ, "changelist"), question).content.decode()
    assert past_edits(faqs[0])[-1].reason == "しまった"
    act(sato, "back_to_draft", faqs[0], among="?publication=archived")
    faqs[0].refresh_from_db()
    assert (faqs[0].publication, faqs[0].version) == ("draft", 2)
    assert past_edits(faqs[0])[-1].reason == "下書きにもどした"


def test_who_may_only_look_neither_archives_nor_moves(faqs: list[FAQ]) -> None:
    viewer = person("たなか", "view")
    assert 'value="archive"' not in viewer.get(url(FAQ, "changelist")).content.decode()
    act(viewer, "archive", faqs[0])
    assert 'value="archive"' in writer("さとう").get(url(FAQ, "changelist")).content.decode()
    assert viewer.post(url(FAQ, "move", faqs[0].pk, "down")).status_code == 403
    assert not FAQ.objects.filter(group="site", publication="archived").exists()
    assert [faq.position for faq in FAQ.objects.filter(group="site")] == [1, 2, 3]


def test_buttons_move_an_entry_among_its_own(faqs: list[FAQ], sato: Client) -> None:
    before = list(FAQ.objects.exclude(group="site").values_list("slug", "position"))
    list_url = f"http://testserver{url(FAQ, 'changelist')}?group__exact=site"
    answer = sato.post(url(FAQ, "move", faqs[2].pk, "up"), headers={"referer": list_url})
    assert answer.headers["Location"] == list_url
    order = FAQ.objects.filter(group="site").values_list("question", flat=True)
    assert list(order) == ["質問1", "質問3", "質問2"]
    assert list(FAQ.objects.exclude(group="site").values_list("slug", "position")) == before
    assert past_edits(faqs[2])[-1].reason == "並べかえ"
    sato.post(url(FAQ, "move", faqs[0].pk, "up"))
    assert list(order.all()) == ["質問1", "質問3", "質問2"], "the first has nowhere to go"


def test_equal_positions_are_told_apart_by_a_move(faqs: list[FAQ], sato: Client) -> None:
    FAQ.objects.filter(group="site").update(position=5)
    first, second, _ = FAQ.objects.filter(group="site")
    sato.post(url(FAQ, "move", second.pk, "up"))
    assert list(FAQ.objects.filter(group="site"))[:2] == [second, first]


def test_moving_is_a_post(faqs: list[FAQ], sato: Client) -> None:
    assert sato.get(url(FAQ, "move", faqs[0].pk, "down")).status_code == 405
    assert sato.post(url(FAQ, "move", faqs[0].pk, "sideways")).status_code == 404


def test_a_new_source_of_a_tip_goes_last(sato: Client) -> None:
    tip = Tip.objects.create(slug="sample", title="題", body="本文")
    TipSource.objects.create(tip=tip, title="一つめ", publisher="official", position=4)
    address = url(Tip, "change", tip.pk)
    fields = {"publisher": "npo", "publisher_name": "ひなたの会"}
    new = {f"sources-{n}-{name}": value for n in (1, 2) for name, value in {"title": f"新{n}", **fields}.items()}
    sato.post(address, opened(sato, address) | {"sources-TOTAL_FORMS": 3} | new)
    assert list(tip.sources.values_list("title", "position")) == [("一つめ", 4), ("新1", 5), ("新2", 6)]


def test_markdown_is_shown_as_it_will_look(sato: Client) -> None:
    faq = FAQ.objects.create(slug="sample", group="site", question="質問", answer="**大切**です")
    assert "<strong>大切</strong>" in sato.get(url(FAQ, "change", faq.pk)).content.decode()
    answer = sato.post(reverse("admin:markdown"), {"text": "- 一つ\n\n<script>alert(1)</script>"}).content.decode()
    assert "<li>一つ</li>" in answer
    assert "<script>" not in answer
    assert Client().post(reverse("admin:markdown"), {"text": "x"}).status_code == 302


def test_a_text_is_drawn_with_the_numbers_of_the_entries_that_it_names(sato: Client) -> None:
    text = "[よりそい](support:yorisoi-hotline)"
    faq = FAQ.objects.create(slug="sample", group="site", question="質問", answer=text)
    drawn = sato.post(reverse("admin:markdown"), {"text": text}).content.decode()
    for page in (drawn, sato.get(url(FAQ, "change", faq.pk)).content.decode()):
        assert 'href="tel:0120279338"' in page
        assert "いま つながります（24時間）" in page


def test_a_text_is_drawn_before_anything_is_public(sato: Client) -> None:
    CurrentRelease.objects.all().delete()
    serving.use(None)
    drawn = sato.post(reverse("admin:markdown"), {"text": "[よりそい](support:yorisoi-hotline)"})
    assert drawn.content.decode().strip() == "<p>よりそい</p>"


def test_a_link_to_an_entry_that_is_not_there_is_refused_in_words(sato: Client, faqs: list[FAQ]) -> None:
    address = url(FAQ, "change", faqs[0].pk)
    page = sato.post(address, opened(sato, address) | {"answer": "[あかり](support:akari-no-denwa)へ"})
    assert "リンク先の支援「akari-no-denwa」がないか" in page.content.decode()
    faqs[0].refresh_from_db()
    assert faqs[0].answer == "答え"


def test_kanji_without_a_reading_are_refused_in_words_for_children(sato: Client) -> None:
    form = {
        "slug": "sample",
        "kind": "hint",
        "easy_body": "学校",
        "teen_body": "｜学校《がっこう》",
        "publication": "draft",
    }
    page = sato.post(url(ChildArticle, "add"), form).content.decode()
    assert "「学校」によみがながありません" in page
    assert not ChildArticle.objects.filter(slug="sample").exists()


def test_only_areas_can_hold_topics(sato: Client) -> None:
    choices = sato.get(url(Worry, "add")).context["adminform"].form.fields["parent"].queryset
    assert choices.exists()
    assert all(worry.parent_id is None for worry in choices)


def test_the_vocabulary_says_why_it_cannot_be_deleted_and_who_uses_it(sato: Client) -> None:
    worry = Worry.objects.get(code="talk")
    page = sato.get(url(Worry, "change", worry.pk)).content.decode()
    assert "消すことはできません" in page
    assert f"{worry.supports.count()}件" in page
