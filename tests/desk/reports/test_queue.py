"""The desk's queue of reports: what it names, where its links lead, who may look and who may close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from catalog.directory.loading import public_id_of
from catalog.models import Support
from desk.accounts.groups import APPROVER, EDITOR, MANAGER, VIEWER
from desk.reports import views
from reports.models import CLOSED_ARE_KEPT, Outcome, Report, Wrong
from tests.desk.conftest import SignIn
from tests.desk.people import person

pytestmark = pytest.mark.django_db
QUEUE, CLOSE, FRONT = "/desk/reports/", "/desk/reports/close/", "/desk/"


@pytest.fixture
def line() -> Support:
    """An entry with several contacts."""
    return next(s for s in Support.objects.filter(publication="published").order_by("slug") if s.contacts.count() > 2)


def reported(support: Support, wrong: Wrong = Wrong.OTHER, contact: str = "", text: str = "") -> Report:
    report = Report.of(support.slug, wrong, contact, text)
    report.save()
    return report


def text(client: Client, address: str = QUEUE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def close(client: Client, *reports: Report, outcome: str = "mended", **more: Any) -> Any:
    return client.post(CLOSE, {"report": [report.pk for report in reports], "outcome": outcome, **more})


FIELD_OF: dict[Wrong, Callable[[int], str]] = {
    Wrong.NUMBER: lambda row: f"id_contacts-{row}-value",
    Wrong.HOURS: lambda row: f"id_contacts-{row}-rules",
    Wrong.ENDED: lambda _: "id_status",
    Wrong.WORDS: lambda _: "id_when_to_use",
}


@pytest.mark.parametrize("wrong", FIELD_OF)
def test_a_report_leads_to_the_field_that_it_speaks_of(editor: Client, line: Support, wrong: Wrong) -> None:
    row = 1
    contact = list(line.contacts.all())[row].value
    reported(line, wrong, contact if wrong.is_of_a_contact else "", "かえたほうがいいです")
    page = text(editor)
    assert line.name in page
    assert wrong.label in page
    assert "かえたほうがいいです" in page
    address = f"/desk/catalog/support/{line.pk}/change/#{FIELD_OF[wrong](row)}"
    assert f'href="{address}"' in page
    form, field = urldefrag(address)
    assert f'id="{field}"' in text(editor, form)


def test_a_number_that_was_corrected_since_is_named_as_such(editor: Client, line: Support) -> None:
    reported(line, Wrong.NUMBER, "0120-000-000")
    page = text(editor)
    assert "もう直したか消してあります" in page
    assert "#contacts-group" in page
    assert 'id="contacts-group"' in text(editor, f"/desk/catalog/support/{line.pk}/change/")


def test_a_report_on_an_entry_that_has_another_name_now_is_not_lost(editor: Client, line: Support) -> None:
    report = reported(line)
    Support.objects.filter(pk=line.pk).update(slug="another-name")
    assert report.slug in text(editor)


def test_what_somebody_wrote_is_shown_as_text(editor: Client, line: Support) -> None:
    reported(line, text="<script>alert(1)</script>")
    assert "<script>alert" not in text(editor)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_closed_report_says_how_by_whom_and_when(editor: Client, line: Support, outcome: Outcome) -> None:
    closed, other = reported(line, text="閉じるほう"), reported(line, text="残るほう")
    close(editor, closed, outcome=outcome.value)
    page = text(editor)
    assert page.index("残るほう") < page.index("閉じたもの") < page.index("閉じるほう")
    closed.refresh_from_db()
    assert (closed.outcome, closed.closed_by) == (outcome, User.objects.get(username="さとう"))
    assert closed.closed_at
    assert "さとうさん" in page
    assert outcome.label in page[page.index("閉じるほう") :]
    other.refresh_from_db()
    assert not other.outcome


def test_what_somebody_closed_meanwhile_keeps_its_outcome(editor: Client, approver: Client, line: Support) -> None:
    report = reported(line)
    close(approver, report, outcome="right")
    close(editor, report, outcome="prank")
    report.refresh_from_db()
    assert report.outcome == "right"


def test_a_flood_is_closed_a_page_at_a_time(editor: Client, line: Support, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "REPORTS_A_PAGE", 3)
    flood = [reported(line, text=f"いたずら{n}") for n in range(5)]
    page = text(editor)
    assert page.count("いたずら") > 3
    assert "2ページのうち 1" in page
    editor.post(CLOSE, {"shown": [report.pk for report in flood[:3]], "all": "1", "outcome": "prank"})
    assert Report.objects.still_open().count() == 2


def test_a_press_without_a_tick_closes_nothing_and_says_so(editor: Client, line: Support) -> None:
    report = reported(line)
    for wish in ({"outcome": "mended"}, {"report": report.pk}, {"report": "x" * 30, "outcome": "mended"}):
        assert "しるしをつけてから" in editor.post(CLOSE, wish, follow=True).content.decode()
    assert Report.objects.still_open().count() == 1


def test_what_was_closed_long_ago_is_forgotten(editor: Client, line: Support) -> None:
    old, fresh, waiting = (reported(line, text=words) for words in ("むかし", "さいきん", "まだ"))
    close(editor, old, fresh)
    Report.objects.filter(pk=old.pk).update(closed_at=timezone.now() - CLOSED_ARE_KEPT - timedelta(days=1))
    close(editor, waiting)
    assert set(Report.objects.values_list("text", flat=True)) == {"さいきん", "まだ"}


def test_the_front_page_counts_what_waits(editor: Client, line: Support) -> None:
    assert "まだ閉じていない知らせはありません" in text(editor, FRONT)
    closed = reported(line, text="あ")
    reported(line, text="い")
    reported(line, text="う")
    close(editor, closed)
    assert "まだ閉じていないもの <b>2件</b>" in text(editor, FRONT)


# Who may


@pytest.mark.parametrize(("role", "may_close"), [(VIEWER, False), (EDITOR, True), (APPROVER, True), (MANAGER, True)])
def test_every_role_looks_and_all_but_viewers_close(sign_in: SignIn, line: Support, role: str, may_close: bool) -> None:
    report = reported(line, text="だれが見てよいか")
    client = sign_in("ひと", role)
    page = text(client)
    assert "だれが見てよいか" in page
    assert ('name="outcome"' in page) == may_close
    assert close(client, report).status_code == (302 if may_close else 403)
    report.refresh_from_db()
    assert bool(report.outcome) == may_close


def test_staff_of_no_group_and_strangers_see_nothing(line: Support) -> None:
    report = reported(line)
    outsider = person("けいり")
    assert [outsider.get(QUEUE).status_code, close(outsider, report).status_code] == [403, 403]
    assert [Client().get(QUEUE).status_code, close(Client(), report).status_code] == [302, 302]
    assert Report.objects.still_open().count() == 1


def test_looking_changes_nothing_and_a_forged_press_is_refused(editor: Client, line: Support) -> None:
    report = reported(line)
    assert editor.post(QUEUE).status_code == 405
    assert editor.get(CLOSE).status_code == 405
    editor.handler.enforce_csrf_checks = True
    assert close(editor, report).status_code == 403


def test_however_many_reports_the_page_asks_as_often(
    editor: Client, line: Support, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        reported(line, Wrong.NUMBER, text=str(n))
    with django_assert_max_num_queries(25):
        text(editor)


def test_a_preview_sends_no_report(editor: Client, line: Support) -> None:
    path = f"/desk/preview/now/list/{public_id_of(line.slug)}/report/"
    assert editor.post(path, {"wrong": "other", "send": "1"}).status_code == 302
    assert not Report.objects.exists()
