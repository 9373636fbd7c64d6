"""読みこみ・書き出し: the page, the downloads, and the two steps of an import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from catalog.release.problem import Problem
from desk.accounts.signed_in import staff

from . import pending, rights
from .fixtures_yaml import export_archive as archive_bytes
from .fixtures_yaml import export_files, file_names
from .importing import RecordsWork, Work, run
from .parsing import MOST_BYTES_UNPACKED, Refused, read, unpack
from .resources import RESOURCES, TableWork
from .sheets import Table, as_csv, as_xlsx, read_table
from .uploads import MOST_BYTES

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_PROBLEMS = 100  # more than that is one mistake, many times
TRY_AGAIN = "データベースに書けませんでした。何も変わっていません。少し待って、もう一度「確定する」を押してください。"


@require_safe
def exchange(request: HttpRequest, site: AdminSite) -> HttpResponse:
    return _page(request, site)


def _page(request: HttpRequest, site: AdminSite, problems: list[Problem] | None = None) -> HttpResponse:
    user = staff(request)
    context = {
        **site.each_context(request),
        "title": "読みこみ・書き出し",
        "may_export": rights.may_export(user),
        "may_import": rights.may_import(user),
        "tables": [(name, resource().kind.words) for name, resource in RESOURCES.items()],
        "files": file_names(),
        "most_megabytes": MOST_BYTES // 1024 // 1024,
        **_problem_context(problems or []),
    }
    return render(request, "desk/exchange/exchange.html", context)


def _problem_context(problems: list[Problem]) -> dict[str, Any]:
    return {"problems": problems[:MOST_PROBLEMS], "more_problems": max(len(problems) - MOST_PROBLEMS, 0)}


@require_GET
def export_archive(request: HttpRequest) -> HttpResponse:
    rights.ask_export(request)
    return _download(archive_bytes(), "application/zip", f"fixtures-{_today()}.zip")


@require_GET
def export_file(request: HttpRequest, name: str) -> HttpResponse:
    rights.ask_export(request)
    text = export_files().get(name)
    if text is None:
        raise Http404
    return _download(text.encode(), "application/yaml; charset=utf-8", name.rsplit("/", 1)[-1])


@require_GET
def export_table(request: HttpRequest, table: str, form: str) -> HttpResponse:
    rights.ask_export(request)
    if table not in RESOURCES or form not in FORMS:
        raise Http404
    resource = RESOURCES[table]()
    dataset = resource.export(list(resource.rows()))  # a queryset would be asked for in pieces
    content = as_csv(dataset) if form == "csv" else as_xlsx(dataset, resource.kind.words)
    return _download(content, FORMS[form], f"{table}-{_today()}.{form}")


def _today() -> str:
    return f"{timezone.localdate():%Y%m%d}"


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def upload(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Read what was sent and keep it until it is confirmed. What cannot be read is named at once."""
    user = rights.importer(request)
    files = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    if getattr(request, "upload_too_big", False):
        return _page(
            request,
            site,
            [Problem("ファイル", f"大きすぎます。あわせて{MOST_BYTES // 1024 // 1024}MBまでにしてください。")],
        )
    if not files:
        return _page(
            request,
            site,
            [Problem("ファイル", "読みこむファイルをえらんでください（中身のないファイルは読めません）。")],
        )
    table = request.POST.get("table", "")
    try:
        kept = _read_table(table, files) if table in RESOURCES else _read_yaml(files, exact="exact" in request.POST)
    except Refused as refused:
        return _page(request, site, [refused.problem])
    pending.keep(user, kept)
    return redirect("admin:exchange_check")


def _read_table(table: str, files: list[UploadedFile[Any]]) -> dict[str, Any]:
    if len(files) > 1:
        raise Refused("ファイル", "表は1つずつ読みこんでください。")
    name = files[0].name or ""
    read_in = read_table(name, files[0].read())
    return {"table": table, "name": name, "headers": read_in.headers, "rows": read_in.rows, "notes": read_in.notes}


def _read_yaml(files: list[UploadedFile[Any]], *, exact: bool) -> dict[str, Any]:
    texts: dict[str, str] = {}
    for file in files:
        for name, text in unpack(file.name or "", file.read()).items():
            if name in texts:
                raise Refused(name, "同じ名前のファイルが2つあります。どちらか1つにしてください。")
            texts[name] = text
    if sum(map(len, texts.values())) > MOST_BYTES_UNPACKED:
        raise Refused("ファイル", "あわせると大きすぎます。分けて読みこんでください。")
    return {"table": "", "name": "、".join(file.name or "" for file in files), "files": texts, "exact": exact}


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What the upload would change; by POST, with the sha256 of what was seen, it is done."""
    user = rights.importer(request)
    kept = pending.waiting(user)
    if kept is None:
        messages.warning(request, "読みこむファイルが残っていません（1時間で消えます）。もう一度えらんでください。")
        return redirect("admin:exchange")
    seen = request.POST.get("seen", "") if request.method == "POST" else ""
    changes, sha256, failed = [], "", False
    work, problems = _work(kept)
    if work is not None:
        try:
            outcome = run(work, reason=f"読みこみ（{kept['name'][:60]}）", seen=seen)
        except DatabaseError:
            failed = True
        else:
            if outcome.done:
                return _finished(request, user, len(outcome.changes))
            changes, problems, sha256 = outcome.changes, outcome.problems, outcome.sha256
    context = {
        **site.each_context(request),
        "title": "読みこむ前の確かめ",
        "name": kept["name"],
        "notes": kept.get("notes", []),
        "exact": kept.get("exact", False),
        "changes": changes,
        "with_numbers": [change for change in changes if change.numbers],
        "sha256": sha256,
        "changed_since": bool(seen) and not failed,
        "failed": TRY_AGAIN if failed else "",
        "seen": seen,
        **_problem_context(problems),
    }
    return render(request, "desk/exchange/check.html", context, status=503 if failed else 200)


def _work(kept: dict[str, Any]) -> tuple[Work | None, list[Problem]]:
    if kept["table"]:
        rows = [(number, cells) for number, cells in kept["rows"]]
        return TableWork(kept["table"], Table(kept["headers"], rows)), []
    records, problems = read(kept["files"])
    return (None, problems) if problems else (RecordsWork(records, exact=kept["exact"]), [])


def _finished(request: HttpRequest, user: User, count: int) -> HttpResponse:
    pending.drop(user)
    messages.success(
        request, f"{count}件を読みこみました。まだ公開されていません。「公開する」で、全体を確かめて公開できます。"
    )
    return redirect("admin:exchange")


@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    pending.drop(rights.importer(request))
    messages.info(request, "読みこみをやめました。何も変わっていません。")
    return redirect(reverse("admin:exchange"))
