"""Looking at what is being typed. Nothing is kept; answers are pieces of a page."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from catalog.directory.codes import Page
from catalog.directory.entries import AgeBand as BandValues
from catalog.hours.notation import Unreadable, read_hours
from catalog.hours.period_notation import read_periods
from catalog.models import AgeBand
from catalog.models.child_words import validate_readings
from catalog.pages.ruby import to_html
from catalog.text import furigana
from catalog.text.plain_language import remarks

from .week import typed_timetable, week

LONGEST_TEXT = 20_000
MOST_NAMES = 100  # each is looked for in the whole text
_may_look = permission_required("catalog.view_support", raise_exception=True)
_BAND_FIELDS = ("code", "label", "page", "age_min", "age_max", "kanji_taught", "in_kana", "level")


@require_POST
@_may_look
def week_of_typed_hours(request: HttpRequest) -> HttpResponse:
    """The week as a table, or what cannot be read. Fields as in the contact's form: rules, always_open, closed_on_holidays, …"""
    problems: list[str] = []
    rules = []
    try:
        rules = read_hours(request.POST.get("rules", ""))
    except Unreadable as error:
        problems += error.messages
    periods = {}
    for name, label in (("closed_periods", "毎年の休み"), ("open_periods", "開いている期間")):
        try:
            periods[name] = read_periods(request.POST.get(name, ""))
        except ValueError as error:
            problems.append(f"{label}: {error}")
    days = []
    if not problems:
        always, holidays = (bool(request.POST.get(name)) for name in ("always_open", "closed_on_holidays"))
        timetable = typed_timetable(rules, always=always, closed_on_holidays=holidays, **periods)
        days = week(timetable, timezone.now())
    return render(request, "desk/support/_week.html", {"days": days, "problems": problems})


@require_POST
@_may_look
def check_words(request: HttpRequest) -> HttpResponse:
    """Remarks on a text; for children's texts also how each age band is shown it. POST: text, names, style ("plain",
    "readings"), and level ("easy", "teen"; "" for words that all bands are shown)."""
    text = request.POST.get("text", "")[:LONGEST_TEXT]
    names = [line.strip() for value in request.POST.getlist("names") for line in value.splitlines() if line.strip()]
    names = names[:MOST_NAMES]
    for_children = request.POST.get("style") == "readings"
    if not for_children:
        return render(request, "desk/support/_words.html", {"remarks": remarks(text, names=names)})
    # Kanji without a reading are named with the other slips of the marks.
    context = {"remarks": remarks(furigana.plain(text), names=names)} | _as_shown(text, request.POST.get("level", ""))
    return render(request, "desk/support/_words.html", context)


def _as_shown(text: str, level: str) -> dict[str, object]:
    bands = [
        BandValues(**{name: getattr(band, name) for name in _BAND_FIELDS})
        for band in AgeBand.objects.filter(page=Page.UNDER18)
        if level in {"", band.level}
    ]
    try:
        validate_readings(text)
        problems: list[str] = []
    except ValidationError as error:
        problems = error.messages
    shown = [(band.label, [to_html(line, band.reading) for line in text.splitlines()]) for band in bands]
    return {"problems": problems, "shown": shown if text.strip() else []}
