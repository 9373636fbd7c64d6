from django.apps import AppConfig


class ChatbotConfig(AppConfig):
    name = "chatbot"
    verbose_name = "質問の流れ"

    def ready(self) -> None:
        from catalog.release.sections import Section, register_section

        from . import checks, diff, models, warnings

        flows = Section(
            models.dump_flows,
            checks.check_flows,
            label=self.verbose_name,
            load=checks.build_flows,
            describe=diff.describe_flows,
            warn=warnings.concerns_of_flows,
        )
        register_section("flows", flows)
