from django.apps import AppConfig


class PubsubConfig(AppConfig):
    name = "wishare.core.pubsub"
