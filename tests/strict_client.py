"""A client that insists: the expected status is stated, and every page is checked."""

import re
import warnings
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

XHTML = "{http://www.w3.org/1999/xhtml}"


class Page:
    """A page read strictly. `text` is what a person reads; `all("tag.class")` finds elements."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.root: Element = html5lib.HTMLParser(strict=True).parse(self.html)

    @property
    def text(self) -> str:
        body = self.root.find(f"{XHTML}body")
        return re.sub(r"\s+", " ", " ".join(body.itertext() if body is not None else ())).strip()

    @property
    def title(self) -> str:
        return " ".join((self.root.findtext(f".//{XHTML}title") or "").split())

    def all(self, selector: str) -> list[Element]:
        tag, _, css_class = selector.partition(".")
        found = self.root.iter(f"{XHTML}{tag}") if tag else self.root.iter()
        return [e for e in found if not css_class or css_class in (e.get("class") or "").split()]

    def texts(self, selector: str) -> list[str]:
        return [" ".join("".join(element.itertext()).split()) for element in self.all(selector)]

    def links(self) -> list[str]:
        return [element.get("href", "") for element in self.all("a")]


def check(page: Page) -> None:
    """What holds on every page of ours."""
    headings = page.texts("h1")
    assert len(headings) == 1, f"one h1 a page, here {headings}"
    assert page.title.startswith(headings[0]), f"the title {page.title!r} begins with the h1 {headings[0]!r}"
    ids = Counter(element.get("id") for element in page.root.iter() if element.get("id"))
    twice = [name for name, count in ids.items() if count > 1]
    assert not twice, f"ids used twice: {twice}"
    _check_labels(page, set(ids))
    for element in page.root.iter():
        assert element.get("style") is None, "no inline style: the policy blocks it"
        for name in ("aria-describedby", "aria-labelledby", "for"):
            for target in (element.get(name) or "").split():
                assert target in ids, f"{name} points to {target}, which is not on the page"
    for form in page.all("form"):
        assert form.get("method"), "a form states its method"
    for image in page.all("img"):
        assert image.get("alt") is not None, "an image has an alt text"
    assert "lang" in page.root.attrib, "the page states its language"


def _check_labels(page: Page, ids: set[str | None]) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    inside = {id(inner) for label in page.all("label") for inner in label.iter()}
    for tag in ("input", "select", "textarea"):
        for element in page.all(tag):
            if element.get("type") in ("hidden", "submit", "button") or id(element) in inside:
                continue
            named = (
                element.get("id") in labelled or element.get("aria-label") or element.get("aria-labelledby")
            )
            assert named, f"{tag} {element.get('name')} has no label"


class StrictClient:
    def __init__(self, app: Any) -> None:
        self.app = app
        self.inner = app.test_client()

    def sign_in(self, account: Any) -> None:
        with self.inner.session_transaction() as session:
            session["_user_id"] = account.get_id()
            session["_fresh"] = True

    def get(self, url: str, *, status: int = 200, **kwargs: Any) -> Any:
        """A Page, or the response itself where it is no page."""
        self._end_reading()
        return self._checked(self.inner.get(url, **kwargs), status, url)

    def post(
        self,
        url: str,
        data: dict[str, Any] | None = None,
        *,
        status: int = 302,
        to: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """`to`: where the redirect must lead (a part of the address)."""
        self._end_reading()
        response = self.inner.post(url, data=data or {}, **kwargs)
        if to is not None:
            assert to in (response.location or ""), f"{url} led to {response.location}, not to {to}"
        return self._checked(response, status, url)

    def answer(self, url: str, method: str = "GET", **kwargs: Any) -> TestResponse:
        """The bare response, whatever it is: for walks over many addresses."""
        self._end_reading()
        return self.inner.open(url, method=method, buffered=True, **kwargs)

    def follow(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Page:
        """Post and read the page the redirect leads to."""
        response = self.post(url, data, status=302, **kwargs)
        page = self.get(response.location)
        assert isinstance(page, Page)
        return page

    @staticmethod
    def _end_reading() -> None:
        """A request begins with no transaction and nobody signed in; the test would lend it both."""
        from flask import g

        from portal.extensions import db

        db.session.rollback()
        for name in list(g):
            g.pop(name)

    def _checked(self, response: TestResponse, status: int, url: str) -> Any:
        from portal.extensions import db

        db.session.expire_all()
        body = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        assert response.status_code == status, f"{url}: {response.status_code}, not {status}\n{_plain(body)}"
        for _name, value in response.headers:
            # A real server sends no other letters; the test client would not notice.
            value.encode("latin-1")
        if response.mimetype != "text/html" or 300 <= response.status_code < 400:
            return response
        page = Page(response)
        check(page)
        return page


def _plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))[:1500]
