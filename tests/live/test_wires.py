"""One contract for every wire between processes: the table on either database, and a Redis that comes and goes."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.live.ends import CAKE, PLUM, Make, eventually, maker, settled
from wishare.core.pubsub import EVERYTHING, MISSED, Poke, deliver, listening, poke, wires
from wishare.core.pubsub.models import SentPoke
from wishare.core.pubsub.redis import RedisWire
from wishare.core.pubsub.table import KEPT, PRUNE_SECONDS, TOLD_LATER, TableWire
from wishare.core.pubsub.wires import Wire

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["table", pytest.param("redis", marks=pytest.mark.redis)])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Makes ends of one wire; all are stopped at the end."""
    with ExitStack() as stack:
        options = {"url": request.getfixturevalue("redis_url")} if request.param == "redis" else {}
        yield maker(stack, RedisWire if request.param == "redis" else TableWire, **options)


def test_what_one_end_sends_the_others_hear_in_order(make: Make) -> None:
    one, other = list[Poke](), list[Poke]()
    make(one), make(other)
    sender = make()
    settled(sender, one)
    for message in (PLUM, CAKE, PLUM):
        sender.send(message)
    assert eventually(lambda: one == [PLUM, CAKE, PLUM])
    assert eventually(lambda: other[-3:] == [PLUM, CAKE, PLUM])


def test_an_end_does_not_hear_itself(make: Make) -> None:
    heard = list[Poke]()
    end = make(heard)
    settled(make(), heard)
    end.send(PLUM)
    make().send(CAKE)
    assert eventually(lambda: heard == [CAKE])


def test_after_stop_there_is_silence(make: Make) -> None:
    heard = list[Poke]()
    end = make(heard)
    settled(make(), heard)
    end.stop()
    make().send(PLUM)
    time.sleep(0.5)
    assert heard == []


def test_poke_uses_the_wire_that_the_settings_name_after_the_commit(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    far, near = list[Poke](), list[Poke]()
    make(far)
    sender = make()
    settled(sender, far)
    monkeypatch.setattr(wires, "_end", lambda path: sender)
    with listening("plum", near.append):
        with transaction.atomic():
            poke(*PLUM)
            time.sleep(0.3)
            assert (near, far) == ([], [])
        assert near == [PLUM], "this process, at once"
    assert eventually(lambda: far == [PLUM])


def test_the_settings_name_a_wire_that_is_made_once() -> None:
    assert wires._end("wishare.core.pubsub.table.TableWire") is wires._end("wishare.core.pubsub.table.TableWire")
    assert type(wires.wire()) is Wire, "in tests pokes stay in the process"


# --- the table ------------------------------------------------------------------------------------------------------
@pytest.fixture
def table() -> Iterator[Make]:
    with ExitStack() as stack:
        yield maker(stack, TableWire)


def test_nobody_attends_and_nothing_is_asked_then_the_last_minute_is_told(table: Make) -> None:
    heard = list[Poke]()
    end = table(heard)
    settled(table(), heard)
    end.attend(False)
    time.sleep(0.5)
    table().send(PLUM)
    SentPoke.objects.filter(channel="plum").update(sent_at=timezone.now() - TOLD_LATER)
    table().send(CAKE)
    time.sleep(0.5)
    assert heard == []
    end.attend(True)
    assert eventually(lambda: CAKE in heard)
    assert PLUM not in heard, "too old to matter for a page that was just opened"


def test_a_row_that_appears_after_one_with_a_higher_number_is_told_too(table: Make) -> None:
    heard = list[Poke]()
    table(heard)
    sender = table()
    settled(sender, heard)
    last = SentPoke.objects.latest("pk").pk
    SentPoke.objects.create(pk=last + 3, sender="x", channel="cake", what="list", about="déf")
    assert eventually(lambda: heard == [CAKE])
    SentPoke.objects.create(pk=last + 2, sender="x", channel="plum", what="item", about="abc")
    assert eventually(lambda: heard == [CAKE, PLUM])
    time.sleep(0.5)
    assert heard == [CAKE, PLUM], "each once"


def test_the_table_stays_small(table: Make) -> None:
    sender = table()
    sender.send(CAKE)
    SentPoke.objects.update(sent_at=timezone.now() - 2 * KEPT)
    sender.send(PLUM)
    assert SentPoke.objects.count() == 2, "not at every poke"
    assert isinstance(sender, TableWire)
    sender._pruned -= PRUNE_SECONDS
    sender.send(PLUM)
    assert SentPoke.objects.filter(channel="cake").count() == 0


def test_who_begins_to_look_tidies_up_after_short_commands(table: Make) -> None:
    table().send(CAKE)
    SentPoke.objects.update(sent_at=timezone.now() - 2 * KEPT)
    heard = list[Poke]()
    table(heard)
    assert eventually(lambda: not SentPoke.objects.exists())
    assert heard == []


def test_after_a_long_outage_of_the_database_pages_look_for_themselves(table: Make) -> None:
    heard = list[Poke]()
    end = table(heard)
    settled(table(), heard)
    assert isinstance(end, TableWire)
    assert end._watch
    watch, longer = end._watch, 2 * TOLD_LATER.total_seconds()
    assert eventually(lambda: setattr(watch, "_looked", time.monotonic() - longer) or MISSED in heard)  # type: ignore[func-returns-value]


def test_who_serves_alone_hears_and_writes_nothing(table: Make) -> None:
    heard = list[Poke]()
    end = table(heard, alone=True)
    end.send(PLUM)
    assert not SentPoke.objects.exists()
    table().send(CAKE)
    assert eventually(lambda: heard == [CAKE])


def test_a_poke_that_cannot_be_written_is_logged_and_hurts_nobody(
    table: Make, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pubsub_sentpoke RENAME TO away")
    try:
        with caplog.at_level("ERROR"):
            table().send(PLUM)
    finally:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO pubsub_sentpoke")
    assert "A poke was not sent" in caplog.text


def test_a_listener_to_everything_hears_what_is_for_everybody_once() -> None:
    everything, plum = list[Poke](), list[Poke]()
    with listening(EVERYTHING, everything.append), listening("plum", plum.append):
        deliver(PLUM)
        deliver(MISSED)
    assert everything == [PLUM, MISSED]
    assert plum == [PLUM]
