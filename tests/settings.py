"""The site's settings, away from the site's data: the database in memory, static files by their own names."""

import os

if "TEST_DATABASE_URL" in os.environ:  # a real one, with the site's own options: see `make test-postgres`
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from notalone.settings import *  # noqa: F403
from notalone.settings import DATABASES, STORAGES, VAR_DIR

if "TEST_DATABASE_URL" not in os.environ:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
RELEASE_COPY = VAR_DIR / f"release-of-the-tests-{os.environ.get('PYTEST_XDIST_WORKER', '')}.json"  # one each
EXIT_URL = "https://exit.example/weather/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, so that the tests are
