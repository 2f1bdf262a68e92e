"""What people of a test are told."""

from tests.support.working import work_off
from wishare.accounts.models import User
from wishare.notifications import sentences
from wishare.notifications.models import Notification
from wishare.notifications.queries import NEWEST, visible_to, with_targets


def notes(person: User) -> list[Notification]:
    """What the person would see on the page, newest first, once all jobs are done."""
    work_off()
    return list(with_targets(visible_to(person)).order_by(*NEWEST))


def told(person: User) -> list[str]:
    """The same as sentences."""
    return [sentences.plain(note) for note in notes(person)]


def everybody(*people: User) -> dict[str, list[str]]:
    """By first name; without those who are told nothing."""
    return {person.name.split()[0]: lines for person in people if (lines := told(person))}
