"""With many entries the list, the search and the publish page of the desk answer as with twenty."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Contact, Release
from catalog.release import payload
from catalog.release.publishing import point_public_at

from .conftest import signed_in, staff_member
from .many import add_entries

MANY = 1_500  # more than fit into one chunk of an `IN`, a page, or a batch
MOST_QUERIES = 40
MOST_TO_PUBLISH = 60  # it reads everything there is


@pytest.fixture
def client(db: None) -> Client:
    user = staff_member("やまだ")
    user.is_superuser = True
    user.save()
    return signed_in(user)


def asked(client: Client, **wish: str) -> tuple[int, str]:
    """How many queries the list of entries takes, and what it shows."""
    with CaptureQueriesContext(connection) as seen:
        response = client.get(reverse("admin:catalog_support_changelist"), wish)
    assert response.status_code == 200
    return len(seen), response.content.decode()


def test_the_list_and_the_search_take_as_many_queries_as_with_few_entries(client: Client) -> None:
    add_entries(0, 20)
    few = {wish: asked(client, **dict([wish]))[0] for wish in WISHES}
    add_entries(20, MANY)
    for wish, queries in few.items():
        many, page = asked(client, **dict([wish]))
        assert many <= queries + 1, wish
        assert many <= MOST_QUERIES, wish
        assert page.count('class="field-') < 5000, wish  # a page of them, not all
    assert "電話1499" in asked(client, q="電話1499")[1]
    assert "電話1498" not in asked(client, q="電話1499")[1]


def publish_page_after_one_edit(client: Client) -> tuple[int, str]:
    """Everything is public; then one number is corrected."""
    frozen = payload.draft()
    number = Release.objects.count() + 1
    release = Release.objects.create(number=number, payload=frozen.text, sha256=frozen.sha256, published_by="さとう")
    point_public_at(release, by="さとう")
    Contact.objects.filter(support__slug="many-7").update(value=f"0120-000-00{number}")
    with CaptureQueriesContext(connection) as seen:
        response = client.get(reverse("admin:publish"))
    assert response.status_code == 200
    return len(seen), response.content.decode()


def test_the_publish_page_takes_as_many_queries_as_with_few_entries(client: Client) -> None:
    add_entries(0, 20)
    few, _ = publish_page_after_one_edit(client)
    add_entries(20, MANY)
    many, page = publish_page_after_one_edit(client)
    assert many <= few + 1
    assert many <= MOST_TO_PUBLISH
    assert "電話7<" in page
    assert "電話8<" not in page


WISHES = (("o", ""), ("q", "電話1"), ("q", "many-7"), ("stale", "180"))
