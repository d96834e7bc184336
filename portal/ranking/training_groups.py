"""Groups that the fairness limits are read by. They stand beside the ranking and never enter it."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from portal.ranking.fairness_groups import Groups


def groups_of(worker_ids: Sequence[int], on: dt.date) -> tuple[dict[str, NDArray[np.str_]], int]:
    """By trait, a code for each id in its place, "" where it is not known or not to be counted.

    Also of how many people sealed facts were opened for it: the caller writes that down.
    """
    groups, ids = Groups(on), np.array(worker_ids, dtype=np.int64)
    groups.learn(ids)
    return {dimension.value: codes for dimension, codes in groups.of(ids).items()}, groups.opened
