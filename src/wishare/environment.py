"""Every setting an operator can change, read from the environment. `bin/serve --help` prints this table."""

import fcntl
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, its default as the text one would export, and what it does."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("WISHARE_DATA_DIR", str(ROOT / "data"), "database, uploads, outbox and secret key live here"),
    Setting("WISHARE_PUBLIC_URL", "", "the address people use, such as https://wishes.example.org"),
    Setting("WISHARE_SECRET_KEY", "", "signs cookies and links; made once in the data directory if empty"),
    Setting("WISHARE_TIME_ZONE", "UTC", "decides when a day ends, such as America/Sao_Paulo"),
    Setting("WISHARE_THREADS", "8", "requests handled at the same time"),
    Setting("ROLE", "all", "all in one process, or only web, worker, schedule or stream"),
    Setting("QUEUES", "default,low_priority", "which jobs the workers run; the first queue comes first"),
    Setting("WORKER_THREADS", "2", "jobs run at the same time"),
    Setting("WISHARE_TRUSTED_PROXIES", "0", "reverse proxies in front that set X-Forwarded-For"),
    Setting("WISHARE_RATE_LIMITS", "on", "on, or off where a load test hits one address"),
    Setting("WISHARE_MAIL_FROM", "Wishare <wishare@localhost>", "sender of all mail"),
    Setting("WISHARE_DEBUG", "off", "on shows error pages with source code; never in public"),
    Setting("WISHARE_FETCH_ALLOW", "", "host:port pairs that may be fetched although not public; empty in public"),
    Setting("DATABASE_URL", "", "postgresql://user:password@host/name; SQLite in the data directory if empty"),
    Setting("DATABASE_PREPARED", "off", "on lets PostgreSQL plan a query once; restart everything after an update"),
    Setting("REDIS_URL", "", "redis://host:6379/0 as the cache; memory of the process if empty"),
    Setting("REDIS_NAMESPACE", "wishare", "what every key in Redis begins with"),
    Setting("REDIS_POOL_SIZE", "5", "connections to Redis a process opens at most"),
    Setting("REDIS_POOL_TIMEOUT", "5", "seconds to wait for a free one of these connections"),
    Setting("REDIS_RETRY_SECONDS", "5", "how long a Redis that failed is left alone"),
    Setting("CACHE_EXPIRY", "", "seconds a cache entry lives; 3600 if empty, 1800 with WISHARE_DEBUG=on"),
    Setting("EMAIL_URL", "", "smtp://, smtp+tls:// or smtp+ssl://user:password@host:port; an outbox page if empty"),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def text(name: str) -> str:
    """The value of a declared setting; KeyError for one that the table does not list."""
    return os.environ.get(name) or _DEFAULTS[name]


def switch(name: str) -> bool:
    """A setting that is on or off.

    Raises ValueError for anything else, so that a typo never means «off».
    """
    value = text(name).lower()
    if value not in {"on", "off"}:
        raise ValueError(f"{name} must be on or off, not {value!r}")
    return value == "on"


def number(name: str, *, least: int = 0, default: int | None = None) -> int:
    """A setting that is a whole number of at least `least`; `default` where the table leaves it empty.

    Raises ValueError otherwise.
    """
    value = text(name)
    if not value and default is not None:
        return default
    if not value.isdecimal():
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    if int(value) < least:
        raise ValueError(f"{name} must be at least {least}, not {value!r}")
    return int(value)


def choices(name: str, offered: Sequence[str], *, most: int | None = None) -> list[str]:
    """A setting that names some of what is offered, with commas between them, none twice.

    Raises ValueError for anything else.
    """
    chosen = [word.strip() for word in text(name).split(",")]
    if not set(chosen) <= set(offered) or len(chosen) != len(set(chosen)) or len(chosen) > (most or len(offered)):
        how = "one" if most == 1 else "some"
        raise ValueError(f"{name} must be {how} of {', '.join(offered)}, not {text(name)!r}")
    return chosen


def data_dir() -> Path:
    """The data directory, made with access for its owner only if it is missing."""
    path = Path(text("WISHARE_DATA_DIR")).expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key() -> str:
    """The configured key, or one generated on the first start and kept in the data directory."""
    if key := text("WISHARE_SECRET_KEY"):
        return key
    path = data_dir() / "secret_key"
    if path.is_file() and (key := path.read_text()):
        return key
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # of several first starts at once, the others read what one has written
        key = file.read()
        if not key:
            key = secrets.token_urlsafe(50)
            file.write(key)
        return key
