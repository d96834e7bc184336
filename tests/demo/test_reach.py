"""The made-up people are reached as people here are."""

import datetime as dt
import random
from collections import Counter

from portal.demo.people import made_up_people


def test_some_share_a_phone_have_none_come_from_elsewhere_or_have_no_card():
    people = list(made_up_people(600, random.Random(1), dt.date(2026, 11, 23)))
    columns = [person.columns for person in people]
    assert any(count > 1 for phone, count in Counter(one["phone"] for one in columns).items() if phone)
    silent = [one for one in columns if not one["phone"]]
    assert silent and any(one["relative_phone"] for one in silent)
    assert all(("relative" in person.consents) == bool(person.columns["relative_name"]) for person in people)
    permanent = [one for one in columns if one["permanent_commune_code"]]
    assert any(one["permanent_commune_code"] != one["commune_code"] for one in permanent)
    assert {one["id_absence"] for one in columns} > {None}


def test_the_same_seed_gives_the_same_people():
    def made():
        return [one.columns for one in made_up_people(50, random.Random(7), dt.date(2026, 11, 23))]

    assert made() == made()
