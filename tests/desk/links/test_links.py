"""The link checker: what it says of each kind of host, where it does not go, and what staff read afterwards."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from catalog.models import Contact, Source, Support, Tip
from desk.links import fetching
from desk.links.fetching import Answer, Outcome
from desk.links.hosts import Manners, is_public
from desk.links.running import answers
from desk.management.commands import check_links
from desk.models import LinkCheck
from tests.catalog.samples import make_support
from tests.desk.web import Web, running_web, self_signed


@pytest.fixture
def web() -> Iterator[Web]:
    with running_web() as web:
        yield web


# One address


def test_a_page_that_opens_is_asked_for_by_head_only_and_politely(web: Web) -> None:
    assert web.fetcher().check(web.url("page#part")) == Answer(Outcome.OK, 200, "")
    assert web.asked == [("HEAD", "good.example", "/page")]
    assert web.headers[0]["User-Agent"] == "link-check (+https://hitori.example/)"
    assert not {"Cookie", "Authorization", "Referer"} & set(web.headers[0])


def test_a_server_that_refuses_head_is_asked_again_by_get(web: Web) -> None:
    assert web.fetcher().check(web.url("no-head")).outcome is Outcome.OK
    assert [method for method, _, _ in web.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "ページがありません"), (410, "ページがありません"), (503, "不具合"), (400, "開けません")],
)
def test_a_page_that_is_gone_is_broken(web: Web, status: int, words: str) -> None:
    answer = web.fetcher().check(web.url(str(status)))
    assert (answer.outcome, answer.status) == (Outcome.BROKEN, status)
    assert words in answer.message


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_site_that_keeps_programs_out_is_not_called_broken(web: Web, status: int) -> None:
    answer = web.fetcher().check(web.url(str(status)))
    assert answer.outcome is Outcome.UNSURE
    assert "自動では確かめられません" in answer.message


def test_redirects_are_followed_and_named(web: Web) -> None:
    web.redirects = {"old": "/new", "new": web.url("newest", host="other.example")}
    answer = web.fetcher().check(web.url("old"))
    assert answer == Answer(Outcome.OK, 200, f"転送先: {web.url('newest', host='other.example')}")


def test_redirects_in_a_circle_and_without_end_stop(web: Web) -> None:
    web.redirects = {"a": "/b", "b": "/a"} | {f"r{n}": f"/r{n + 1}" for n in range(20)}
    assert "ぐるぐる" in web.fetcher().check(web.url("a")).message
    web.asked.clear()
    assert "転送が5回" in web.fetcher().check(web.url("r0")).message
    assert len(web.asked) == fetching.MOST_HOPS + 1


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/secret",
        "http://inner.example:{port}/secret",
        "http://metadata.example/latest/meta-data/",
        "http://half.example:{port}/secret",
        "http://localhost:{port}/secret",
        "http://user:password@good.example:{port}/secret",
        "file:///etc/passwd",
        "ftp://good.example/secret",
        "gopher://good.example/secret",
    ],
)
def test_no_redirect_leads_it_inside_or_to_another_scheme(web: Web, target: str) -> None:
    web.redirects = {"go": target.format(port=web.port)}
    answer = web.fetcher().check(web.url("go"))
    assert answer.outcome is Outcome.BROKEN
    assert "指しています" in answer.message or "パスワード" in answer.message
    assert {path for _, _, path in web.asked} == {"/go"}


def test_the_name_is_looked_up_once_a_request_and_the_connection_goes_where_was_looked(web: Web) -> None:
    """A name that changes its address after the look would have to be looked up a second time."""
    looked: list[str] = []

    def changes_its_mind(host: str, port: int) -> list[str]:
        looked.append(host)
        return ["127.0.0.2"] if len(looked) == 1 else ["127.0.0.1"]

    assert web.fetcher(look_up=changes_its_mind).check(web.url("page")).outcome is Outcome.OK
    assert len(looked) == len(web.asked) == 1


def test_a_slow_server_is_given_up(web: Web) -> None:
    start = time.monotonic()
    answer = web.fetcher(read_seconds=0.2).check(web.url("slow"))
    assert (answer.outcome, answer.message) == (Outcome.BROKEN, "時間内に返事がありません。")
    assert time.monotonic() - start < 2


def test_a_server_that_drips_for_ever_is_given_up(web: Web) -> None:
    start = time.monotonic()
    answer = web.fetcher(address_seconds=0.5).check(web.url("drip"))
    assert (answer.outcome, answer.message) == (Outcome.BROKEN, "時間内に返事がありません。")
    assert time.monotonic() - start < 2


def test_of_a_huge_page_only_the_beginning_is_read(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching.Fetcher, "_ask", lambda self, url, give_up: self._request("GET", url, give_up))
    assert web.fetcher().check(web.url("huge")).outcome is Outcome.OK
    assert web.sent < 20_000_000  # what the system's buffers took; the page has no end


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://nowhere.example/", "名前が見つかりません"),
        ("http://good.example:1/", "つながりません"),
        ("http://[broken/", "読めません"),
        ("http://good.example:99999/", "読めません"),
        ("https:///path", "公開されていないサーバー"),
        ("javascript:alert(1)", "http・https ではない"),
    ],
)
def test_what_cannot_be_asked_says_why(web: Web, address: str, words: str) -> None:
    answer = web.fetcher().check(address)
    assert (answer.outcome, answer.status) == (Outcome.BROKEN, None)
    assert words in answer.message


def test_what_is_not_http_is_an_answer_too(web: Web) -> None:
    assert "きまりに合っていません" in web.fetcher().check(web.url("rude")).message


def test_certificates_are_verified(tmp_path: Path) -> None:
    with running_web(self_signed(tmp_path, "good.example")) as web:
        nobodys = web.fetcher().check(web.url(scheme="https"))
        trusted = ssl.create_default_context(cafile=tmp_path / "crt")
        assert web.fetcher(context=trusted).check(web.url(scheme="https")).outcome is Outcome.OK
        anothers = web.fetcher(context=trusted).check(web.url(scheme="https", host="other.example"))
    assert "証明書を確かめられません" in nobodys.message
    assert "証明書を確かめられません" in anothers.message
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",  # noqa: S104
        "224.0.0.1", "224.0.1.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001:0:1::", "nonsense",
        "192.0.0.8", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.175.48.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1",
        "fec0::1", "::7f00:1", "::8.8.8.8", "5f00::1", "3fff::1", "3fff:fff::1", "100::1", "100:0:0:1::1", "2001:2::1", "2001:20::1",
        "2001:db8::1", "2620:4f:8000::1", "fd12::1", "4000::1",
    ],
)  # fmt: skip
def test_addresses_that_are_never_asked(address: str) -> None:
    assert not is_public(address, 443)


def test_addresses_that_may_be_asked() -> None:
    assert is_public("202.214.160.1", 80)
    assert is_public("2404:6800:4004::1", 443)
    assert is_public("2001:200:dff::1", 443)
    assert is_public("192.0.1.1", 443)
    assert not is_public("202.214.160.1", 22)


# A round


def test_hosts_are_asked_together_but_each_one_thing_at_a_time(web: Web) -> None:
    addresses = [web.url(f"wait?{page}", host=f"h{host}.example") for host in range(3) for page in range(3)]
    manners = Manners(0.05)
    start = time.monotonic()
    found = dict(answers(addresses, web.fetcher(manners=manners).check, seconds=10))
    taken = time.monotonic() - start
    assert set(found) == set(addresses)
    assert web.together == 1
    assert 0.1 < taken < 1.5


def test_one_bad_host_does_not_stop_the_others(web: Web) -> None:
    addresses = [web.url("slow", host="bad.example"), web.url("rude", host="rude.example"), web.url("page")]
    found = dict(answers(addresses, web.fetcher(read_seconds=0.3).check, seconds=10, workers=1))
    assert [found[address].outcome for address in addresses] == [Outcome.BROKEN, Outcome.BROKEN, Outcome.OK]


def test_after_the_time_limit_nothing_more_is_asked() -> None:
    asked: list[str] = []

    def takes_a_while(url: str) -> Answer:
        asked.append(url)
        time.sleep(0.2)
        return Answer(Outcome.OK, 200, "")

    addresses = [f"https://h.example/{n}" for n in range(10)]
    found = dict(answers(addresses, takes_a_while, seconds=0.3))
    assert 1 <= len(found) == len(asked) < 5


def test_two_threads_wait_for_each_other_at_one_door() -> None:
    manners, left = Manners(0.1), []

    def visit() -> None:
        with manners.visit("h.example"):
            left.append(time.monotonic())

    threads = [threading.Thread(target=visit) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(left))


# The command


@pytest.fixture
def content(db: None, web: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """Three published entries and a draft, at made-up hosts; nothing else is public."""
    Support.objects.update(publication="draft")
    Tip.objects.update(publication="draft")
    for slug, pages in {"akari": ["fine", "404"], "hinata": ["404", "403"], "kaze": ["fine"]}.items():
        support = make_support(slug, f"{slug}の電話", source=False)
        for position, page in enumerate(pages):
            Source.objects.create(support=support, position=position, url=web.url(page), publisher="official")
    draft = make_support("shita", "下書きの電話", source=False, publication="draft")
    Source.objects.create(support=draft, url=web.url("500"), publisher="official")
    monkeypatch.setattr(check_links, "make_fetcher", web.fetcher)
    return web


def run(**options: object) -> tuple[str, int]:
    """What the command says and its exit code."""
    out = StringIO()
    try:
        call_command("check_links", stdout=out, **options)
    except CommandError as error:
        return out.getvalue() + str(error), error.returncode
    return out.getvalue(), 0


def test_the_report_names_each_address_once_with_its_entries(content: Web) -> None:
    said, code = run()
    assert "3件のアドレスを調べました: 開けた 1件、開けなかった 1件、自動では確かめられない 1件" in said
    assert code == 0
    gone = said[said.index(content.url("404")) :]
    assert "akariの電話、hinataの電話" in gone
    assert "下書き" not in said
    assert [path for _, _, path in content.asked].count("/fine") == 1


def test_only_what_fails_twice_in_a_row_fails_the_command(content: Web) -> None:
    run()
    said, code = run()
    assert code == 1
    assert "（2回続けて）" in said
    check = LinkCheck.objects.get(url=content.url("404"))
    assert (check.ok, check.status, check.failures) == (False, 404, 2)
    assert check.failing_since is not None
    assert check.failing_since < check.checked_at


def test_what_opens_again_is_forgiven(content: Web) -> None:
    LinkCheck.objects.create(
        url=content.url("fine"), checked_at=timezone.now(), ok=False, failures=7, failing_since=timezone.now()
    )
    run()
    check = LinkCheck.objects.get(url=content.url("fine"))
    assert (check.ok, check.failures, check.failing_since) == (True, 0, None)


def test_who_keeps_programs_out_never_fails_the_command(content: Web) -> None:
    Source.objects.filter(url=content.url("404")).delete()
    for _ in range(3):
        said, code = run()
    assert code == 0
    assert "自動では確かめられないアドレス" in said
    assert LinkCheck.objects.get(url=content.url("403")).failures == 0


def test_addresses_of_contacts_and_tips_are_checked_too(content: Web) -> None:
    support = Support.objects.get(slug="kaze")
    Contact.objects.create(support=support, position=5, via="web", value=content.url("200"))
    tip = Tip.objects.create(slug="hint", title="ヒント", body="本文", publication="published")
    tip.sources.create(url=content.url("410"), publisher="official")
    said, _ = run()
    assert "5件のアドレス" in said
    assert "ヒント「ヒント」" in said


def test_a_limit_takes_the_longest_unchecked_first(content: Web) -> None:
    assert "1件のアドレス" in run(limit=1)[0]
    assert "1件のアドレス" in run(limit=1)[0]
    assert LinkCheck.objects.count() == 2


def test_what_opened_lately_is_passed_over_and_what_did_not_is_not(content: Web) -> None:
    run()
    assert "1件のアドレス" in run(older_than_days=7)[0]  # the broken one
    LinkCheck.objects.update(checked_at=timezone.now() - timedelta(days=8))
    assert "3件のアドレス" in run(older_than_days=7)[0]


def test_when_nobody_answers_it_is_our_own_line_and_nothing_is_recorded(content: Web) -> None:
    for number, source in enumerate(Source.objects.filter(support__publication="published")):
        source.url = f"http://nowhere{number}.example/"
        source.save()
    said, code = run()
    assert code == 2
    assert "回線" in said
    assert not LinkCheck.objects.exists()


def test_a_dead_host_is_recorded_even_before_anyone_answers(content: Web) -> None:
    Source.objects.filter(url=content.url("404")).update(url="http://nowhere.example/")
    run()
    assert LinkCheck.objects.get(url="http://nowhere.example/").failures == 1


def test_addresses_that_are_no_longer_used_are_forgotten(content: Web) -> None:
    run()
    Source.objects.filter(url=content.url("403")).delete()
    said, _ = run()
    assert "もう使われていない1件" in said
    assert not LinkCheck.objects.filter(url=content.url("403")).exists()


def test_an_odd_number_is_refused_with_a_message() -> None:
    with pytest.raises(CommandError, match="1以上の数"):
        call_command("check_links", "--limit=0")
