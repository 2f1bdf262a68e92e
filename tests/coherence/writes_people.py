"""Writes about people, friendships and what they did."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from django.core.files.base import ContentFile
from django.db.models import F
from django.test import Client
from django.urls import reverse

from tests.coherence.stage import PEOPLE_AT_MOST, Nothing, Stage, new_name, pick, raw, room, some, write
from tests.support.cast import client_of
from wishare.accounts.actions import update_profile
from wishare.accounts.models import ProfileVisibility, Theme, User
from wishare.activity.models import Activity
from wishare.connections import actions
from wishare.connections.models import Connection
from wishare.pages import account

PEOPLE, CONNECTIONS = User.objects.all(), Connection.objects.select_related("user", "partner")
Whose = Iterable[int | None]
TEXTS = ("name", "bio", "city", "website", "instagram")
PARTS = ("bio_visibility", "address_visibility", "website_visibility", "socials_visibility")


@write
def person_joins(stage: Stage, random: Random) -> Whose:
    room(PEOPLE, PEOPLE_AT_MOST)
    return [stage.join().pk]


@write
def person_leaves(stage: Stage, random: Random) -> Whose:
    """Not the first ones: somebody has to be looked at."""
    user = pick(PEOPLE.filter(pk__in=list(stage.browsers.open)[4:]), random)
    stage.browsers.open.pop(user.pk)
    account.delete(user)
    return []


@write
def profile_edited(stage: Stage, random: Random) -> Whose:
    user, name = pick(PEOPLE, random), random.choice(TEXTS)
    value = f"https://{new_name('www').replace(' ', '')}.example" if name == "website" else new_name(name)
    update_profile(user=user, **{name: value})
    return [user.pk]


@write
def profile_part_shown(stage: Stage, random: Random) -> Whose:
    user = pick(PEOPLE, random)
    update_profile(user=user, **{random.choice(PARTS): random.choice(ProfileVisibility.values)})
    return [user.pk]


@write
def avatar_set(stage: Stage, random: Random) -> Whose:
    user = pick(PEOPLE, random)
    update_profile(user=user, avatar=ContentFile(b"picture", name=f"{random.randrange(10**9)}.webp"))
    return [user.pk]


@write
def avatar_removed(stage: Stage, random: Random) -> Whose:
    user = pick(PEOPLE.exclude(avatar=""), random)
    update_profile(user=user, avatar=False)
    return [user.pk]


@write
def preferences_chosen(stage: Stage, random: Random) -> Whose:
    """Language and colours, on the page: an own browser, so that no other page tells of it."""
    user = pick(PEOPLE, random)
    browser: Client = client_of(user)
    chosen = {"language": random.choice(["en", "pt-BR"]), "theme": random.choice(Theme.values)}
    assert browser.post(reverse("preferences"), chosen).status_code == 302
    return [user.pk]


@write
def people_updated(stage: Stage, random: Random) -> Whose:
    found = some(PEOPLE, random)
    PEOPLE.filter(pk__in=[row.pk for row in found]).update(name=new_name("Updated"))
    return [row.pk for row in found]


@write
def people_bulk_updated(stage: Stage, random: Random) -> Whose:
    found = some(PEOPLE, random)
    for row in found:
        row.name = new_name("Bulk")
    User.objects.bulk_update(found, ["name"])
    return [row.pk for row in found]


@write
def person_renamed_in_sql(stage: Stage, random: Random) -> Whose:
    user = pick(PEOPLE, random)
    raw("UPDATE accounts_user SET name = %s WHERE id = %s", new_name("Raw"), user.pk)
    return [user.pk]


@write
def friendship_asked(stage: Stage, random: Random) -> Whose:
    one, other = pick(PEOPLE, random), pick(PEOPLE, random)
    actions.ask_to_connect(user=one, partner=other)
    return [one.pk, other.pk]


@write
def friendship_answered(stage: Stage, random: Random) -> Whose:
    row = pick(CONNECTIONS.filter(status=Connection.Status.PENDING), random)
    actions.answer_request(connection=row, accept=random.random() < 0.7)
    return [row.user_id, row.partner_id]


@write
def friendship_made(stage: Stage, random: Random) -> Whose:
    one, other = pick(PEOPLE, random), pick(PEOPLE, random)
    if one == other:
        raise Nothing
    actions.befriend(user=one, partner=other)
    return [one.pk, other.pk]


@write
def friendship_ended(stage: Stage, random: Random) -> Whose:
    row = pick(CONNECTIONS, random)
    actions.disconnect(connection=row)
    return [row.user_id, row.partner_id]


@write
def friendships_updated(stage: Stage, random: Random) -> Whose:
    row = pick(CONNECTIONS, random)
    Connection.objects.filter(pk=row.pk).update(status=random.choice(Connection.Status.values))
    return [row.user_id, row.partner_id]


@write
def friendships_deleted_at_once(stage: Stage, random: Random) -> Whose:
    user = pick(PEOPLE, random)
    Connection.objects.filter(user=user).delete()
    return [user.pk]


@write
def activities_deleted(stage: Stage, random: Random) -> Whose:
    found = some(Activity.objects.all(), random)
    Activity.objects.filter(pk__in=[row.pk for row in found]).delete()
    return [row.actor_id for row in found]


@write
def activities_moved_in_time(stage: Stage, random: Random) -> Whose:
    found = some(Activity.objects.all(), random)
    moved = Activity.objects.filter(pk__in=[row.pk for row in found])
    moved.update(created_at=F("created_at") - timedelta(days=random.choice([1, 6, 40])))
    return [row.actor_id for row in found]
