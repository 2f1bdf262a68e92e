from django.apps import AppConfig

from wishare.core.versions import Bump, Keep, Touch


class WishlistsConfig(AppConfig):
    name = "wishare.wishlists"
    #: `version` moves with what the owner may know, `claims_version` with claims and nothing else.
    versions = (
        Bump("wishlists.Wishlist", apart=("claims_version", "updated_at")),
        Bump("wishlists.Item", apart=("claims_version",)),
        Keep("wishlists.Wishlist", "claims_version"),
        Keep("wishlists.Item", "claims_version"),
        Touch("wishlists.Item", "wishlist", apart=("version", "claims_version")),
        Touch("wishlists.Item", "wishlist", "claims_version", only="claims_version"),
        Touch("wishlists.Claim", "item", "claims_version"),
        Touch("wishlists.Wishlist", "owner", "circle_version", apart=("claims_version", "updated_at")),
    )
