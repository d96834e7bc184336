"""How made-up people are reached, where they are at home on paper, and who has no citizen card."""

import random
from typing import Any

from portal.demo.names import made_up_name
from portal.reference.places import AN_GIANG, Level, places
from portal.workers.states import ContactWay, IdAbsence

RELATIONS = ("mẹ", "cha", "chồng", "vợ", "chị", "dì", "con gái", "hàng xóm")
WAYS = {ContactWay.CALL: 30, ContactWay.ZALO: 25, ContactWay.SMS: 10, ContactWay.LETTER: 1, None: 34}
ABSENCES = {IdAbsence.NOT_AT_HAND: 3, IdAbsence.LOST: 5, IdAbsence.NEVER_HAD: 2}


def add_reach(columns: dict[str, Any], neighbour: dict[str, Any] | None) -> bool:
    """Fills the columns; True where the person named a relative and so consented to it.

    Draws from a generator of its own, so that everything else about the person stays as it was.
    """
    rng = random.Random(f"reach {columns['full_name']} {columns['phone']} {columns['commune_code']}")
    if columns["phone"] and neighbour and neighbour["phone"] and rng.random() < 0.04:
        # Two of one house with one phone.
        columns["phone"], columns["commune_code"] = neighbour["phone"], neighbour["commune_code"]
    named = rng.random() < (0.75 if not columns["phone"] else 0.03)
    way = rng.choices(list(WAYS), list(WAYS.values()))[0]
    if not columns["phone"]:
        way = ContactWay.RELATIVE if named else ContactWay.LETTER
    columns |= {
        "contact_way": way,
        "relative_name": made_up_name(rng, rng.random() < 0.6).full_name if named else "",
        "relative_relation": rng.choice(RELATIONS) if named else "",
        "relative_phone": f"0{rng.choice('3789')}{rng.randrange(10**8):08d}" if named else "",
        "id_absence": None,
        **_permanent(columns["commune_code"], rng),
    }
    if rng.random() < 0.02:
        columns["id_absence"] = rng.choices(list(ABSENCES), list(ABSENCES.values()))[0]
    return named


def _permanent(commune: str, rng: random.Random) -> dict[str, Any]:
    """Mostly the same place; some come from another commune or province; some were not asked."""
    drawn = rng.random()
    code: str | None = commune if drawn < 0.75 else None
    if drawn > 0.94:
        code = rng.choice(_provinces())
    elif drawn > 0.88:
        code = rng.choice([place.code for place in places().communes()])
    return {"permanent_commune_code": code, "permanent_address_line": ""}


def _provinces() -> list[str]:
    units = [place for place in places() if place.level is Level.PROVINCE and not place.ended]
    return [place.code for place in units if place.code != AN_GIANG]
