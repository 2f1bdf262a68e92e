from django.apps import AppConfig

from wishare.core.versions import Keep, Touch


class ActivityConfig(AppConfig):
    name = "wishare.activity"
    versions = (
        Touch("activity.Activity", "actor"),
        Keep("activity.Actor", "version"),
        # What somebody bought is nobody else's to know, not even that it was something.
        Touch(
            "activity.Activity",
            "actor",
            "circle_version",
            when="{row}.kind <> 'item_purchased'",
            on="accounts.User",
        ),
    )
