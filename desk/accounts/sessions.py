"""Sessions in the database, where putting one's end off is not worth an error."""

from __future__ import annotations

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import OperationalError


class SessionStore(DatabaseSessions):
    def save(self, must_create: bool = False) -> None:
        """Every page puts the end of the session off. Where the database takes nothing at the moment and there is no more to keep
        than that, the page comes all the same: what it saved is saved, and it must not say otherwise."""
        try:
            super().save(must_create)
        except UpdateError as error:  # Django's word for a session that has ended, too
            if not isinstance(error.__context__, OperationalError):
                raise
            if self.modified:
                raise error.__context__ from error
