"""受付時間 and periods as curators type them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.hours.notation import Unreadable, hours_words, names_workdays, read_hours, same_rows
from catalog.hours.period_notation import periods_words, read_periods
from catalog.hours.stored import HoursRow
from catalog.hours.timetable import DAYS, WEEKDAYS
from catalog.models import Contact

WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def row(days: list[str], opens: str, closes: str, **changes: Any) -> HoursRow:
    plain: HoursRow = {
        "days": days, "weeks": [], "month_days": [], "opens": opens, "closes": closes, "even_on_holidays": False,
    }  # fmt: skip
    return {**plain, **changes}  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("月〜金 9:00-17:00", [row(WORKDAYS, "09:00", "17:00")]),
        ("月～金　９：００～１７：００", [row(WORKDAYS, "09:00", "17:00")]),
        ("月ー金 9:00ー17:00", [row(WORKDAYS, "09:00", "17:00")]),
        ("月曜日から金曜日まで 午前9時から午後5時半まで", [row(WORKDAYS, "09:00", "17:30")]),
        ("平日（月〜金）9-17時", [row(WORKDAYS, "09:00", "17:00")]),
        ("土日祝 10:00-16:00", [row(["sat", "sun", "holiday"], "10:00", "16:00")]),
        ("土曜・日曜・祝日 10:00〜正午", [row(["sat", "sun", "holiday"], "10:00", "12:00")]),
        ("日〜木 22:00-26:30", [row(["mon", "tue", "wed", "thu", "sun"], "22:00", "02:30")]),
        ("毎日 9:00-0:00", [row(list(WEEKDAYS), "09:00", "24:00")]),
        ("土 24時間", [row(["sat"], "00:00", "24:00")]),
        ("第2土（祝日も） 9:30-16:00", [row(["sat"], "09:30", "16:00", weeks=[2], even_on_holidays=True)]),
        ("第１・第３土曜 9時-12時", [row(["sat"], "09:00", "12:00", weeks=[1, 3])]),
        ("毎月10日 8:00-翌8:00", [row([], "08:00", "08:00", month_days=[10])]),
        ("毎月1日・15日 8:00-つぎの日の8:00", [row([], "08:00", "08:00", month_days=[1, 15])]),
        ("水 9:00-12:00、13:00-17:00", [row(["wed"], "09:00", "12:00"), row(["wed"], "13:00", "17:00")]),
        ("月 9:00-12:00\n\n火 13:00-17:00\n", [row(["mon"], "09:00", "12:00"), row(["tue"], "13:00", "17:00")]),
        ("", []),
    ],
)
def test_hours_are_read_however_a_keyboard_writes_them(typed: str, rows: list[HoursRow]) -> None:
    assert read_hours(typed) == rows


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("9:00-17:00", "毎日なら「毎日 9:00-17:00」"),
        ("24時間", "「24時間・毎日」にチェック"),
        ("金 22:00-5:00", "「22:00-翌5:00」"),
        ("金 9:00-翌10:00", "24時間より長い"),
        ("月 9-17", "「9:00-17:00」のように"),
        ("月〜金 祝日も 9:00-17:00", "「月〜金（祝日も） 9:00-17:00」"),
        ("月〜金（祝日を除く） 9:00-17:00", "「祝日は休み」"),
        ("祝日は休み", "「祝日は休み」にチェック"),
        ("12月29日〜1月3日は休み", "「毎年の休み」に"),
        ("土日は休み", "開いている曜日"),
        ("最終金曜 10:00-12:00", "「最終」"),
        ("第6土 10:00-12:00", "1から5"),
        ("毎月32日 10:00-12:00", "1から31"),
        ("月 25:00-26:00", "23:59 まで"),
        ("月 9:70-10:00", "9:70"),
        ("月 午後12時-午後1時", "12:00"),
        ("月 9:00-12:00 火 13:00-15:00", "行を分け"),
        ("ほげ 9:00-17:00", "「ほげ」"),
        ("月から金", "「月〜金 9:00-17:00」"),
    ],
)
def test_a_line_that_could_mean_two_things_is_named_with_what_to_write(typed: str, advice: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_hours(f"月 9:00-10:00\n{typed}")
    (message,) = found.value.messages
    assert message.startswith("2行目「")
    assert advice in message


def test_every_bad_line_is_named() -> None:
    with pytest.raises(Unreadable) as found:
        read_hours("あ 9:00-10:00\n月 9:00-10:00\nい 9:00-10:00")
    assert [message[:3] for message in found.value.messages] == ["1行目", "3行目"]


def test_workdays_are_noticed() -> None:
    assert names_workdays("平日 9:00-17:00")
    assert not names_workdays("月〜金 9:00-17:00")


@pytest.mark.django_db
def test_the_hours_of_every_contact_are_written_and_read_back_as_they_are() -> None:
    written = 0
    for contact in Contact.objects.prefetch_related("hours"):
        rows = [row(h.days, h.opens, h.closes, weeks=h.weeks, month_days=h.month_days, even_on_holidays=h.even_on_holidays)
                for h in contact.hours.all()]  # fmt: skip
        assert read_hours(hours_words(rows)) == rows
        written += bool(rows)
    assert written > 50


CLOCKS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
ROWS = st.builds(
    row,
    st.lists(st.sampled_from(DAYS), unique=True).map(lambda days: sorted(days, key=DAYS.index)),
    CLOCKS,
    CLOCKS.filter(lambda clock: clock != "00:00") | st.just("24:00"),
    weeks=st.lists(st.integers(1, 5), unique=True).map(sorted),
    month_days=st.lists(st.integers(1, 31), unique=True, max_size=4).map(sorted),
    even_on_holidays=st.booleans(),
)


@given(st.lists(ROWS, max_size=4))
def test_whatever_rules_there_are_they_can_be_written_and_read_back(rows: list[HoursRow]) -> None:
    back = read_hours(hours_words(rows))
    assert len(back) == len(rows)
    assert all(same_rows(first, second) for first, second in zip(rows, back, strict=True))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12月29日〜1月3日", "12-29/01-03"),
        ("１２／２９～１／３、8月13日〜16日", "12-29/01-03 08-13/08-16"),
        ("12月29日 から 1月3日まで\n8月15日", "12-29/01-03 08-15/08-15"),
        ("2026年12月28日〜1月4日", "2026-12-28/2027-01-04"),
        ("12-29/01-03 2026-12-28/2027-01-04", "12-29/01-03 2026-12-28/2027-01-04"),
        ("", ""),
    ],
)
def test_periods_are_read_and_written_back(typed: str, stored: str) -> None:
    assert read_periods(typed) == stored
    assert read_periods(periods_words(stored)) == stored


@pytest.mark.parametrize(("typed", "advice"), [("年末年始", "12月29日〜1月3日"), ("2月30日", "暦にない")])
def test_a_period_that_cannot_be_read_is_named(typed: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        read_periods(typed)
