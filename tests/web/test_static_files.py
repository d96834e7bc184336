"""A weak signal: answers are small, and a style sheet is fetched once."""

from typing import Any


def test_pages_are_compressed_for_who_can_read_it(app: Any) -> None:
    client = app.test_client()
    plain = client.get("/sign-in")
    small = client.get("/sign-in", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 2


def test_a_style_sheet_is_kept_until_it_changes(client: Any, app: Any) -> None:
    page = client.get("/sign-in")
    sheets = [link.get("href") for link in page.all("link") if link.get("rel") == "stylesheet"]
    assert sheets and all("?v=" in href for href in sheets)
    with app.test_client().get(sheets[0]) as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]
