from django.apps import AppConfig

from wishare.core.versions import Bump


class AccountsConfig(AppConfig):
    name = "wishare.accounts"
    versions = (Bump("accounts.User", apart=("last_login",)),)
