"""はじめに見せるもの: what each answer brings up first, in words, and what is lacking."""

from __future__ import annotations

import pytest
from django.test import Client

from catalog.models import Support
from tests.desk.editing_forms import address, looker, opened, said, stranger, writer
from tests.site.browsing import Page

pytestmark = pytest.mark.django_db
RENT = "/desk/topics/?worry=rent"


@pytest.fixture
def line() -> Support:
    """The one line that is named first for those who cannot pay the rent."""
    supports = list(Support.objects.all())
    for support in supports:
        support.firsts = [first for first in support.firsts if not first.startswith("rent ")]
    Support.objects.bulk_update(supports, ["firsts"], batch_size=100)
    named = Support.objects.get(slug="yorisoi-hotline")
    Support.objects.filter(pk=named.pk).update(firsts=["rent 2 if tag:parent worry:food unless age:a65"])
    return named


def test_an_answer_shows_whom_it_brings_up_first_and_on_which_condition(viewer: Client, line: Support) -> None:
    response = viewer.get(RENT, follow=True)
    page = response.content.decode()
    assert response.redirect_chain[0][0].startswith("/desk/topics/general/")
    assert "「食べるものに困っている」の悩みがある人か、子どもを育てている方だけ、「65歳以上」の人をのぞく" in page
    assert f"{address(line)}#id_firsts" in page


def test_a_topic_without_somebody_to_talk_to_is_marked_in_the_list_of_questions(viewer: Client, line: Support) -> None:
    assert "話せる相談先" not in viewer.get("/desk/topics/").content.decode()
    Support.objects.filter(pk=line.pk).update(firsts=[])
    assert "たりない: 話せる相談先" in viewer.get("/desk/topics/").content.decode()


def test_the_form_says_the_lines_in_words_also_to_who_only_looks(line: Support) -> None:
    for client in (writer(), looker()):
        words = client.get(address(line)).content.decode()
        assert f'href="{RENT}"' in words
        assert "の2番目" in words
    assert "rent 2 if" not in words


@pytest.mark.parametrize(
    ("field", "typed", "hint"),
    [
        ("firsts", "rentt 1", "もしかして: rent（"),
        ("firsts", "rent 1 if tag:parant", "もしかして: parent（"),
        ("needs", "worry:dept", "もしかして: debt（"),
        ("never_with", "tag", "「tag」は読めません"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_what_was_perhaps_meant(
    line: Support, field: str, typed: str, hint: str
) -> None:
    client = writer()
    page: Page = said(client, address(line), opened(client, address(line)) | {field: [typed]})
    assert hint in " ".join(element.text for element in page.all("ul", class_="errorlist"))


def test_who_may_not_see_the_entries_sees_no_topics() -> None:
    assert stranger().get("/desk/topics/").status_code == 403
