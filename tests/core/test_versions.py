"""Versions move whatever door a write comes through, and never backwards."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.support.cast import World, make_world, person
from wishare.accounts.models import User
from wishare.connections.models import Connection
from wishare.core import flags, preparation, versions
from wishare.wishlists.actions import claims, items, lists
from wishare.wishlists.models import Claim, Item, Wishlist

pytestmark = pytest.mark.django_db

Numbers = dict[str, int]


@pytest.fixture
def world() -> World:
    return make_world()


def numbers(world: World) -> Numbers:
    """Every version around the scarf, as the database has it now."""
    scarf = Item.objects.get(pk=world.scarf.pk)
    christmas = Wishlist.objects.get(pk=world.christmas.pk)
    return {
        "item": scarf.version,
        "item claims": scarf.claims_version,
        "list": christmas.version,
        "list claims": christmas.claims_version,
        "owner": User.objects.get(pk=world.owner.pk).version,
    }


def moved(world: World, write: Callable[[World], object]) -> set[str]:
    before = numbers(world)
    write(world)
    after = numbers(world)
    assert all(after[name] >= before[name] for name in before)
    return {name for name in before if after[name] > before[name]}


def raw(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def save_scarf(world: World) -> None:
    world.scarf.refresh_from_db()
    world.scarf.name = "Shawl"
    world.scarf.save()


def bulk_update_scarf(world: World) -> None:
    Item.objects.bulk_update([Item(pk=world.scarf.pk, position=9)], ["position"])


def move_scarf_to_another_list(world: World) -> None:
    Item.objects.filter(pk=world.scarf.pk).update(wishlist=world.private)


ITEM, CLAIM = {"item", "list"}, {"item claims", "list claims"}


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (save_scarf, ITEM),
        (bulk_update_scarf, ITEM),
        (lambda w: Item.objects.filter(pk=w.scarf.pk).update(name="Shawl"), ITEM),
        (lambda w: raw("UPDATE wishlists_item SET name = %s WHERE id = %s", "Shawl", w.scarf.pk), ITEM),
        (lambda w: items.edit_item(item=w.scarf, name="Shawl"), ITEM),
        (move_scarf_to_another_list, ITEM),
        (lambda w: items.add_item(wishlist=w.christmas, name="New"), {"list"}),
        (lambda w: Item.objects.bulk_create([Item(wishlist=w.christmas, name="New")]), {"list"}),
        (lambda w: Item.objects.filter(pk=w.book.pk).delete(), {"list"}),
        (lambda w: lists.share_wishlist(wishlist=w.christmas), {"list"}),
        (lambda w: Wishlist.objects.all().update(name="Same"), {"list"}),
        (lambda w: Claim.objects.all().update(status=1), CLAIM),
        (lambda w: Claim.objects.all().delete(), CLAIM),
        (lambda w: w.other_friend.delete(), CLAIM),  # a cascade: the giver's claim goes with the account
        (lambda w: raw("DELETE FROM wishlists_claim"), CLAIM),
        (lambda w: claims.undo_claim(claim=w.other_claim), CLAIM),
        (lambda w: User.objects.filter(pk=w.owner.pk).update(bio="New"), {"owner"}),
        (lambda w: User.objects.filter(pk=w.owner.pk).update(last_login=None), set()),
        (lambda w: User.objects.filter(pk=w.friend.pk).update(bio="New"), set()),
        (lambda w: Item.objects.filter(pk=w.diary.pk).update(name="Other list"), set()),
    ],
)
def test_a_write_moves_just_the_versions_it_should(
    world: World, write: Callable[[World], object], expected: set[str]
) -> None:
    assert moved(world, write) == expected


def test_a_save_of_an_old_copy_does_not_move_a_version_back(world: World) -> None:
    old = Wishlist.objects.get(pk=world.christmas.pk)
    for name in ("One", "Two", "Three"):
        Wishlist.objects.filter(pk=old.pk).update(name=name)
    newest = Wishlist.objects.get(pk=old.pk).version
    old.save()
    assert Wishlist.objects.get(pk=old.pk).version > newest


def test_a_save_of_an_old_copy_does_not_hide_what_was_claimed_since(world: World) -> None:
    old_item, old_list = Item.objects.get(pk=world.scarf.pk), Wishlist.objects.get(pk=world.christmas.pk)
    Claim.objects.all().update(status=1)
    newest = numbers(world)
    old_item.save()
    old_list.save()
    after = numbers(world)
    assert all(after[name] >= newest[name] for name in newest)


def test_a_write_that_is_rolled_back_takes_its_version_along(world: World) -> None:
    before = numbers(world)
    with transaction.atomic():
        save_scarf(world)
        transaction.set_rollback(True)
    assert numbers(world) == before


def version_of(row: Wishlist | Item | User) -> int:
    version: int = type(row)._default_manager.values_list("version", flat=True).get(pk=row.pk)
    return version


def test_a_version_is_later_than_any_before_it(world: World) -> None:
    """Microseconds since 2026, so that a restored row never gets a number that was in use."""
    since_2026 = (timezone.now() - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds() * 1e6
    assert since_2026 - 10e6 < version_of(world.christmas) < since_2026 + 10e6
    Wishlist.objects.filter(pk=world.christmas.pk).update(name="One")
    first = version_of(world.christmas)
    Wishlist.objects.filter(pk=world.christmas.pk).update(name="Two")
    assert version_of(world.christmas) > first


def test_versions_in_memory_are_those_of_the_database_after_an_insert(world: World) -> None:
    made = Wishlist.objects.create(owner=world.owner, name="New")
    assert made.version == version_of(made)
    (bulk,) = Wishlist.objects.bulk_create([Wishlist(owner=world.owner, name="Newer")])
    assert bulk.version == version_of(bulk)


@pytest.mark.parametrize("insert", [lambda row: row.save(), lambda row: type(row).objects.bulk_create([row])])
def test_a_row_that_is_deleted_and_inserted_again_has_a_version_it_never_had(
    world: World, insert: Callable[[Item], object]
) -> None:
    copy = Item.objects.get(pk=world.book.pk)
    Item.objects.filter(pk=copy.pk).update(name="Seen and kept")
    newest = Item.objects.get(pk=copy.pk)
    Item.objects.filter(pk=copy.pk).delete()
    insert(copy)
    again = Item.objects.get(pk=newest.pk)
    assert (again.version > newest.version, again.claims_version > newest.claims_version) == (True, True)


def circles(*people: User) -> list[int]:
    return [User.objects.get(pk=each.pk).circle_version for each in people]


NOBODY, OWNER = set[str](), {"owner"}


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (save_scarf, OWNER),
        (bulk_update_scarf, OWNER),
        (lambda w: lists.share_wishlist(wishlist=w.christmas), OWNER),
        (
            lambda w: Wishlist.objects.filter(pk=w.christmas.pk).delete(),
            {"owner", "friend"},
        ),  # who said something there
        (lambda w: Wishlist.objects.filter(pk=w.christmas.pk).update(owner=w.friend), {"owner", "friend"}),
        (lambda w: Wishlist.objects.filter(pk=w.christmas.pk).update(updated_at=timezone.now()), NOBODY),
        (lambda w: User.objects.filter(pk=w.owner.pk).update(bio="New"), OWNER),
        (lambda w: User.objects.filter(pk=w.owner.pk).update(last_login=None), NOBODY),
        (lambda w: raw("UPDATE connections_connection SET status = 2"), {"owner", "friend"}),
        (lambda w: Connection.objects.all().delete(), {"owner", "friend"}),
        (lambda w: w.friend.delete(), OWNER),
        (lambda w: Claim.objects.all().update(status=1), NOBODY),
        (lambda w: Claim.objects.all().delete(), NOBODY),
        (lambda w: claims.purchase_claim(claim=w.other_claim), NOBODY),
    ],
)
def test_what_friends_may_see_of_somebody_moves_their_circle(
    world: World, write: Callable[[World], object], expected: set[str]
) -> None:
    people = {"owner": world.owner, "friend": world.friend, "stranger": world.stranger}
    before = dict(zip(people, circles(*people.values()), strict=True))
    write(world)
    after = {who: circles(each)[0] for who, each in people.items() if User.objects.filter(pk=each.pk).exists()}
    assert {who for who, version in after.items() if version > before[who]} == expected


def test_triggers_are_installed_once_and_can_be_taken_away() -> None:
    user = person("Vera")
    before = version_of(user)
    assert versions.install() is False
    versions.remove()
    User.objects.filter(pk=user.pk).update(bio="x")
    assert version_of(user) == before
    assert versions.install() is True
    User.objects.filter(pk=user.pk).update(bio="y")
    assert version_of(user) > before


def test_a_trigger_of_an_older_declaration_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.apps import apps

    config = apps.get_app_config("accounts")
    monkeypatch.setattr(config, "versions", (versions.Bump("accounts.User", apart=("last_login", "bio")),))
    assert versions.install() is True
    user = person("Vera")
    before = version_of(user)
    User.objects.filter(pk=user.pk).update(bio="x")
    assert version_of(user) == before


@pytest.mark.django_db(transaction=True)
def test_migrating_back_and_forth_keeps_rows_and_triggers() -> None:
    user = person("Vera")
    call_command("migrate", "accounts", "0001", verbosity=0)
    call_command("migrate", "accounts", verbosity=0)
    before = version_of(user)
    User.objects.filter(pk=user.pk).update(bio="x")
    assert version_of(user) > before


def test_what_was_kept_while_triggers_were_missing_is_not_used_any_more() -> None:
    person("Vera")
    before = flags.cache_generation()
    preparation.begin_versions()
    assert flags.cache_generation() == before
    versions.remove()
    preparation.begin_versions()
    assert flags.cache_generation() > before
