"""Communes of today under the map that ended on 30 June 2025.

A commune of today is made of whole old ones and parts; a person's address names today's. So the finest unit
of the old map to which everybody can be assigned without guessing is the district. Communes made from several
districts stand in a group of their own that names them.
"""

from functools import lru_cache

from portal.common.text import fold
from portal.reference.place_units import PlaceRegister
from portal.reference.places import Level, places


@lru_cache(maxsize=1)
def group_of_communes() -> dict[str, str]:
    """Code of today's commune to the key of its group: the codes of its old districts."""
    register = places()
    found = {}
    for place in register.communes():
        before = {code for code, _share in register.predecessors(place.code)}
        districts = {
            unit.code for code in before if (unit := register.get(code)) and unit.level is Level.DISTRICT
        }
        found[place.code] = "+".join(sorted(districts))
    return found


@lru_cache(maxsize=1)
def old_groups() -> dict[str, str]:
    """Label by key: one district with its old province first, then the groups of several."""
    register = places()
    keys = sorted(
        set(group_of_communes().values()), key=lambda key: (key.count("+"), fold(_label(key, register)))
    )
    return {key: _label(key, register) for key in keys}


def _label(key: str, register: PlaceRegister) -> str:
    units = [register.get(code) for code in key.split("+")]
    names = [unit.full_name for unit in units if unit]
    provinces = {above.full_name for unit in units if unit for above in register.ancestors(unit)}
    return " + ".join(names) + (f" ({', '.join(sorted(provinces))})" if provinces else "")
