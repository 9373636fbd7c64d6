from django.test import Client


def test_the_home_page_asks_the_first_question(web: Client) -> None:
    assert 'data-question="worry"' in web.get("/").content.decode()
