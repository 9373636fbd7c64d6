"""What a service says is what the Release says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine

from api.identifiers import support_uuid
from catalog.directory.codes import Publisher
from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from catalog.directory.evidence import Source
from catalog.release import serving
from catalog.text import phone
from tests.conftest import japan

from .fetching import SHA256, Asker

Services = list[dict[str, Any]]


def told(directory: Directory, services: Services) -> list[tuple[Support, dict[str, Any]]]:
    by_id = {service["id"]: service for service in services}
    return [(support, by_id[support_uuid(support.slug)]) for support in directory.supports.values()]


def test_every_entry_of_the_release_is_a_service(directory: Directory, services: Services) -> None:
    assert len(services) == len(directory.supports)
    for support, service in told(directory, services):
        assert (service["name"], service["kana"], service["reach"]) == (support.name, support.kana, support.reach)
        assert service["description"].startswith(support.summary)
        assert (service.get("minimum_age"), service.get("maximum_age")) == (support.age_min, support.age_max)
        assert service["crisis"] is support.crisis
        assert service["organization"]["name"]


def test_what_an_entry_says_stands_where_the_standard_looks_for_it(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):
        assert service.get("alternate_name", "") == "、".join(support.also_known_as)
        assert support.when_to_use in service["description"]
        assert all(condition in service["eligibility_description"] for condition in support.conditions)
        for words in (support.apply_at, support.what_happens, support.bring_or_say):
            assert words in service.get("application_process", "")
        assert [row["code"] for row in service["languages"]] == list(support.languages)
        if support.is_available:
            webs = [contact.url for contact in support.contacts if contact.via == "web" and contact.url]
            assert not webs or service["url"] == webs[0]
            mails = [c.value for c in support.contacts if c.via == "email" and not c.url]
            assert service.get("email", "") == next(iter(mails), "")


def test_what_something_costs_is_said_of_each_way(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):
        for contact in support.contacts if support.is_available else ():
            if contact.via == "phone":
                assert f"{contact.value}" in service["fees_description"]


def test_the_numbers_are_those_of_the_release(directory: Directory, services: Services) -> None:
    numbers = 0
    for support, service in told(directory, services):
        if not support.is_available:
            continue
        called = [contact for contact in support.contacts if contact.via in {"phone", "fax", "sms"}]
        phones = service.get("phones", [])
        assert [row["number"] for row in phones] == [contact.value for contact in called]
        for row, contact in zip(phones, called, strict=True):
            assert (row["charge"], row["ip_phone"]) == (contact.charge, contact.ip_phone)
            assert row["number_confirmed"] is contact.number_confirmed
            assert row.get("tel_uri", "") == contact.tel_uri
            assert contact.note in row.get("description", "")
        numbers += len(phones)
    assert numbers > 100


def test_a_number_with_a_sharp_is_never_a_link(services: Services) -> None:
    rows = [row for service in services for row in service.get("phones", ()) if row["number"].startswith("#")]
    assert rows
    for row in rows:
        assert "#" not in row.get("tel_uri", "")
        assert "tel_uri" in row or "電話アプリ" in row["description"]


def test_what_is_no_telephone_is_said_in_the_profile_and_in_words(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):
        if not support.is_available:
            continue
        others = [contact for contact in support.contacts if contact.via not in {"phone", "fax", "sms"}]
        points = service.get("contact_points", [])
        assert [(row["via"], row.get("value", "")) for row in points] == [(c.via, c.value) for c in others]
        assert all(contact.value in service.get("application_process", "") for contact in others)


def test_no_ended_service_can_be_reached(directory: Directory, services: Services) -> None:
    ended = [(support, service) for support, service in told(directory, services) if support.status == "ended"]
    assert ended
    for support, service in ended:
        assert service["status"] == "defunct"
        assert service["alert"] == support.replaced_note
        assert not service.keys() & {
            "phones",
            "schedules",
            "contact_points",
            "cost_options",
            "url",
            "email",
            "child_words",
        }
        assert phone.find_numbers(str(service)) == []
    assert {service["id"] for _, service in ended} == {
        service["id"] for service in services if service["status"] == "defunct"
    }


def test_no_service_is_called_active_out_of_its_season(hsds: Asker, directory: Directory) -> None:
    seasonal = next(support for support in directory.available if support.has_season)
    address = f"services/{support_uuid(seasonal.slug)}"
    assert hsds.get(address)["status"] == "temporarily closed"
    assert "期間外" in hsds.get(address)["alert"]
    with time_machine.travel(japan("2027-09-01 00:00"), tick=False):
        assert hsds.get(address)["status"] == "active"
        assert "期間外" not in hsds.get(address)["alert"]
    with time_machine.travel(japan("2027-10-01 00:00"), tick=False):
        assert hsds.get(address)["status"] == "temporarily closed"


def test_a_price_is_named_only_where_it_is_free(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):
        free = sum(c.charge == "free" and c.via in {"phone", "fax", "sms", "chat", "line"} for c in support.contacts)
        options = service.get("cost_options", [])
        assert sum("amount" in option for option in options) == (free if support.is_available else 0)
        assert all(option["amount"] == 0 for option in options if "amount" in option)


def test_only_what_serves_the_whole_country_names_it(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):
        assert ("service_areas" in service) == (support.reach == "national")


def test_worries_and_audiences_are_its_terms(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):

        def codes(*link_types: str, of: dict[str, Any] = service) -> set[str]:
            return {row["taxonomy_term"]["code"] for row in of["attributes"] if row["link_type"] in link_types}

        assert codes("main_topic") == {support.main_worry}
        assert codes("main_topic", "topic") == support.worries | {support.main_worry}
        assert codes("intended_audience") == support.tags
        assert codes("service_eligibility") == support.only_for
        assert codes("service_type") == {support.kind}
        sources = [row for row in service["attributes"] if row["link_type"] == "source"]
        assert [row["value"] for row in sources] == [source.url or source.title for source in support.sources]


def test_who_it_is_only_for_is_also_said_in_words(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):
        for code in support.only_for:
            assert directory.tags[code] in service["eligibility_description"]


def test_the_day_of_verifying_is_told_as_far_as_it_is_known(directory: Directory, services: Services) -> None:
    for support, service in told(directory, services):
        assert service.get("verified_on", "") == support.verified_on
        assert service.get("assured_date", support.verified_on) == support.verified_on


@pytest.mark.parametrize(("verified_on", "assured"), [("2026-04-01", "2026-04-01"), ("2026-04", None), ("", None)])
def test_only_a_whole_date_is_an_assured_date(
    hsds: Asker, directory: Directory, verified_on: str, assured: str | None
) -> None:
    page = Source("https://akari.example/", "", Publisher.OFFICIAL, "", verified_on)
    support = replace(next(iter(directory.available)), contacts=(), sources=(page,))
    changed = replace(directory, supports={**directory.supports, support.slug: support})
    serving.use(changed, sha256=SHA256)
    assert hsds.get(f"services/{support_uuid(support.slug)}").get("assured_date") == assured


def test_children_are_told_of_in_their_words(directory: Directory, services: Services) -> None:
    shown = 0
    for support, service in told(directory, services):
        if support.child is None or not support.is_available:
            assert not service.keys() & {"child_words", "school_grades"}
            continue
        shown += 1
        assert {grade["id"] for grade in service["school_grades"]} == support.child.bands
        levels = {words["level"]: words for words in service["child_words"]}
        assert {grade["level"] for grade in service["school_grades"]} <= levels.keys() == support.child.texts.keys()
        assert all("｜" not in words["what"]["text"] and "《" not in words["what"]["kana"] for words in levels.values())
    assert shown
