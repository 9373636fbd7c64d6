"""Some who publish in the same instant, against a real database with the site's own settings."""

from __future__ import annotations

from pathlib import Path

from tests.databases import empty_database, run_on

# Four publish the first Release, then four the same change.
PUBLISHING = """
import threading
from django.db import connection
from catalog.models import FAQ, Release, CurrentRelease
from catalog.release.publishing import publish
from catalog.release.sections import sections
from tests.catalog.samples import make_support

sections.clear()
call_command("loaddata", "fixtures/catalog/01_vocabulary.yaml", verbosity=0)
make_support("inochi", "いのち電話", crisis=True, on_crisis_strip=True)

def at_once():
    start, failed = threading.Barrier(4), []
    def run(name):
        start.wait()
        try:
            publish(by=name)
        except Exception as error:
            failed.append(repr(error))
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(Release.objects.values_list("number", flat=True))
    print(numbers, CurrentRelease.objects.get().release.number, failed)

at_once()
FAQ.objects.create(slug="q", group="site", question="?", answer="a", publication="published")
at_once()
"""


def test_many_publishers_at_once_make_one_release_each_time(tmp_path: Path) -> None:
    done = run_on(empty_database(tmp_path), PUBLISHING, tmp_path)
    assert done.stdout.splitlines() == ["[1] 1 []", "[1, 2] 2 []"], done.stderr
