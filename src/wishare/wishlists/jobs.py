"""What happens to lists and wishes while nobody waits for it."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskContext, task

from wishare.metadata.lookups import InProgress, NotNow
from wishare.wishlists import lookups
from wishare.wishlists.facts import LookupWanted

#: In about a quarter of an hour; after that it is for the owner to try again.
LOOKUPS_AT_MOST = 6
#: While somebody else asks for the same page.
A_MOMENT = timedelta(seconds=1)


@task(takes_context=True)
def look_up(context: TaskContext, item: int, handed: int | None = None) -> None:
    """Fills what is empty in a wish from the page it links to. Done twice, the second time finds nothing to do."""
    try:
        lookups.run(item, handed, last=context.attempt >= LOOKUPS_AT_MOST)
    except InProgress:
        look_up.using(run_after=timezone.now() + A_MOMENT).enqueue(item, handed)
    except (NotNow, lookups.NotReachedError):
        raise
    except Exception:
        lookups.give_up(item)
        raise


def enqueue_lookup(fact: LookupWanted) -> None:
    look_up.enqueue(fact.item.pk, fact.handed.pk if fact.handed else None)


@task(queue_name="low_priority")
def purge() -> None:
    """Removes for good what has been deleted for long, and sessions that have ended."""
    call_command("purge")
