from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "編集室"

    def ready(self) -> None:
        # These read the models, which are loaded by now.
        from simple_history.signals import pre_create_historical_record

        from .accounts.groups import make_groups
        from .history.edits import stamp

        post_migrate.connect(make_groups, sender=self, dispatch_uid="desk.accounts.groups")
        pre_create_historical_record.connect(stamp, dispatch_uid="desk.history")
