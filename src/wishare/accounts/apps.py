from django.apps import AppConfig

from wishare.core.versions import Bump


class AccountsConfig(AppConfig):
    name = "wishare.accounts"
    versions = (
        Bump("accounts.User", apart=("circle_version", "last_login")),
        Bump("accounts.User", "circle_version", apart=("version", "last_login")),
    )
