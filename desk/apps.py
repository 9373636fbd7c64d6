from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "編集室"

    def ready(self) -> None:
        from simple_history.signals import pre_create_historical_record

        from .groups import make_groups  # reads the models, which are loaded by now
        from .history.edits import stamp

        pre_create_historical_record.connect(stamp, dispatch_uid="desk.history")
        post_migrate.connect(make_groups, sender=self, dispatch_uid="desk.groups")
