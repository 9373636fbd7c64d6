"""なぜこの順番か: what put each result where it stands."""

from __future__ import annotations

from django.test import Client

from catalog.directory.directory import Directory
from chatbot.conversation import next_step
from chatbot.explaining import KEPT_PLACE, explain
from chatbot.flow import Flow, flow_of
from chatbot.forms import write_link
from tests.chatbot.samples import DAY, choice, entry, flow_data, make_directory, question, unconfirmed
from tests.conftest import at

RENT = {"worry": ("money",), "money": ("rent",)}


def test_the_results_behind_a_link_say_why_they_stand_in_their_order(
    viewer: Client, flow: Flow, directory: Directory
) -> None:
    codes = write_link(flow, RENT)
    page = viewer.get(f"/desk/preview/20270101T0330/r/{codes}/").content.decode()
    address = f"/desk/preview/order/20270101T0330/general/{codes}/"
    assert address in page
    said = viewer.get(address).content.decode()
    label = directory.worries["rent"].label
    assert f"「{label}」のはじめの" in said
    assert "悩みのはじめに置いてあるものを、その順に" in said


def test_a_moment_or_a_page_that_does_not_exist_is_not_found(viewer: Client) -> None:
    for address in ("someday/general/a/", "now/nowhere/a/"):
        assert viewer.get(f"/desk/preview/order/{address}").status_code == 404


def test_what_was_moved_to_a_kept_place_is_not_said_to_fit_better() -> None:
    asked = question("worry", choice("dv", "worry:dv", "danger:violence"), choice("rent", "worry:rent"))
    unconfirmed_first = entry("a", "dv", crisis=True, firsts=["dv 1"], contacts=unconfirmed())
    confirmed_second = entry("b", "dv", crisis=True, firsts=["dv 2"])
    directory = make_directory(unconfirmed_first, confirmed_second, flows=[flow_data(asked, key="general")])
    rows = explain(next_step(at(directory, DAY), flow_of(directory, "general"), {"worry": ("dv",)}))
    assert [(row.support.slug, row.before_next) for row in rows] == [("b", KEPT_PLACE), ("a", "")]
