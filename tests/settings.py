"""The site's settings, away from the site's data: the database in memory, static files by their own names."""

from notalone.settings import *  # noqa: F403
from notalone.settings import STORAGES, VAR_DIR

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
RELEASE_COPY = VAR_DIR / "release-of-the-tests.json"
EXIT_URL = "https://exit.example/weather/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, so that the tests are
