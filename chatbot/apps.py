from django.apps import AppConfig


class ChatbotConfig(AppConfig):
    name = "chatbot"
    verbose_name = "質問の流れ"

    def ready(self) -> None:
        from catalog.sections import register_section

        from . import checks, models

        register_section("flows", dump=models.dump_flows, check=checks.check_flows)
