"""Make the site ready to serve: on an empty database load the fixtures and publish them; otherwise leave every edit alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from catalog.models import CurrentRelease, Support
from catalog.models.bulk_history import record_first, unrecorded


class Command(BaseCommand):
    help = "はじめてのときだけ、fixtures を読みこんで公開します。"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if not Support.objects.exists():
            with unrecorded():
                call_command("loaddata", *sorted((settings.BASE_DIR / "fixtures").rglob("*.yaml")), verbosity=0)
            record_first()  # so that the first edit can be undone
        if not CurrentRelease.objects.exists():
            call_command("publish", by="はじめの公開", note="fixtures から", stdout=self.stdout, stderr=self.stderr)
