from django.apps import AppConfig

from wishare.core.ids import register_converters


class CoreConfig(AppConfig):
    name = "wishare.core"

    def ready(self) -> None:
        register_converters()
