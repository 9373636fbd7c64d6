"""One settings file. What differs between machines comes from the environment (see README, "Settings")."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from . import static_files
from .env import (
    env_bool,
    env_database,
    env_email,
    env_folder,
    env_host,
    env_hosts,
    env_name,
    env_path,
    env_rate,
    env_url,
    secret_key,
)

django_stubs_ext.monkeypatch()  # so that ModelForm[Support] and its like are classes at run time, too

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env_folder("VAR_DIR", default=BASE_DIR / "var")  # everything that the running site writes

DEBUG = env_bool("DEBUG", default=False)
HTTPS = env_bool("HTTPS", default=False)  # set it wherever people reach the site by https
SECRET_KEY_FILE = VAR_DIR / "secret_key"  # where the environment has none
SECRET_KEY = secret_key("SECRET_KEY", fallback_file=SECRET_KEY_FILE)
ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env_url(
    "SITE_URL", default="http://127.0.0.1:8000", base=True
)  # for QR codes and banners, which outlive a request
# Who answers for the site, named on every page and in the API; without a name they say that this is a trial run by nobody yet.
OPERATOR_NAME = env_name("OPERATOR_NAME")
# Where a mistake may be told; without it nobody is named.
CONTACT_EMAIL = env_email("CONTACT_EMAIL")
# Where すぐに閉じる leads: an unremarkable page that shows nothing personal.
EXIT_URL = env_url("EXIT_URL", default="https://www.jma.go.jp/bosai/forecast/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "corsheaders",
    "csp",
    "simple_history",
    "import_export",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "catalog",
    "chatbot",
    "reports",
    "desk",
    "api",
    "notalone",
]

# Sessions, sign-in and messages are lazy: the public pages never touch them, so they cost neither SQL nor a cookie there
# (tests/site/test_every_page.py holds this).
MIDDLEWARE = [
    "notalone.middleware.answer_health_checks",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "notalone.middleware.privacy_headers",
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "notalone.middleware.friendly_errors",
    "notalone.middleware.desk_on_its_host",
    "notalone.middleware.drop_cookies_outside_desk",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "notalone.middleware.keep_post_on_redirect",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "notalone.urls"
PUBLIC_URLCONF = "notalone.public_urls"  # the public pages alone, as the desk previews them
WSGI_APPLICATION = "notalone.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["notalone.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "catalog.pages.context_processors.on_every_page",
            ],
        },
    }
]

DATABASES = {"default": env_database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Seconds that a save waits for another's. Then the desk says so (notalone.errors.busy_page): a thread that waits serves nobody.
        "timeout": 3,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A server that hangs must not hang the site: each wait has an end, here and (milliseconds) there. An address may say otherwise.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000",
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The last good Release, kept beside the database so that a worker can start while the database is away.
RELEASE_COPY = Path(VAR_DIR / "release.json")
RELEASE_POLL_SECONDS = 0.5

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WHITENOISE_ADD_HEADERS_FUNCTION = static_files.add_headers

# Public posts are a handful of short keys; anything bigger is a mistake or an attack.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
BODY_SECONDS = 20  # within which a form arrives; see notalone/bodies.py
# Nobody is asked for a file, but for staff who import content: the handler refuses files everywhere else.
DATA_UPLOAD_MAX_NUMBER_FILES = 30
FILE_UPLOAD_HANDLERS = ["desk.exchange.uploads.OnlyForImports"]

# The public posts are exempt; for staff whose page has gone stale.
CSRF_FAILURE_VIEW = "notalone.views.form_expired"

# The desk (編集室). Its cookies are sent to its own address only.
DESK_PATH = env_path("DESK_PATH", default="desk/")
DESK_HOST = env_host("DESK_HOST")  # where set, the desk answers on this host alone
if DESK_HOST and DESK_HOST not in ALLOWED_HOSTS:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, DESK_HOST]
# A site with one curator: no second person for what could cost a life. The Release says so.
ONE_CURATOR = env_bool("ONE_CURATOR", default=False)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
INVITATION_DAYS = 3  # after which an unused invitation is dead
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"/{DESK_PATH}"
SESSION_COOKIE_NAME = "__Secure-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Secure-csrftoken" if HTTPS else "csrftoken"
SESSION_ENGINE = "desk.accounts.sessions"
SESSION_COOKIE_AGE = 2 * 60 * 60  # seconds without a request
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # until the browser is closed
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hour
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the hour that the page names stays true
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "desk.accounts.lockout.LockByNameToo"
AXES_CLIENT_IP_CALLABLE = "catalog.pages.decorators.client_address"
AXES_LOCKOUT_CALLABLE = "desk.accounts.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "otp_token"]  # a recovery code stays good
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "ひとりじゃない編集室"  # short, so that the QR code is coarse

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Rule 2 of the design: no third-party request from any page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.json_parser.StrictJSON"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,  # ?format= is no parameter of ours
}
API_RATE = env_rate("API_RATE", default="300/min")  # from one address to one worker
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # How often an address asked, in this process alone, for an hour at most: see api/throttling.py and reports/keeping.py.
    "throttle": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "throttle",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [],
    "DISABLE_ERRORS_AND_WARNINGS": True,
}

# What is open to programs is open to those in a browser, on whatever site. No cookie goes along.
CORS_URLS_REGEX = r"^/(api|open-data)/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["etag", "retry-after"]

# Rule 3 of the design: no log line ties a person to an answer. Errors are logged by what broke, never with the request's body
# or address (an asked-for link's address holds the answers); Django's lines for 4xx answers are left out.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_address": {"()": "notalone.logs.WithoutAddress"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_address"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["without_address"]},
        "django.security": {"level": "CRITICAL"},  # a wrong host and the like: answered with 400, and nobody's news
        "django.server": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
    },
}
