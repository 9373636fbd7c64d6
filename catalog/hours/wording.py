"""Opening hours in words that a person reads at a glance. Pure Python."""

from __future__ import annotations

from datetime import datetime

from .timetable import DAYS, JAPAN, MINUTES_A_DAY, WEEKDAYS, Openness, OpenState, Period, Rule, Timetable, clock_words

DAY_NAMES = dict(zip(DAYS, ("月", "火", "水", "木", "金", "土", "日", "祝日"), strict=True))
CLOSING_SOON_MINUTES = 60


def state_words(state: OpenState, now: datetime) -> str:
    """今つながります / あと30分で終わります / 次は月曜9:00から. "" where the hours are only known as text."""
    now = now.astimezone(JAPAN)
    if state.openness is Openness.OPEN:
        if state.until is None:
            return "いま つながります（24時間）"
        minutes_left = int((state.until - now).total_seconds() // 60)
        if minutes_left <= CLOSING_SOON_MINUTES:
            return f"いま つながります（あと{max(minutes_left, 1)}分で終わります）"
        return f"いま つながります（{_end_words(state.until, now)}まで）"
    if state.openness is Openness.OUT_OF_SEASON:
        return (
            f"いまは期間外です。次は{moment_words(state.next_open, now)}から" if state.next_open else "いまは期間外です"
        )
    if state.openness is Openness.CLOSED:
        return (
            f"いまは時間外です。次は{moment_words(state.next_open, now)}から" if state.next_open else "いまは時間外です"
        )
    return ""


def moment_words(moment: datetime, now: datetime) -> str:
    """きょう 17:00, あした 9:00, 月曜 9:00 (within a week), 12月5日（土）9:00."""
    clock = clock_words(moment.hour * 60 + moment.minute)
    days_ahead = (moment.date() - now.date()).days
    if days_ahead == 0:
        return f"きょう {clock}"
    if days_ahead == 1:
        return f"あした {clock}"
    weekday = DAY_NAMES[WEEKDAYS[moment.weekday()]]
    if days_ahead < 7:
        return f"{weekday}曜 {clock}"
    return f"{moment.month}月{moment.day}日（{weekday}）{clock}"


def timetable_words(timetable: Timetable) -> list[str]:
    """The rules a line each, e.g. 月〜金 17:00〜22:00, then the closures. Empty where the hours are only known as text."""
    if timetable.always and not timetable.closed_periods:
        return ["24時間・毎日"]
    lines = ["24時間"] if timetable.always else []
    by_days: dict[str, list[str]] = {}
    for rule in timetable.rules:
        by_days.setdefault(_days_words(rule), []).append(f"{clock_words(rule.opens)}〜{_closing_words(rule)}")
    lines += [f"{days} {'、'.join(spans)}" for days, spans in by_days.items()]
    closed = ["祝日"] if timetable.closed_on_holidays else []
    closed += [_period_words(period) for period in timetable.closed_periods]
    if closed and lines:
        lines.append(f"{'・'.join(closed)}は休み")
    return lines


def _days_words(rule: Rule) -> str:
    if rule.month_days:
        return "毎月" + "・".join(f"{day}日" for day in sorted(rule.month_days))
    named = [day for day in DAYS if day in rule.days]
    every_day = not named or set(WEEKDAYS) <= rule.days
    if every_day and not rule.weeks:
        return "毎日"
    words = "週のすべての日" if every_day else ranges(named)
    if rule.weeks:
        words = "第" + "・".join(str(week) for week in sorted(rule.weeks)) + words
    return words + ("（祝日も）" if rule.even_on_holidays else "")


def ranges(named: list[str]) -> str:
    """mon..fri becomes 月〜金; single days are joined with ・."""
    indexes = [DAYS.index(day) for day in named]
    runs: list[list[int]] = []
    for index in indexes:
        if runs and index == runs[-1][-1] + 1 and index < len(WEEKDAYS):
            runs[-1].append(index)
        else:
            runs.append([index])
    return "・".join(_run_words([DAY_NAMES[DAYS[index]] for index in run]) for run in runs)


def _run_words(names: list[str]) -> str:
    return f"{names[0]}〜{names[-1]}" if len(names) > 2 else "・".join(names)


def _closing_words(rule: Rule) -> str:
    if rule.closes <= MINUTES_A_DAY:
        return clock_words(rule.closes)
    return f"つぎの日の{clock_words(rule.closes - MINUTES_A_DAY)}"


def _period_words(period: Period) -> str:
    return "〜".join(f"{side[-2]}月{side[-1]}日" for side in (period.first, period.last))


def _end_words(until: datetime, now: datetime) -> str:
    """The end of a stretch; a midnight reads as 24:00 of the day before."""
    if until.hour == until.minute == 0 and (until.date() - now.date()).days == 1:
        return "24:00"
    if until.date() == now.date():
        return clock_words(until.hour * 60 + until.minute)
    return moment_words(until, now)
