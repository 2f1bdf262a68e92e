from django.apps import AppConfig

from wishare.core.versions import Bump, Keep, Touch


class CommentsConfig(AppConfig):
    name = "wishare.comments"
    #: What is for everyone moves what friends of its author may know; what is for givers only their own number.
    versions = (
        Bump("comments.Comment"),
        Keep("comments.Givers", "version"),
        Touch("comments.Comment", "author", "circle_version", apart=("version",), when="{row}.audience = 0"),
        Touch("comments.Comment", "givers", apart=("version",)),
    )
