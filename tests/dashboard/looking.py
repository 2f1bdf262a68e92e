"""Whether a page is warm, and what waits to be done."""

from django.test import Client

from tests.support.counting import Cost, counted
from wishare.core.jobs.models import Job

DASHBOARD, LISTS, NEWS, OWN = "/dashboard", "/wishlists", "/activity", "/activity?of=me"


def jobs() -> list[tuple[str, list[object]]]:
    """What waits of the dashboard's: the name of the task, and its arguments."""
    found = (
        Job.objects.filter(task_path__startswith="wishare.dashboard.")
        .order_by("enqueued_at")
        .values_list("task_path", "args_kwargs")
    )
    return [(path.rpartition(".")[2], asked["args"]) for path, asked in found]


def forget_jobs() -> None:
    Job.objects.all().delete()


def look(browser: Client, address: str, language: str = "en") -> Cost:
    """What a page costs."""
    with counted(warm=True) as cost:
        assert browser.get(address, headers={"accept-language": language}).status_code == 200
    return cost


def is_warm(browser: Client, address: str, language: str = "en") -> bool:
    """Whether nothing had to be drawn."""
    cost = look(browser, address, language)
    return bool(cost.cache) and not any(name.startswith("set") for name in cost.cache)
