"""Django settings. What an operator may change is in `environment.py`; the rest is the same everywhere."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from environ import Env

from wishare import environment
from wishare.core import content_security

ROOT = environment.ROOT
DATA_DIR = environment.data_dir()
SECRET_KEY = environment.secret_key()
DEBUG = environment.switch("WISHARE_DEBUG")
PUBLIC_URL = environment.text("WISHARE_PUBLIC_URL").rstrip("/")
#: Where an installation answers that was told no address; whoever serves says which port it is.
LOCAL_URL = "http://localhost:8000"
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if PUBLIC_URL:
    ALLOWED_HOSTS.append(urlsplit(PUBLIC_URL).hostname or "")
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "waffle",
    "django_tasks",
    "django_tasks_db",
    "wishare.core",
    "wishare.core.jobs",
    "wishare.core.pubsub",
    "wishare.metadata",
    "wishare.accounts",
    "wishare.connections",
    "wishare.access",
    "wishare.wishlists",
    "wishare.comments",
    "wishare.activity",
    "wishare.notifications",
    "wishare.dashboard",
    "wishare.live",
    "wishare.api",
    "wishare.pages",
    "wishare.staff",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wishare.core.middleware.reject_nul_bytes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wishare.accounts.middleware.AccountLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "wishare.accounts.authentication.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wishare.access.middleware.RouteAccessMiddleware",
    "wishare.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "wishare.urls"
REACTIONS = "wishare.reactions"
WSGI_APPLICATION = "wishare.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src/wishare/templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "wishare.core.templatetags.wishare"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "wishare.core.flash.shown",
                "wishare.pages.navigation.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "wishare.sqlite3",
    "OPTIONS": {
        # A write transaction takes its lock at once: it waits its turn instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    },
    "CONN_MAX_AGE": None,
}
DATABASE_URL = environment.text("DATABASE_URL")
DATABASES = {"default": SQLITE}
if DATABASE_URL:
    DATABASES["default"] = {**Env.db_url_config(DATABASE_URL), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASE_PREPARED = bool(DATABASE_URL) and environment.switch("DATABASE_PREPARED")
if DATABASE_PREPARED:
    # Only the queries of `core/prepared.py`: each is planned once a connection, half of the time of a short query. Left
    # to choose, PostgreSQL plans long queries of pages anew in each call, which takes longer than they do. At the first
    # call: psycopg soon forgets how often it was asked what. A plan does not outlive a change of its tables, so
    # processes that run through a migration would fail.
    prepared = {"prepare_threshold": 0, "options": "-c plan_cache_mode=force_generic_plan"}
    DATABASES["default"]["OPTIONS"] = {**prepared, **DATABASES["default"].get("OPTIONS", {})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
CACHE_EXPIRY = environment.number("CACHE_EXPIRY", least=1, default=1800 if DEBUG else 3600)
LOCAL_CACHE: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "TIMEOUT": CACHE_EXPIRY,
    "OPTIONS": {"MAX_ENTRIES": 5_000},  # a kept dashboard is 20 kB
}
REDIS_CACHE: dict[str, Any] = {
    "BACKEND": "wishare.core.caching.backend.GuardedRedisCache",
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": environment.text("REDIS_NAMESPACE"),
    "TIMEOUT": CACHE_EXPIRY,
    "OPTIONS": {
        # A Redis that is dead or hangs costs a process a quarter of a second, once in BREAKER_SECONDS.
        "BREAKER_SECONDS": environment.number("REDIS_RETRY_SECONDS"),
        "SOCKET_CONNECT_TIMEOUT": 0.25,
        "SOCKET_TIMEOUT": 0.25,
        "PARSER_CLASS": "redis._parsers._HiredisParser",
        "CONNECTION_FACTORY": "wishare.core.caching.backend.Connections",
        "CONNECTION_POOL_CLASS": "redis.BlockingConnectionPool",
        "CONNECTION_POOL_KWARGS": {
            "max_connections": environment.number("REDIS_POOL_SIZE", least=1),
            "timeout": environment.number("REDIS_POOL_TIMEOUT"),
        },
    },
}
NO_CACHE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {"default": REDIS_CACHE if REDIS_URL else LOCAL_CACHE, "none": NO_CACHE}
WAFFLE_CACHE_NAME = "none"  # each process keeps the switches itself (`core/flags.py`)
#: What takes pokes to other processes (`core/pubsub/wires.py`).
POKE_WIRE = "wishare.core.pubsub.redis.RedisWire" if REDIS_URL else "wishare.core.pubsub.table.TableWire"

# --- accounts -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["wishare.accounts.authentication.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "wishare.accounts.passwords.CharacterClassesValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "wishare.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "wishare.accounts.forms.SignupFields"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
OUR_RATE_LIMITS = {
    "invite": "30/h/user",
    "guest_claim": "30/h/ip",
    "export": "10/h/user",
    "comment": "60/h/user",
    "add_link": "30/m/user,500/d/user",
}
ACCOUNT_RATE_LIMITS = OUR_RATE_LIMITS if environment.switch("WISHARE_RATE_LIMITS") else False
API_CALLS_A_MINUTE = 120 if environment.switch("WISHARE_RATE_LIMITS") else None
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("WISHARE_TRUSTED_PROXIES")
PASSWORD_RESET_TIMEOUT = 6 * 3600

SESSION_ENGINE = "wishare.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- jobs -----------------------------------------------------------------------------------------------------
#: All queues there are; QUEUES are those that the workers of this process look into, the first one first.
QUEUE_NAMES = ("default", "low_priority")
QUEUES = environment.choices("QUEUES", QUEUE_NAMES)
[ROLE] = environment.choices("ROLE", ("all", "web", "worker", "schedule", "stream"), most=1)
WORKER_THREADS = environment.number("WORKER_THREADS", least=1)
TASKS = {"default": {"BACKEND": "wishare.core.jobs.backend.Backend", "QUEUES": QUEUE_NAMES}}
#: Which jobs run by themselves, and how often (`core/jobs/schedule.py`).
SCHEDULE = {
    "wishare.core.jobs.tasks.forget_failed": timedelta(days=1),
    "wishare.core.outgoing.forget_unsent": timedelta(days=1),
    "wishare.metadata.jobs.evict": timedelta(hours=1),
    "wishare.wishlists.jobs.purge": timedelta(hours=1),
    "wishare.comments.jobs.purge": timedelta(hours=1),
    # At each quarter of an hour, which is when it is eight in the morning somewhere.
    "wishare.notifications.jobs.mail_what_is_due": timedelta(minutes=15),
    "wishare.notifications.jobs.forget_old": timedelta(days=1),
}

# --- mail -----------------------------------------------------------------------------------------------------
EMAIL_URL = environment.text("EMAIL_URL")
DEFAULT_FROM_EMAIL = environment.text("WISHARE_MAIL_FROM")
EMAIL_BACKEND = "wishare.core.outbox.EmailBackend"
EMAIL_TIMEOUT = 10
if EMAIL_URL:
    vars().update(Env.email_url_config(EMAIL_URL))
#: Whoever sends mail writes a row; a job hands it to the transport.
MAIL_TRANSPORT, EMAIL_BACKEND = EMAIL_BACKEND, "wishare.core.outgoing.EmailBackend"
OUTBOX_DIR = None if EMAIL_URL else DATA_DIR / "outbox"

# --- other sites ----------------------------------------------------------------------------------------------
FETCH_ALLOW = environment.text("WISHARE_FETCH_ALLOW").replace(",", " ").split()

# --- language and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = (("en", "English"), ("pt-br", "Português (Brasil)"))
LOCALE_PATHS = [ROOT / "src/wishare/locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = environment.text("WISHARE_TIME_ZONE")

# --- files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "src/wishare/static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- what a browser is told -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {"DIRECTIVES": content_security.DIRECTIVES}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
# Other names under the same domain are not ours to speak for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Scanners try every name; they get their 400 and no traceback.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
