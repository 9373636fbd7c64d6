from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "編集室"

    def ready(self) -> None:
        from simple_history.signals import pre_create_historical_record

        from .history.edits import stamp

        pre_create_historical_record.connect(stamp, dispatch_uid="desk.history")
