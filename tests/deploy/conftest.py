from __future__ import annotations

from tests.databases import POSTGRES

# The page sets PostgreSQL up: it is tested where a server runs, by `make test-postgres`.
collect_ignore = [] if POSTGRES else ["test_page.py"]
