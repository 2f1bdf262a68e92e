from django.apps import AppConfig

from wishare.core.versions import Keep, Touch


class ActivityConfig(AppConfig):
    name = "wishare.activity"
    versions = (
        Touch("activity.Activity", "actor"),
        Keep("activity.Actor", "version"),
        # What somebody bought is nobody else's to know, not even that it was something. Nor is what givers say the
        # owner's, who is a friend of theirs.
        Touch(
            "activity.Activity",
            "actor",
            "circle_version",
            when="{row}.kind <> 'item_purchased' AND {row}.givers_id IS NULL",
            on="accounts.User",
        ),
        Touch("activity.Activity", "givers"),
    )
