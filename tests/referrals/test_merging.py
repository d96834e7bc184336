"""Referrals go along when two profiles are merged, and back when they are parted."""

import pytest

from portal.common.clock import now
from portal.errors import Refused
from portal.referrals import operations as ops
from portal.referrals.queries import Referrals
from portal.workers.merging import merge, undo_merge


def of(worker):
    return {row.id for row in Referrals().for_worker(worker).all()}


def test_referrals_move_and_come_back(stages, make):
    kept, merged = make.worker("Nguyễn Thị Mai"), make.worker("Nguyễn Thị Mai")
    mine, theirs = stages.shortlisted(kept), stages.asked(merged)
    done = merge(kept, merged, actor=stages.adviser, now=now())
    assert of(kept) == {mine.id, theirs.id} and of(merged) == set()
    undo_merge(done, actor=stages.adviser, now=now())
    assert of(kept) == {mine.id} and of(merged) == {theirs.id}


def test_nobody_stands_twice_in_one_opening_after_a_merge(stages, make, session):
    kept, merged, opening = make.worker(), make.worker(), make.opening(expires_on=None)
    mine, theirs = stages.shortlisted(kept, opening), stages.shortlisted(merged, opening)
    with pytest.raises(Refused, match="Cả hai hồ sơ đang có trong việc"):
        merge(kept, merged, actor=stages.adviser, now=now())
    session.rollback()
    ops.decline_interest(theirs, reason="centre_not_yet", **stages.by())
    done = merge(kept, merged, actor=stages.adviser, now=now())
    # The ended one stays behind as history.
    assert of(kept) == {mine.id} and of(merged) == {theirs.id}
    undo_merge(done, actor=stages.adviser, now=now())
    assert of(merged) == {theirs.id}
