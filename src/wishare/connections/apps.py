from django.apps import AppConfig

from wishare.core.versions import Touch


class ConnectionsConfig(AppConfig):
    name = "wishare.connections"
    versions = (
        Touch("connections.Connection", "user", "circle_version", apart=("updated_at",)),
        Touch("connections.Connection", "partner", "circle_version", apart=("updated_at",)),
    )
