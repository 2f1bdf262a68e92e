from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wishare.access"

    def ready(self) -> None:
        from wishare.access import checks  # noqa: F401 (registers the check)
