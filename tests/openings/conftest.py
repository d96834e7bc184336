"""The day of the factories, on every page of openings."""

import datetime as dt

import pytest


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day of the factories."""
    day = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
    for module in (
        "views",
        "desk_views",
        "moderation_views",
        "import_views",
        "terms_views",
        "comparing_views",
    ):
        target = f"portal.openings.{module}"
        monkeypatch.setattr(f"{target}.today", lambda: day.date(), raising=False)
        monkeypatch.setattr(f"{target}.now", lambda: day, raising=False)


@pytest.fixture
def employer(make):
    return make.organisation("employer", phone="02963000001")
