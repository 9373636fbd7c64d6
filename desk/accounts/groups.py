"""The four groups and what each may do. They are made right again after each migrate, so that a new model needs nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.db.models import Model
from simple_history.models import HistoricalChanges

from catalog.models import CurrentRelease, Release
from catalog.models.content import content_models
from desk.models import PublishRequest, Verification
from reports.models import Report

VIEWER, EDITOR, APPROVER, MANAGER = "閲覧者", "編集者", "公開承認者", "管理者"
# Each may do all that the one before may.
ROLES = {
    VIEWER: "見るだけ",
    EDITOR: "内容を書く・直す、公開をたのむ",
    APPROVER: "編集者の仕事と、公開・承認・前の版にもどすこと",
    MANAGER: "公開承認者の仕事と、人を招くこと・役割を決めること",
}
# Rows of an entry can be taken out of it; they stay in the history. Everything else is archived, never deleted.
ROWS: set[type[Model]] = {each.model for each in content_models() if each.path}
RELEASES: set[type[Model]] = {Release, CurrentRelease}

Right = tuple[str, str]  # app label and codename: ("catalog", "change_support")


def rights(role: str) -> set[Right]:
    """Everything that a role may do."""
    found = {right for model in _models("catalog", "chatbot", "reports", "desk") for right in _of(model, "view")}
    if role == VIEWER:
        return found
    for model in _models("catalog", "chatbot"):
        if model in RELEASES:
            continue
        if issubclass(model, HistoricalChanges):
            found |= _of(model, "change")  # going back to an older state
        else:
            found |= _of(model, "add", "change", *(["delete"] if model in ROWS else []))
    found |= _of(Verification, "add") | _of(PublishRequest, "add", "change") | _of(Report, "change")
    found.add(("catalog", "request_release"))
    if role == EDITOR:
        return found
    found.add(("catalog", "publish_release"))
    if role == MANAGER:
        found |= {("auth", "view_user"), ("auth", "add_user"), ("auth", "change_user"), ("auth", "view_group")}
    return found


def make_groups(sender: Any = None, *, using: str = "default", apps: Apps = current_apps, **kwargs: Any) -> None:
    """After migrate (the permissions of all apps before this one exist by then): each group with its rights, no more, no less."""
    try:
        groups = apps.get_model("auth", "Group")._default_manager.using(using)
        permissions = apps.get_model("auth", "Permission")._default_manager.using(using)
    except LookupError:
        return  # only a part of the apps was migrated
    ids = {
        (label, codename): key
        for key, label, codename in permissions.values_list("pk", "content_type__app_label", "codename")
    }
    for role in ROLES:
        group, _ = groups.get_or_create(name=role)
        group.permissions.set([ids[right] for right in rights(role) if right in ids])


def _models(*labels: str) -> Iterator[type[Model]]:
    for label in labels:
        yield from current_apps.get_app_config(label).get_models()


def _of(model: type[Model], *actions: str) -> set[Right]:
    return {(model._meta.app_label, f"{action}_{model._meta.model_name}") for action in actions}
