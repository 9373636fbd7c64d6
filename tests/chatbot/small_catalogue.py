"""A made-up Release with every group of results, entries that are open and closed, and both pages' flows."""

from __future__ import annotations

from catalog.directory.directory import Directory
from tests.catalog.samples import contact_row, weekday_row

from .samples import (
    choice,
    entry,
    flow_data,
    for_children,
    listener,
    make_directory,
    office_hours,
    paid,
    programme,
    question,
)


def small_catalogue() -> Directory:
    general = flow_data(
        question(
            "worry",
            choice("rent", "worry:rent"),
            choice("dv", "worry:dv", "danger:violence", next="also"),
            next="also",
        ),
        question("also", choice("food", "worry:food"), choice("debt", "worry:debt"), multiple=True, most=2),
        key="general",
    )
    under18 = flow_data(
        question("band", choice("g12", "age:g12"), choice("any", "age:any18"), next="trouble"),
        question("trouble", choice("hit", "worry:dv", "danger:violence"), choice("food", "worry:food")),
        key="under18",
    )
    day_and_night = [weekday_row("0120-000-901"), contact_row("0120-000-902", charge="paid")]
    return make_directory(
        for_children(entry("dv-always", "dv", "u18_talk", crisis=True)),
        entry("dv-day", "dv", crisis=True, contacts=office_hours()),
        entry("rent-day", "rent", contacts=office_hours()),
        entry("rent-paid", "rent", contacts=paid()),
        entry("rent-office", "rent", kind="place", contacts=[weekday_row("市役所", via="visit")], apply_at="市役所"),
        listener("listener-a", contacts=day_and_night),
        listener("listener-b"),
        entry("food", "food", contacts=office_hours()),
        entry("parents", "debt", only_for=["parent"]),
        *(programme(f"money{n}", "rent") for n in range(4)),
        for_children(entry("kids-always", "u18_talk", "food", only_for=["child"], tags=["child"])),
        for_children(entry("kids-day", "u18_talk", only_for=["child"], tags=["child"], contacts=office_hours())),
        flows=[general, under18],
    )
