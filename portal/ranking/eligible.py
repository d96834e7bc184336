"""Who passes every gate of an opening: ids alone, without lists, reasons or scores."""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from portal.openings.models import Opening
from portal.ranking.keeper import ranker
from portal.ranking.profiles import opening_profile
from portal.reference.rules import Lookup

Ids = NDArray[np.int64]


def eligible_ids(opening: Opening, on: dt.date, rule: Lookup | None = None) -> Ids:
    """Ascending; nobody for an opening that may not be ranked."""
    index, _mark = ranker(on)
    try:
        found = index.eligible(opening_profile(opening, on, rule), on=on)
    except ValueError:
        return np.empty(0, dtype=np.int64)
    return np.unique(np.array([int(worker_id) for worker_id in found], dtype=np.int64))
