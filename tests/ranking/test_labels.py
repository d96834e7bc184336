"""Who ended it decides the label: the table, and what is read with it from the database."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from matching.outcomes import CENTRE, EMPLOYER, SHOWN
from portal.common.clock import now, today
from portal.extensions import db
from portal.ranking import gathering, judgements, lists, operations
from portal.ranking.gathering import Pair, as_outcomes, gather
from portal.ranking.labels import ENDS, NOTHING, of_end, of_judgement
from portal.ranking.learning_states import REASONS_FOR, Fit, FitReason
from portal.ranking.models import ShownRow
from portal.reference.reasons import reasons
from portal.referrals import operations as ops
from portal.referrals.results import Hire
from portal.referrals.states import WAITING_STATES, AnswerChannel, ReferralState
from portal.workers.consent_models import Consent
from portal.workers.merging import merge
from portal.workers.models import Worker
from portal.workers.states import Purpose
from tests.referrals.conftest import Stages

UNLAWFUL = ("tuổi", "giới", "nam", "nữ", "thai", "sức khỏe", "dân tộc", "tôn giáo", "gia đình", "khuyết tật")


def test_every_end_and_every_reason_of_an_employer_has_a_stated_label() -> None:
    for state in ReferralState:
        if state not in WAITING_STATES and state not in (ReferralState.REFUSED, ReferralState.LEFT):
            assert (state, None) in ENDS, state
    for reason in reasons(occasion="not_hired"):
        assert (ReferralState.REFUSED, reason.code) in ENDS, reason.code
    for reason in reasons(occasion="left_work"):
        assert (ReferralState.LEFT, reason.code) in ENDS, reason.code
    assert {code for state, code in ENDS if state is ReferralState.REFUSED} == {
        reason.code for reason in reasons("employer", "not_hired")
    }


@pytest.mark.parametrize(
    "state", [ReferralState.DECLINED, ReferralState.NOT_NOW, ReferralState.FILLED, ReferralState.LAPSED]
)
def test_what_the_employer_did_not_end_is_no_label(state: ReferralState) -> None:
    for reason in (None, *(one.code for one in reasons() if one.side != "employer")):
        assert of_end(state, reason) is NOTHING


def test_an_unnamed_reason_of_the_employer_is_no_label() -> None:
    """Behind it one may stand that the law bars."""
    assert of_end(ReferralState.REFUSED, "employer_not_hired_other") is NOTHING


def test_staying_says_more_than_being_taken_and_leaving_less() -> None:
    stayed, taken = of_end(ReferralState.PLACED, None), of_end(ReferralState.HIRED, None)
    left, dismissed = (
        of_end(ReferralState.LEFT, f"{who}") for who in ("person_left_soon", "employer_dismissed")
    )
    assert stayed.yes and taken.yes and left.yes and dismissed.yes is False
    assert stayed.weight > taken.weight > left.weight
    assert stayed.gain > taken.gain > 0 == dismissed.gain


def test_the_reasons_offered_are_of_the_work() -> None:
    """Age, sex, health, origin, faith and family are not there to be chosen."""
    for reason in FitReason:
        words = str(reason.label).lower().split()
        assert not [word for word in UNLAWFUL if word in words], reason
    assert {one for several in REASONS_FOR.values() for one in several} == set(FitReason)


def test_a_judgement_about_the_wish_or_a_wrong_profile_teaches_nothing() -> None:
    for reason in (FitReason.DOES_NOT_WANT, FitReason.PROFILE_WRONG, FitReason.OTHER_BAD):
        assert of_judgement(Fit.DOES_NOT_FIT, reason) is NOTHING
    assert of_judgement(Fit.FITS, FitReason.DONE_IT).yes is True
    assert of_judgement(Fit.DOES_NOT_FIT, FitReason.LACKS_SKILLS).yes is False


# --- from the database -------------------------------------------------------------------------------------


@pytest.fixture
def stages(app: Any, make: Any, session: Any) -> Stages:
    return Stages(make, session)


class Desk:
    """An opening, its list as an adviser saw it, and the people on it by place."""

    def __init__(self, make: Any, stages: Stages, people: int = 5) -> None:
        self.make, self.stages = make, stages
        self.opening = make.opening(occupation_code="8153", expires_on=None)
        self.people = [make.worker(occupations=(("8153", 60 - 9 * place),)) for place in range(people)]
        self.look()

    def look(self, **filters: Any) -> None:
        shown = lists.ranked_list(self.opening, on=today(), limit=20, filters=filters)
        self.shown = operations.record_shown(self.opening, shown, actor=self.stages.adviser, now=now())
        db.session.commit()
        self.order = [row.worker_id for row in self.shown.rows]

    def worker(self, place: int) -> Any:
        return db.session.get_one(Worker, self.order[place])

    def choose(self, *places: int) -> list[Any]:
        made = []
        for place in places:
            referral = ops.shortlist(
                self.worker(place), self.opening, shown_list_id=self.shown.id, **self.stages.by()
            )
            operations.mark_decision(self.shown.id, self.order[place], "shortlisted", **self.stages.by())
            made.append(referral)
        db.session.commit()
        return made

    def refer(self, referral: Any) -> Any:
        by = self.stages.by()
        ops.answer(ops.ask(referral, **by), True, channel=AnswerChannel.PHONE, **by)
        return ops.issue_letter(referral, **by)


@pytest.fixture
def desk(make: Any, stages: Stages) -> Desk:
    return Desk(make, stages)


def by_kind(pairs: list[Pair], kind: int) -> dict[int, Pair]:
    return {pair.worker_id: pair for pair in pairs if pair.label.kind == kind}


def test_what_became_of_people_is_read_with_what_was_known_when_they_were_listed(desk: Desk) -> None:
    taken, refused, declined = desk.choose(0, 2, 3)
    ops.record_result(desk.refer(taken), Hire(today(), today()), **desk.stages.by())
    ops.record_result(desk.refer(refused), reason="employer_skills", **desk.stages.by())
    by = desk.stages.by()
    ops.answer(ops.ask(declined, **by), False, channel=AnswerChannel.PHONE, reason="person_wage", **by)
    db.session.commit()
    pairs = gather(now())
    told = by_kind(pairs, EMPLOYER)
    assert {place: pair.label.yes for place, pair in told.items()} == {
        taken.worker_id: True, refused.worker_id: False,
    }  # fmt: skip
    for pair in told.values():
        row = db.session.get(ShownRow, (desk.shown.id, desk.order.index(pair.worker_id) + 1))
        assert row is not None and pair.values == row.values and "occupation" in pair.values


def test_who_was_chosen_and_who_was_passed_come_with_their_places(desk: Desk) -> None:
    desk.choose(1)
    listed = by_kind(gather(now()), SHOWN)
    assert {desk.order.index(number): pair.label.yes for number, pair in listed.items()} == {
        0: False, 1: True, 2: False, 3: False, 4: False,
    }  # fmt: skip
    assert [listed[number].position for number in desk.order] == [1, 2, 3, 4, 5]


def test_places_go_on_counting_on_the_second_page(desk: Desk) -> None:
    desk.look(page=2)
    desk.choose(1)
    listed = by_kind(gather(now()), SHOWN)
    assert [listed[number].position for number in desk.order] == [21, 22, 23, 24, 25]


def test_who_moved_from_one_page_to_the_next_was_seen_at_the_higher_place(desk: Desk) -> None:
    desk.choose(0)
    desk.look(page=2)
    desk.choose(2)
    listed = by_kind(gather(now()), SHOWN)
    # The second look's first row is chosen already, so it was no choice; the third is chosen there.
    assert [listed[number].position for number in desk.order] == [1, 2, 23, 4, 5]


def test_a_list_that_nobody_chose_from_and_a_filtered_one_say_nothing_of_who_was_passed(desk: Desk) -> None:
    assert by_kind(gather(now()), SHOWN) == {}
    desk.look(commune="30307")
    desk.choose(0)
    assert by_kind(gather(now()), SHOWN) == {}
    desk.look(page=2)
    desk.choose(1)
    passed = by_kind(gather(now()), SHOWN)
    # Who is in the opening already was no choice any more.
    assert set(passed) == set(desk.order) - {desk.order[0]}


def test_people_of_whom_something_is_unknown_stand_apart_and_were_no_choice(
    make: Any, stages: Stages
) -> None:
    desk = Desk(make, stages, people=2)
    silent = make.worker(occupations=(("8153", 60),), education_code=None)
    desk.opening = make.opening(
        occupation_code="8153", expires_on=None, requirements=(("education", ">=", "lower_secondary"),)
    )
    desk.look()
    assert [row.is_apart for row in desk.shown.rows] == [False, False, True]
    desk.choose(0)
    assert silent.id not in {pair.worker_id for pair in gather(now())}


def test_a_person_who_asks_for_a_job_is_a_faint_yes_until_the_employer_answers(desk: Desk, make: Any) -> None:
    worker = desk.worker(0)
    worker.account = make.account("seeker")
    db.session.commit()
    referral = ops.express_interest(worker, desk.opening, actor=worker.account, now=now())
    db.session.commit()
    (pair,) = by_kind(gather(now()), CENTRE).values()
    assert pair.label.yes and pair.label.weight < 0.2
    ops.decline_interest(referral, reason="centre_better_fit", **desk.stages.by())
    db.session.commit()
    assert by_kind(gather(now()), EMPLOYER) == {}


def test_a_list_looked_at_after_the_hire_does_not_tell_what_was_known_before(desk: Desk) -> None:
    (taken,) = desk.choose(0)
    taken.shown_list_id = None
    db.session.commit()
    before = dict(desk.shown.rows[0].values)
    ops.record_result(desk.refer(taken), Hire(today(), today()), **desk.stages.by())
    desk.look()
    for row in desk.shown.rows:
        row.values = {"text": 1}
    desk.shown.at = taken.updated_at
    db.session.commit()
    assert by_kind(gather(now()), EMPLOYER)[taken.worker_id].values == before


def test_who_was_merged_is_learned_from_by_the_list_of_the_old_profile(desk: Desk, make: Any) -> None:
    (taken,) = desk.choose(0)
    ops.record_result(desk.refer(taken), Hire(today(), today()), **desk.stages.by())
    db.session.commit()
    before = by_kind(gather(now()), EMPLOYER)[taken.worker_id].values
    kept = make.worker()
    merge(kept, desk.worker(0), actor=desk.stages.adviser, now=now())
    db.session.commit()
    assert by_kind(gather(now()), EMPLOYER)[kept.id].values == before


def test_whoever_took_the_consent_back_teaches_nothing(desk: Desk) -> None:
    (taken,) = desk.choose(0)
    ops.record_result(desk.refer(taken), Hire(today(), today()), **desk.stages.by())
    consent = db.session.scalars(
        select(Consent).where(Consent.worker_id == taken.worker_id, Consent.purpose == Purpose.MATCHING)
    ).one()
    db.session.commit()
    assert taken.worker_id in {pair.worker_id for pair in gather(now())}
    consent.withdrawn_at = now()
    db.session.commit()
    assert taken.worker_id not in {pair.worker_id for pair in gather(now())}


def test_rows_from_before_values_were_kept_are_left_out(desk: Desk) -> None:
    desk.choose(0)
    for row in desk.shown.rows:
        row.values = {}
    db.session.commit()
    assert gather(now()) == []


def test_what_is_too_old_is_left_out(desk: Desk) -> None:
    desk.choose(0)
    later = now() + dt.timedelta(weeks=gathering.WEEKS + 1)
    assert gather(later) == []


def test_a_judgement_is_a_label_until_it_is_withdrawn(desk: Desk) -> None:
    worker = desk.worker(3)
    values = lists.values_now(desk.opening, worker, today())
    judgements.judge(
        worker, desk.opening, Fit.DOES_NOT_FIT, FitReason.LACKS_SKILLS, values=values, **desk.stages.by()
    )
    db.session.commit()
    (pair,) = by_kind(gather(now()), CENTRE).values()
    assert (pair.worker_id, pair.label.yes) == (worker.id, False)
    assert pair.values == values
    judgements.withdraw(worker, desk.opening, **desk.stages.by())
    db.session.commit()
    assert gather(now()) == []


def test_once_the_employer_has_answered_a_judgement_of_the_same_pair_says_no_more(desk: Desk) -> None:
    (taken,) = desk.choose(0)
    worker = desk.worker(0)
    values = lists.values_now(desk.opening, worker, today())
    judgements.judge(
        worker, desk.opening, Fit.DOES_NOT_FIT, FitReason.TOO_FAR, values=values, **desk.stages.by()
    )
    db.session.commit()
    assert len(by_kind(gather(now()), CENTRE)) == 1
    ops.record_result(desk.refer(taken), Hire(today(), today()), **desk.stages.by())
    db.session.commit()
    pairs = gather(now())
    assert by_kind(pairs, CENTRE) == {} and len(by_kind(pairs, EMPLOYER)) == 1


def test_pairs_become_arrays_in_which_a_part_not_asked_about_is_marked(desk: Desk) -> None:
    desk.choose(0, 1)
    pairs = gather(now())
    outcomes = as_outcomes(pairs)
    assert len(outcomes) == len(pairs) == 5
    for row, pair in enumerate(pairs):
        asked = {
            name for name, is_asked in zip(gathering.PARTS, outcomes.asked[row], strict=True) if is_asked
        }
        assert asked == set(pair.values)
        assert outcomes.values[row][outcomes.asked[row]].tolist() == list(pair.values.values())
    assert len(as_outcomes([])) == 0


def test_queries_do_not_grow_with_people(
    desk: Desk, make: Any, stages: Stages, statements: list[str]
) -> None:
    desk.choose(0)
    statements.clear()
    gather(now())
    few = len(statements)
    for _ in range(3):
        other = Desk(make, stages, people=6)
        other.choose(0, 1, 2)
    statements.clear()
    gather(now())
    assert len(statements) == few


def test_the_model_card_tells_the_table_as_it_is() -> None:
    card = (Path(__file__).parents[2] / "docs" / "ranking.md").read_text(encoding="utf-8")
    for (state, reason), label in ENDS.items():
        name = state.value if reason is None else f"{state.value}: {reason}"
        said = "–" if label.yes is None else "yes" if label.yes else "no"
        figures = " | |" if label.yes is None else f" {label.weight:g} | {label.gain} |"
        assert f"| {name} | {said} |{figures}" in card, name
