from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "wishare.notifications"

    def ready(self) -> None:
        from wishare.accounts.sessions import BROUGHT_ALONG
        from wishare.notifications.queries import has_unread

        BROUGHT_ALONG["has_unread"] = has_unread
