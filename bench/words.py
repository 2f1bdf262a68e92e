"""What people, lists and wishes are called, and how often a value occurs."""
# ruff: noqa: SIM905 (words are read more easily in a line)

from datetime import date

from wishare.access.choices import Visibility
from wishare.wishlists.choices import EventType

FIRST_NAMES = (
    "Ana Bruno Carla Diego Elena Felipe Gabriela Hugo Inês João Karin Lucas Marina Nuno Olívia Pedro Rita Sofia Tiago "
    "Vera Alice Ben Chloe Daniel Emma Frank Grace Henry Iris Jack Kate Liam Mia Noah Oscar Paula Quentin Rosa Sam Tess"
).split()
LAST_NAMES = (
    "Almeida Barbosa Costa Duarte Esteves Ferreira Gomes Lima Martins Nunes Oliveira Pereira Ramos Santos Teixeira "
    "Adams Baker Clark Davis Evans Foster Green Harris Jones King Lewis Miller Novak Parker Quinn Reed Schmidt Turner"
).split()
CITIES = "Lisboa Porto Recife Curitiba Campinas Berlin London Toronto Boston Sydney".split()
KINDS = "blue red green small large wooden ceramic linen woollen striped silver second-hand warm foldable quiet".split()
THINGS = (
    "teapot scarf lamp cookbook blanket backpack puzzle novel camera headphones knife vase kettle notebook chair tent "
    "watch jumper bicycle bell board game record player plant pot coffee grinder garden gloves picture frame"
).split()

#: Each value as often as it occurs among a hundred.
VISIBILITIES = (
    (Visibility.PRIVATE_LIST.value,) * 25
    + (Visibility.PARTNER_ONLY.value,) * 50
    + (Visibility.PUBLICLY_VISIBLE.value,) * 25
)
CURRENCIES = (
    ("BRL",) * 45 + ("USD",) * 28 + ("EUR",) * 14 + ("GBP",) * 6 + ("CAD", "AUD", "CHF", "JPY", "PLN", "SEK", "MXN")
)
EVENTS = tuple(
    event.value
    for event, share in (
        (EventType.NONE, 36),
        (EventType.BIRTHDAY, 24),
        (EventType.CHRISTMAS, 16),
        (EventType.WEDDING, 6),
        (EventType.BABY_SHOWER, 4),
        (EventType.ANNIVERSARY, 3),
        (EventType.HOUSEWARMING, 3),
        (EventType.GRADUATION, 2),
        (EventType.VALENTINES, 2),
        (EventType.MOTHERS_DAY, 1),
        (EventType.FATHERS_DAY, 1),
        (EventType.OTHER, 2),
    )
    for _ in range(share)
)
EVENT_LABELS = {event.value: event.name.replace("_", " ").capitalize() for event in EventType}
#: Occasions that have their day in the calendar.
FIXED_DAYS = {EventType.CHRISTMAS.value: (12, 25), EventType.VALENTINES.value: (2, 14)}


def on_its_day(event: str, day: date) -> date:
    """The day of an occasion near `day`."""
    month_and_day = FIXED_DAYS.get(event)
    return day.replace(month=month_and_day[0], day=month_and_day[1]) if month_and_day else day
