"""Writes about accounts that allauth does not do."""

from typing import Any

from django.db import transaction

from wishare.accounts.facts import ProfileUpdated, TimeZoneChanged, shown_to_friends
from wishare.accounts.models import User
from wishare.core.facts import happened
from wishare.core.files import keep_file


@transaction.atomic
def update_profile(*, user: User, **fields: Any) -> None:
    """Changes fields of the profile, and `user` with them. `avatar` is as `keep_file` takes it."""
    row = User.objects.select_for_update().get(pk=user.pk)
    before, zone = shown_to_friends(row), row.time_zone
    if "avatar" in fields:
        keep_file(row, "avatar", fields.pop("avatar"))
    for name, value in fields.items():
        setattr(row, name, value)
        setattr(user, name, value)
    row.save()
    user.avatar = row.avatar
    if shown_to_friends(row) != before:
        happened(ProfileUpdated(row))
    if row.time_zone != zone:
        happened(TimeZoneChanged(row))
