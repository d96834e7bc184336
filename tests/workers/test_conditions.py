"""What a programme asks of the body: stated abroad with a source, answered only against it, seen by two."""

import json

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.errors import Invalid, NotAllowed, Refused
from portal.openings.conditions import Stated, state_conditions
from portal.openings.models import Opening
from portal.openings.states import OpeningState, Sphere
from portal.ranking.profiles import worker_profile
from portal.referrals.models import Referral
from portal.referrals.states import ReferralState
from portal.workers.conditions import read_conditions, tell_conditions
from portal.workers.consent_models import WorkerCondition
from portal.workers.emptying import empty_profile
from portal.workers.merging import merge, undo_merge
from portal.workers.models import Worker
from portal.workers.operations import give_consent, withdraw_consent
from portal.workers.queries import live_consent
from portal.workers.states import ConditionAnswer, ConditionKind, ConsentChannel, Purpose
from tests.referrals.conftest import Stages

TALL = Stated(ConditionKind.HEIGHT, "cao từ 160 cm", "Thông báo tuyển số 12 của chương trình")
INK = Stated(ConditionKind.TATTOO, "không có hình xăm ở tay", "Thông báo tuyển số 12 của chương trình")
HEIGHT = (TALL.kind, TALL.need)


@pytest.fixture
def stages(make, session):
    return Stages(make, session)


@pytest.fixture
def opening(make, session):
    made = make.opening("Chế biến thực phẩm", sphere=Sphere.OVERSEAS, country="JP", expires_on=None)
    state_conditions(made, [TALL, INK], actor=make.account("adviser"), now=now())
    session.commit()
    return made


@pytest.fixture
def person(stages):
    return stages.person("Danh Út")


def tell(worker, answers, actor, channel=ConsentChannel.DESK):
    give_consent(worker, Purpose.CONDITIONS, channel=channel, actor=actor, now=now())
    tell_conditions(worker, answers, actor=actor, now=now())


# --- the opening's side ----------------------------------------------------------------------------------


def test_only_an_overseas_opening_may_state_them_and_only_with_a_source(make):
    adviser = make.account("adviser")
    with pytest.raises(Refused, match="nước ngoài"):
        state_conditions(make.opening(), [TALL], actor=adviser, now=now())
    abroad = make.opening(sphere=Sphere.OVERSEAS, country="JP")
    with pytest.raises(Invalid, match="căn cứ"):
        state_conditions(abroad, [Stated(TALL.kind, TALL.need, " ")], actor=adviser, now=now())
    with pytest.raises(NotAllowed):
        state_conditions(abroad, [TALL], actor=make.member("sender"), now=now())


def test_a_change_by_the_sender_on_a_public_opening_is_checked_again(as_role, make, session):
    sender = make.organisation("sender")
    made = make.opening(sphere=Sphere.OVERSEAS, country="JP", organisation=sender, expires_on=None)
    client = as_role("sender", make.member("sender", sender))
    address = f"/desk/openings/{made.id}/conditions"
    page = client.post(address, {"height_need": TALL.need}, status=422)
    assert "Hãy ghi căn cứ" in page.text
    client.follow(address, {"height_need": TALL.need, "height_source": TALL.source})
    row = session.get(Opening, made.id)
    assert row.state is OpeningState.SUBMITTED
    assert [(one.kind, one.need, one.source) for one in row.conditions] == [
        (TALL.kind, TALL.need, TALL.source)
    ]
    client.follow(address, {"height_need": "cao từ 155 cm", "height_source": TALL.source})
    assert [one.need for one in session.get(Opening, made.id).conditions] == ["cao từ 155 cm"]
    client.follow(address, {"height_need": "", "height_source": ""})
    assert session.get(Opening, made.id).conditions == []


def test_a_domestic_opening_has_no_such_page(as_role, make):
    as_role("adviser").get(f"/desk/openings/{make.opening().id}/conditions", status=404)


def test_everybody_reads_what_is_asked_and_where_it_stands(client, opening):
    page = client.get(f"/openings/{opening.id}")
    assert TALL.need in page.text and TALL.source in page.text


# --- the person's side -----------------------------------------------------------------------------------


def wants(client, opening):
    return client.post(f"/openings/{opening.id}/want", to="/conditions").location


def test_the_page_asks_each_condition_against_that_requirement_and_keeps_the_answers(
    as_role, person, opening, session
):
    client = as_role("seeker", person.account)
    page = client.get(wants(client, opening))
    assert "Chương trình đòi: cao từ 160 cm. Bạn có đạt không?" in page.text
    assert all(word in page.text for word in ("Đạt", "Không đạt", "Chưa biết", "Để hỏi tư vấn viên"))
    address = client.post(f"/openings/{opening.id}/want").location
    slip = client.post(address, {"height": "no"}, status=422)
    assert "ô đồng ý" in slip.text and 'value="no"' in slip.html
    client.follow(address, {"height": "no", "tattoo": "unknown", "agreed": "y"})
    worker = session.get(Worker, person.worker.id)
    assert live_consent(worker, Purpose.CONDITIONS).channel is ConsentChannel.ONLINE
    told = read_conditions(worker, [HEIGHT, (INK.kind, INK.need)], actor=person.account)
    assert list(told.values()) == [ConditionAnswer.NO, ConditionAnswer.UNKNOWN]
    # Everything is answered: the next press leads on.
    client.post(f"/openings/{opening.id}/want", to="/me/referrals/")
    assert 'checked id="height-1"' in client.get(address).html or "checked" in client.get(address).html


def test_it_may_be_passed_over_and_an_answer_of_no_bars_nobody(as_role, person, opening, session, stages):
    client = as_role("seeker", person.account)
    address = wants(client, opening)
    page = client.follow(address, {})
    assert "Trung tâm đã nhận yêu cầu của bạn." in page.text
    assert session.scalars(select(WorkerCondition)).all() == []
    client.follow(address, {"height": "no", "agreed": "y"})
    desk = as_role("adviser", stages.adviser)
    referral = session.scalars(select(Referral)).one()
    desk.follow(f"/referrals/{referral.id}/steps/invite")
    desk.follow(f"/referrals/{referral.id}/steps/issue_letter")
    assert session.get(Referral, referral.id).state is ReferralState.REFERRED


def test_a_yes_to_the_question_leads_to_the_same_page(as_role, stages, person, opening):
    referral = stages.asked(person.worker, opening)
    client = as_role("seeker", person.account)
    client.post(f"/me/referrals/{referral.id}/yes", to=f"/me/referrals/{referral.id}/conditions")


def test_nothing_is_asked_where_the_programme_asks_nothing(as_role, stages, person, make):
    plain = make.opening(expires_on=None)
    client = as_role("seeker", person.account)
    back = client.post(f"/openings/{plain.id}/want").location
    assert "conditions" not in back
    client.get(f"{back}/conditions", status=404)


def test_the_adviser_reads_the_answers_asks_at_the_desk_and_each_look_is_recorded(
    as_role, stages, person, opening, session
):
    referral = stages.agreed(person.worker, opening)
    desk = as_role("adviser", stages.adviser)
    assert "chưa hỏi" in desk.get(f"/referrals/{referral.id}").text
    address = f"/referrals/{referral.id}/conditions"
    assert "Người này có đạt không?" in desk.get(address).text
    desk.follow(address, {"height": "no", "agreed": "y", "channel": "phone"})
    before = looks(session, person.worker)
    page = desk.get(f"/referrals/{referral.id}")
    assert "Không đạt" in page.text
    assert looks(session, person.worker) == before + 1
    assert "điều kiện của chương trình" in as_role("seeker", person.account).get("/profile/history").text


def looks(session, worker):
    query = select(AuditEvent).where(AuditEvent.action == "looked", AuditEvent.subject_id == worker.id)
    return sum(event.detail.get("part") == "conditions" for event in session.scalars(query))


# --- what is kept, and for whom --------------------------------------------------------------------------


def test_the_answer_is_sealed_and_bound_to_its_person_and_requirement(make, person, session, app):
    adviser = make.account("adviser")
    other = make.worker()
    for worker in (person.worker, other):
        tell(worker, {HEIGHT: ConditionAnswer.NO}, adviser)
    row, same_answer = session.scalars(select(WorkerCondition).order_by(WorkerCondition.id))
    # Of two equal answers nobody sees that they are equal.
    assert row.answer_sealed != same_answer.answer_sealed
    row.need = "cao từ 150 cm"
    session.flush()
    with pytest.raises(InvalidTag):
        read_conditions(person.worker, [(TALL.kind, "cao từ 150 cm")], actor=adviser)


def test_withdrawing_the_consent_deletes_the_answers(as_role, make, person, session):
    tell(person.worker, {HEIGHT: ConditionAnswer.YES}, make.account("adviser"))
    session.commit()
    as_role("seeker", person.account).follow("/profile/consents/conditions/withdraw")
    assert session.scalars(select(WorkerCondition)).all() == []


def test_an_emptied_profile_keeps_no_answer(make, session):
    adviser = make.account("adviser")
    worker = make.worker()
    tell(worker, {HEIGHT: ConditionAnswer.YES}, adviser)
    empty_profile(worker, actor=adviser, now=now())
    assert session.scalars(select(WorkerCondition)).all() == []


def test_without_consent_nothing_is_kept_and_nobody_else_reads(make, person):
    adviser = make.account("adviser")
    with pytest.raises(Refused):
        tell_conditions(person.worker, {HEIGHT: ConditionAnswer.YES}, actor=adviser, now=now())
    for account in (
        make.member("sender"),
        make.member("college"),
        make.account("seeker"),
        make.account("moderator"),
    ):
        with pytest.raises(NotAllowed):
            read_conditions(person.worker, [HEIGHT], actor=account)


def test_an_answer_is_to_its_requirement_and_to_no_other(make, person):
    adviser = make.account("adviser")
    tell(person.worker, {HEIGHT: ConditionAnswer.YES}, adviser)
    other = (ConditionKind.HEIGHT, "cao từ 165 cm")
    assert read_conditions(person.worker, [other], actor=adviser) == {}


def test_they_reach_neither_profile_nor_index_nor_the_detail_of_the_audit(as_role, make, person, session):
    adviser = make.account("adviser")
    tell(person.worker, {}, adviser)
    index_before = repr(worker_profile(person.worker))
    tell(person.worker, {HEIGHT: ConditionAnswer.NO}, adviser)
    session.commit()
    worker = session.get(Worker, person.worker.id)
    assert repr(worker_profile(worker)) == index_before
    own = as_role("seeker", person.account).get("/profile").text
    staff = as_role("adviser", adviser).get(f"/workers/{worker.id}").text
    for page in (own, staff):
        assert "160 cm" not in page and "Không đạt" not in page
    details = [json.dumps(event.detail) for event in session.scalars(select(AuditEvent))]
    assert not any("160" in detail or '"no"' in detail or "height" in detail for detail in details)


def test_the_persons_own_file_holds_them(as_role, make, person, session):
    tell(person.worker, {HEIGHT: ConditionAnswer.NO}, make.account("adviser"))
    session.commit()
    data = json.loads(as_role("seeker", person.account).get("/profile/export").data)
    assert data["conditions"] == [{"kind": "height", "requirement": TALL.need, "answer": "no"}]


def test_in_a_merge_they_go_along_with_their_consent_and_come_back(make, session):
    adviser = make.account("adviser")
    kept, merged = make.worker(), make.worker()
    tell(merged, {HEIGHT: ConditionAnswer.NO}, adviser)
    session.commit()
    done = merge(kept, merged, actor=adviser, now=now())
    session.commit()
    assert read_conditions(kept, [HEIGHT], actor=adviser) == {HEIGHT: ConditionAnswer.NO}
    undo_merge(done, actor=adviser, now=now())
    session.commit()
    assert read_conditions(merged, [HEIGHT], actor=adviser) == {HEIGHT: ConditionAnswer.NO}
    withdraw_consent(merged, Purpose.CONDITIONS, actor=adviser, now=now())
    assert session.scalars(select(WorkerCondition)).all() == []
