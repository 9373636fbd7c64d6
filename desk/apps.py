from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "編集室"

    def ready(self) -> None:
        from .groups import make_groups  # reads the models, which are loaded by now

        post_migrate.connect(make_groups, sender=self, dispatch_uid="desk.groups")
