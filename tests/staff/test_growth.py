"""The growth page: who sees it, what it counts, and how it is drawn."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import client_of, person
from wishare.accounts.models import Role, User
from wishare.staff.chart import nice_top, stacked
from wishare.staff.growth import grow
from wishare.staff.queries import registrations

pytestmark = pytest.mark.django_db
GROWTH = reverse("staff_growth")
TODAY = date(2026, 11, 22)


@pytest.fixture
def admin() -> User:
    return registered("Ada", 0, role=Role.ADMIN)


def registered(name: str, days_ago: int, **fields: object) -> User:
    """Somebody who registered so many days ago, in the evening here."""
    user = person(name, **fields)
    evening = datetime.combine(timezone.localdate() - timedelta(days=days_ago), datetime.max.time())
    User.objects.filter(pk=user.pk).update(created_at=timezone.make_aware(evening))
    return user


@pytest.mark.parametrize("role", list(Role))
def test_it_is_for_admins_and_super_admins(role: Role) -> None:
    user = person("Kim", role=role)
    response = client_of(user).get(GROWTH)
    assert response.status_code == (404 if role == Role.USER else 200)
    footer = client_of(user).get(reverse("privacy")).content.decode()
    assert (GROWTH in footer) == (role != Role.USER)


def test_for_others_it_does_not_exist() -> None:
    client = client_of(person("Kim"))
    plain = [re.sub(r"\w{64}", "", client.get(path).content.decode()) for path in (GROWTH, "/staff/nothing")]
    assert plain[0].replace(GROWTH, "") == plain[1].replace("/staff/nothing", "")


def test_registrations_are_counted_by_day_and_role() -> None:
    for name, days, role in (("A", 0, 0), ("B", 0, 0), ("C", 0, 1), ("D", 2, 0), ("E", 29, 2), ("F", 30, 0)):
        registered(name, days, role=role)
    found = [((timezone.localdate() - row["day"]).days, row["role"], row["number"]) for row in registrations(days=30)]
    assert found == [(29, 2, 1), (2, 0, 1), (0, 0, 2), (0, 1, 1)]


def test_it_takes_one_query_whatever_there_is(admin: User) -> None:
    client = client_of(admin)
    for number in range(12):
        registered(f"P {number}", number * 3)
    for days in (30, 90, 365):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(GROWTH, {"days": days}).status_code == 200
        assert len(queries) == 2  # session with account, registrations


@pytest.mark.parametrize("days", ["", "0", "-1", "31", "999999999999", "x", "30.0", "٣٠"])
def test_an_unknown_span_is_the_shortest(days: str, admin: User) -> None:
    response = client_of(admin).get(GROWTH, {"days": days})
    assert (response.status_code, response.context["days"]) == (200, 30)


@pytest.mark.parametrize(("days", "periods"), [(30, 30), (90, 90), (365, 53)])
def test_no_day_is_left_out(days: int, periods: int) -> None:
    rows = [{"day": TODAY - timedelta(days=ago), "role": 0, "number": 1} for ago in range(days)]
    growth = grow(rows, days=days, today=TODAY)
    assert (len(growth.periods), growth.total) == (periods, days)
    assert growth.periods[0].first == TODAY - timedelta(days=days - 1)
    assert growth.periods[-1].last == TODAY
    for one, next_one in zip(growth.periods, growth.periods[1:], strict=False):
        assert next_one.first - one.last == timedelta(days=1)


def test_registrations_of_other_days_are_not_put_anywhere() -> None:
    rows = [{"day": TODAY + timedelta(days=days), "role": 0, "number": 1} for days in (1, -30, -365)]
    assert grow(rows, days=30, today=TODAY).total == 0


def test_sums_and_the_best_day() -> None:
    rows = [
        {"day": TODAY - timedelta(days=ago), "role": role, "number": n}
        for ago, role, n in ((3, 0, 2), (1, 0, 1), (1, 1, 1))
    ]
    growth = grow(rows, days=30, today=TODAY)
    assert [number for _label, number in growth.roles] == [3, 1, 0]
    assert (growth.total, growth.best.first, growth.best.total) == (4, TODAY - timedelta(days=1), 2)
    assert [period.total for period in growth.newest_first] == [2, 2]


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 2), (1, 2), (3, 4), (9, 10), (11, 20), (21, 30), (55, 60), (101, 200)]
)
def test_the_scale_ends_at_an_even_number(largest: int, top: int) -> None:
    assert nice_top(largest) == top


@pytest.mark.parametrize("exponent", range(9))
def test_the_scale_is_never_too_small_nor_much_too_large(exponent: int) -> None:
    for largest in (10**exponent - 1, 10**exponent, 10**exponent + 1, 7 * 10**exponent):
        assert largest <= nice_top(largest) <= max(2 * largest, 2)
        assert nice_top(largest) % 2 == 0


def test_bars_stand_on_each_other_inside_of_the_drawing() -> None:
    chart = stacked([[1, 2, 0], [0, 0, 0], [4, 0, 0]])
    boxes = [(bar.series, *(float(part) for part in (bar.x, bar.y, bar.width, bar.height))) for bar in chart.bars]
    assert (chart.top, chart.middle) == (4, 2)
    assert [(series, y, height) for series, _x, y, _width, height in boxes] == [(0, 75, 25), (1, 25, 50), (0, 0, 100)]
    assert boxes[0][1] == boxes[1][1] < 1000 / 3 < 2000 / 3 < boxes[2][1] < boxes[2][1] + boxes[2][3] < 1000
    assert stacked([]).bars == stacked([[0, 0]]).bars == []


def test_the_chart_is_described_and_every_number_is_in_a_table(admin: User) -> None:
    for name in "ABC":
        registered(name, 5)
    page = client_of(admin).get(GROWTH).content.decode()
    assert re.search(r'<svg[^>]+role="img" aria-labelledby="chart-title chart-text">\s*<title id="chart-title">', page)
    assert '<desc id="chart-text">4 since' in page
    assert re.findall(r"<td>(\d+)</td>", page) == ["0", "1", "0", "1", "3", "0", "0", "3"]
    assert page.count("<rect") == 2
    assert "style=" not in page


def test_nobody_registered(admin: User) -> None:
    User.objects.update(created_at=timezone.now() - timedelta(days=50))
    page = client_of(admin).get(GROWTH).content.decode()
    assert "Nobody has registered in this time" in page
    assert '<svg class="chart' not in page


def test_numbers_only(admin: User) -> None:
    registered("Quentin Quux", 1)
    page = client_of(admin).get(GROWTH, {"days": 365}).content.decode()
    assert "Quentin" not in page
    assert "quentin" not in page
