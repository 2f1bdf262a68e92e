from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate

from wishare.core import versions
from wishare.core.ids import register_converters


class CoreConfig(AppConfig):
    name = "wishare.core"

    def ready(self) -> None:
        register_converters()
        migrating = [app for app in apps.get_app_configs() if app.models_module]
        pre_migrate.connect(remove_versions, sender=migrating[0])
        post_migrate.connect(install_versions, sender=migrating[-1])


def remove_versions(using: str, **kwargs: Any) -> None:
    """Before the first app: a migration may change columns that triggers name."""
    versions.remove(using)


def install_versions(using: str, **kwargs: Any) -> None:
    """After the last app: all tables are there, unless somebody migrates only part of the way."""
    from wishare.core.preparation import begin_versions, is_behind

    if not is_behind():
        begin_versions(using)
