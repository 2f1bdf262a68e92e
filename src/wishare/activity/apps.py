from django.apps import AppConfig

from wishare.core.versions import Keep, Touch


class ActivityConfig(AppConfig):
    name = "wishare.activity"
    versions = (
        Touch("activity.Activity", "actor"),
        Keep("activity.Actor", "version"),
    )
