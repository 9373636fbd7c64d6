"""オープンデータ・API: for a municipal officer and a developer alike."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from api.schema import titles_of_problems
from catalog.public import may_be_indexed, read_only


@may_be_indexed
@read_only
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "api/open_data.html", {"problems": titles_of_problems()})
