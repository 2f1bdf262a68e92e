"""What happens to accounts."""

from dataclasses import dataclass

from wishare.accounts.models import ProfileVisibility, User
from wishare.core.facts import Fact

#: Parts of a profile, and what says who sees them. Date of birth and e-mail address are for nobody else.
SEEN_BY = {
    "bio": "bio_visibility",
    "website": "website_visibility",
    "instagram": "socials_visibility",
    "facebook": "socials_visibility",
    "x_twitter": "socials_visibility",
    "street_address": "address_visibility",
    "city": "address_visibility",
    "country": "address_visibility",
}


@dataclass(frozen=True)
class ProfileUpdated(Fact):
    """Something has changed that friends may see."""

    user: User


@dataclass(frozen=True)
class SignedIn(Fact):
    """A browser has. `language` is that of the pages it will ask for."""

    user: User
    language: str


@dataclass(frozen=True)
class TimeZoneChanged(Fact):
    """The person's days begin at another time."""

    user: User


def shown_to_friends(user: User) -> dict[str, str]:
    """What friends may see of a profile, as far as there is something to see."""
    seen = [part for part, by in SEEN_BY.items() if getattr(user, by) >= ProfileVisibility.CONNECTED_USERS]
    return {part: str(value) for part in ("name", "avatar", *seen) if (value := getattr(user, part))}
