"""People at the desk with exactly these rights, whatever the groups may say."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.test import Client

from .conftest import signed_in, staff_member


def person(name: str, *rights: str) -> Client:
    """person("さとう", "view", "change"): signed in with both factors, with these rights to all content of the catalogue."""
    user = staff_member(name)
    user.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=["catalog", "chatbot"], codename__regex=f"^({'|'.join(rights) or '-'})_"
        )
    )
    return signed_in(user)


def writer(name: str) -> Client:
    return person(name, "view", "add", "change")
