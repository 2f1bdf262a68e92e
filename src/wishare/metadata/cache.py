"""One answer for everybody who asks for the same page, and one question to the site, however many ask at once."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wishare.core.ids import new_token
from wishare.core.texts import printable
from wishare.metadata.extractor import NOTHING, Product
from wishare.metadata.models import Extraction, Outcome

#: How long an answer is good: of a page that is asked for often, longer; of one that had none, for a short time.
KEPT, KEPT_IF_POPULAR = timedelta(days=7), timedelta(days=30)
POPULAR = 10
KEPT_WITHOUT = {
    Outcome.BLOCKED: timedelta(minutes=15),
    Outcome.UNREACHABLE: timedelta(minutes=15),
    Outcome.NOT_HTML: timedelta(hours=1),
    Outcome.NO_DATA: timedelta(hours=1),
}
#: Of a site that may be back in a moment; shields it from many who ask in the same second.
KEPT_IF_WORTH_RETRYING = timedelta(seconds=5)
#: Longer than fetching and reading a page may take together.
LEASE = timedelta(seconds=40)
ROWS_AT_MOST = 100_000
A_BATCH = 1_000
#: Characters of a text that are kept.
LONGEST_TEXT = 4_096
FREE: dict[str, Any] = {"leased_until": None, "lease": ""}


@dataclass(frozen=True)
class Answer:
    """What is known of a page. `worth_retrying`: the same question may have another answer a little later."""

    outcome: Outcome
    product: Product
    worth_retrying: bool = False


@dataclass(frozen=True)
class Lease:
    """The right to ask the site for a page, for LEASE."""

    key: str
    token: str


def recall(key: str) -> Answer | None:
    """The answer that is still good, and one more use of it. None if there is none."""
    now = timezone.now()
    row = Extraction.objects.filter(key=key, expires_at__gt=now).exclude(outcome="").first()
    if row is None:
        return None
    used: dict[str, Any] = {"uses": F("uses") + 1, "used_at": now}
    if row.outcome == Outcome.FOUND and row.uses + 1 >= POPULAR and row.found_at:
        used["expires_at"] = row.found_at + KEPT_IF_POPULAR
    Extraction.objects.filter(key=key).update(**used)
    return Answer(Outcome(row.outcome), _loaded(row.product), row.worth_retrying)


def take(key: str) -> Lease | None:
    """The right to ask; None while somebody else has it. It ends by itself, so one who dies keeps it from nobody."""
    now, lease = timezone.now(), Lease(key, new_token())
    mine = {"lease": lease.token, "leased_until": now + LEASE}
    with transaction.atomic():
        Extraction.objects.bulk_create([Extraction(key=key, used_at=now, expires_at=now)], ignore_conflicts=True)
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        return lease if Extraction.objects.filter(free, key=key).update(**mine) else None


def keep(lease: Lease, answer: Answer) -> None:
    """The answer for all others, and the end of the lease. Nothing happens if somebody has taken over since."""
    now = timezone.now()
    _of(lease).update(
        outcome=answer.outcome,
        worth_retrying=answer.worth_retrying,
        product=_dumped(answer.product),
        uses=1,
        used_at=now,
        found_at=now,
        expires_at=now + _lifetime(answer),
        **FREE,
    )


def give_back(lease: Lease) -> None:
    """Without an answer: whoever asks next asks the site."""
    _of(lease).update(**FREE)


def forget_failure(key: str) -> None:
    """Somebody wants to try again now: an answer without a product counts no longer."""
    Extraction.objects.filter(key=key).exclude(outcome=Outcome.FOUND).update(expires_at=timezone.now())


def evict(at_most: int = ROWS_AT_MOST) -> int:
    """Removes what has expired, and beyond `at_most` rows what was not used for longest. Returns how many went."""
    now = timezone.now()
    idle = Extraction.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now))
    gone = idle.filter(expires_at__lte=now).delete()[0]
    excess = Extraction.objects.count() - at_most
    while excess > 0:
        oldest = idle.order_by("used_at", "key").values_list("key", flat=True)[: min(excess, A_BATCH)]
        removed = Extraction.objects.filter(key__in=list(oldest)).delete()[0]
        if not removed:
            break
        gone, excess = gone + removed, excess - removed
    return gone


def _of(lease: Lease) -> QuerySet[Extraction]:
    return Extraction.objects.filter(key=lease.key, lease=lease.token)


def _lifetime(answer: Answer) -> timedelta:
    if answer.worth_retrying:
        return KEPT_IF_WORTH_RETRYING
    return KEPT_WITHOUT.get(answer.outcome, KEPT)


def _dumped(product: Product) -> dict[str, str]:
    return {name: printable(str(value)[:LONGEST_TEXT]) for name, value in product.items() if value is not None}


def _loaded(stored: dict[str, str]) -> Product:
    product = {**NOTHING, **stored}
    if "price" in stored:
        product["price"] = Decimal(stored["price"])
    return cast(Product, product)
