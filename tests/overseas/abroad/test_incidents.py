"""Incidents: who knows of them, what is done, and that what tells of violence stays behind its seal."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.messages.models import Message
from portal.overseas.abroad.incident_acts import change_kind
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incident_words import step_text, words_of
from portal.overseas.abroad.incidents import Incidents, Told, open_incident
from portal.overseas.states import IncidentKind, IncidentState, IncidentStepName, Severity

SECRET = "Chủ đánh tôi mỗi đêm"


@pytest.fixture
def incident(session: Any, rules: Any, a_case: Any) -> Any:
    def make_one(
        kind: str = "wages", severity: str = "serious", text: str = "Thiếu lương", **given: Any
    ) -> Incident:
        case = given.pop("case", None) or a_case()
        told = Told(IncidentKind(kind), Severity(severity), text, **given)
        made = open_incident(told, case=case, actor=None, now=now())
        session.commit()
        return made

    return make_one


@pytest.fixture
def violence(incident: Any) -> Incident:
    made: Incident = incident("violence", "urgent", SECRET, told_by="Chị Hoa", phone="0901000222")
    return made


def owner_of(incident: Incident, as_role: Any) -> Any:
    return as_role("adviser", incident.owner)


def test_what_tells_of_violence_stands_sealed_in_every_column(violence: Incident, session: Any) -> None:
    assert (violence.text, violence.told_by, violence.phone) == ("", "", "")
    for said in (SECRET, "Chị Hoa", "0901000222"):
        assert said.encode() not in violence.words_sealed
    assert words_of(violence).told_by == "Chị Hoa"
    events = session.scalars(select(AuditEvent)).all()
    assert SECRET not in str([event.detail for event in events])


def test_a_restricted_one_is_known_to_its_owner_and_the_leaders_alone(
    violence: Incident, as_role: Any
) -> None:
    path = f"/overseas/incidents/{violence.id}"
    stranger = as_role("adviser")
    stranger.get(path, status=404)
    stranger.post(f"{path}/steps", {"name": "called"}, status=404)
    page = stranger.get("/overseas/incidents?state=all")
    assert path not in page.links() and "1 (1)" not in page.text
    for visitor in (owner_of(violence, as_role), as_role("leader")):
        page = visitor.get(path)
        assert SECRET in page.text and "0901000222" in page.text
        assert path in visitor.get("/overseas/incidents").links()


def test_each_look_is_recorded(violence: Incident, as_role: Any, session: Any) -> None:
    owner_of(violence, as_role).get(f"/overseas/incidents/{violence.id}")
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert [(one.subject_kind, one.actor_id) for one in looks] == [("incident", violence.owner_id)]


def test_the_page_and_the_table_agree_on_who_may_see(make: Any, incident: Any, session: Any) -> None:
    from portal.overseas.abroad.incident_permissions import may_see

    made = [incident("violence", "urgent"), incident("wages")]
    accounts = [make.account(role) for role in ("adviser", "leader", "moderator", "administrator", "seeker")]
    accounts += [one.owner for one in made]
    for account in accounts:
        listed = set(session.scalars(Incidents().visible_to(account).query))
        assert listed == {one for one in made if may_see(one, account)}


def test_the_message_to_the_owner_says_neither_who_nor_what(
    violence: Incident, session: Any, make: Any
) -> None:
    messages = session.scalars(select(Message).where(Message.kind == "incident.owner")).all()
    assert [message.account_id for message in messages] == [violence.owner_id]
    for message in messages:
        for secret in (SECRET, "Sa Rây", "Bạo lực"):
            assert secret not in message.body + message.subject


def test_of_an_urgent_one_every_leader_is_told(make: Any, incident: Any, session: Any) -> None:
    leader = make.account("leader")
    made = incident("accident", "urgent")
    told = session.scalars(select(Message.account_id).where(Message.kind == "incident.owner")).all()
    assert set(told) == {leader.id, made.owner_id}


def test_acts_are_kept_and_the_first_one_says_that_somebody_works(
    incident: Any, as_role: Any, session: Any
) -> None:
    made = incident()
    owner = owner_of(made, as_role)
    page = owner.follow(f"/overseas/incidents/{made.id}/steps", {"name": "sender", "text": "Hẹn trả ngày 30"})
    assert "Hẹn trả ngày 30" in page.text and "Đã làm việc với doanh nghiệp đưa đi" in page.text
    session.refresh(made)
    assert made.state is IncidentState.WORKING


def test_words_of_acts_on_violence_are_sealed_too(violence: Incident, as_role: Any, session: Any) -> None:
    owner = owner_of(violence, as_role)
    path = f"/overseas/incidents/{violence.id}/steps"
    page = owner.follow(path, {"name": "help_offered", "text": "Nhà tạm lánh ở Osaka"})
    assert "Nhà tạm lánh ở Osaka" in page.text
    step = session.scalars(select(IncidentStep)).one()
    assert step.text == "" and b"Osaka" not in step.text_sealed
    assert step_text(step) == "Nhà tạm lánh ở Osaka"


def test_what_turns_out_to_be_violence_is_sealed_from_then_on_with_all_that_was_said(
    incident: Any, as_role: Any, session: Any
) -> None:
    made = incident("conditions", "normal", SECRET)
    owner = owner_of(made, as_role)
    path = f"/overseas/incidents/{made.id}"
    owner.follow(f"{path}/steps", {"name": "called", "text": "Kể rõ hơn"})
    page = owner.follow(f"{path}/kind", {"kind": "violence", "severity": "urgent"})
    assert SECRET in page.text and "Kể rõ hơn" in page.text
    session.refresh(made)
    assert made.text == "" and made.due_on <= today() + dt.timedelta(days=4)
    assert {step.text for step in session.scalars(select(IncidentStep))} == {""}
    # And never open again, whatever it is called afterwards.
    owner.follow(f"{path}/kind", {"kind": "conditions", "severity": "normal"})
    session.refresh(made)
    assert made.is_restricted and made.text == ""
    as_role("adviser").get(path, status=404)


def test_a_raised_severity_brings_the_day_nearer_a_lowered_one_counts_from_the_first_word(
    incident: Any, make: Any, session: Any
) -> None:
    made = incident("wages", "normal")
    far = made.due_on
    change_kind(made, IncidentKind.WAGES, Severity.URGENT, actor=None, now=now())
    near = made.due_on
    assert near < far
    change_kind(made, IncidentKind.CONDITIONS, Severity.URGENT, actor=None, now=now())
    assert made.due_on == near
    change_kind(made, IncidentKind.WAGES, Severity.NORMAL, actor=None, now=now() + dt.timedelta(days=2))
    assert made.due_on == far


def test_violence_is_not_closed_before_help_was_offered(
    violence: Incident, as_role: Any, session: Any
) -> None:
    owner = owner_of(violence, as_role)
    path = f"/overseas/incidents/{violence.id}"
    sent = {"outcome": "solved", "text": "Đã về nước an toàn"}
    page = owner.post(f"{path}/close", sent, status=409)
    assert "Chưa ghi việc đã đề nghị giúp" in page.text and "Đã về nước an toàn" in page.html
    owner.post(f"{path}/steps", {"name": "help_refused", "text": "Muốn chờ"}, to=path)
    page = owner.follow(f"{path}/close", sent)
    assert "Đã kết thúc sự việc." in page.text and "Đã về nước an toàn" in page.text
    session.refresh(violence)
    assert violence.state is IncidentState.CLOSED and violence.closed_by_id == violence.owner_id
    owner.post(f"{path}/steps", {"name": "called"}, status=409)


def test_a_close_without_words_is_refused_and_a_closed_one_offers_no_form(
    incident: Any, as_role: Any
) -> None:
    made = incident()
    owner, path = owner_of(made, as_role), f"/overseas/incidents/{made.id}"
    page = owner.post(f"{path}/close", {"outcome": "solved", "text": " "}, status=422)
    assert "Hãy ghi kết quả bằng một, hai câu." in page.text
    page = owner.follow(f"{path}/close", {"outcome": "solved", "text": "Đã trả đủ"})
    assert f"{path}/steps" not in [form.get("action") for form in page.all("form")]


def test_given_on_the_new_owner_sees_it_and_the_old_one_no_longer(
    violence: Incident, make: Any, as_role: Any, session: Any
) -> None:
    old, other = owner_of(violence, as_role), make.account("adviser")
    path = f"/overseas/incidents/{violence.id}"
    old.post(f"{path}/owner", {"owner": str(other.id)}, to="/overseas/incidents")
    old.get(path, status=404)
    page = as_role("adviser", other).get(path)
    assert SECRET in page.text
    assert session.scalars(select(Message.account_id).where(Message.account_id == other.id)).all()
    page = as_role("adviser", other).post(
        f"{path}/owner", {"owner": str(make.account("seeker").id)}, status=422
    )
    assert "Hãy chọn một mục trong danh sách." in page.text


def test_an_open_one_is_read_by_every_adviser_and_acted_on_by_its_owner_alone(
    incident: Any, as_role: Any
) -> None:
    made = incident()
    stranger, path = as_role("adviser"), f"/overseas/incidents/{made.id}"
    page = stranger.get(path)
    assert "Thiếu lương" in page.text and f"{path}/steps" not in page.html
    for part in ("steps", "close", "kind"):
        sent = {"name": "called", "outcome": "solved", "text": "x", "kind": "other", "severity": "normal"}
        stranger.post(f"{path}/{part}", sent, status=404)
    as_role("leader").post(f"{path}/steps", {"name": "called"}, to=path)


def test_the_list_puts_what_is_urgent_first_and_filters(incident: Any, as_role: Any, session: Any) -> None:
    made = [incident("wages", "normal"), incident("accident", "urgent"), incident("fraud", "serious")]
    made[0].due_on = today() - dt.timedelta(days=1)
    session.commit()
    leader = as_role("leader")
    in_order = [made[1], made[2], made[0]]
    links = [link for link in leader.get("/overseas/incidents").links() if "/incidents/" in link]
    assert links == [f"/overseas/incidents/{one.id}" for one in in_order]
    late = leader.get("/overseas/incidents?state=late")
    links = [link for link in late.links() if link.startswith("/overseas/incidents/")]
    assert links == [f"/overseas/incidents/{made[0].id}"]
    only = leader.get("/overseas/incidents?kind=fraud")
    assert [one for one in only.links() if one.startswith("/overseas/incidents/")] == [
        f"/overseas/incidents/{made[2].id}"
    ]


def test_figures_by_kind_count_what_the_reader_may_know(incident: Any, as_role: Any) -> None:
    incident("violence", "urgent")
    incident("wages"), incident("wages")
    leader, adviser = (
        as_role("leader").get("/overseas/incidents"),
        as_role("adviser").get("/overseas/incidents"),
    )
    assert "2 (2)" in leader.text and "1 (1)" in leader.text
    assert "2 (2)" in adviser.text and "1 (1)" not in adviser.text


def test_the_list_costs_the_same_at_two_and_at_twenty(
    incident: Any, as_role: Any, statements: list[str]
) -> None:
    leader = as_role("leader")
    incident(), incident()
    leader.get("/overseas/incidents")
    statements.clear()
    leader.get("/overseas/incidents")
    few = len(statements)
    for _one in range(18):
        incident()
    statements.clear()
    leader.get("/overseas/incidents")
    assert len(statements) == few


def test_on_my_day_it_waits_for_its_owner_and_shows_no_stranger(violence: Incident, as_role: Any) -> None:
    path = f"/overseas/incidents/{violence.id}"
    assert path in owner_of(violence, as_role).get("/desk").html
    assert path not in as_role("adviser").get("/desk").html


def test_who_has_left_owns_nothing_new(make: Any, a_case: Any, incident: Any, session: Any) -> None:
    case = a_case()
    case.adviser.is_enabled = False
    session.commit()
    made = incident(case=case)
    assert made.owner_id != case.adviser_id


def test_the_log_is_told_in_its_own_words(violence: Incident, as_role: Any, session: Any) -> None:
    owner = owner_of(violence, as_role)
    path = f"/overseas/incidents/{violence.id}"
    for name in ("embassy", "police", "help_taken"):
        owner.post(f"{path}/steps", {"name": name}, to=path)
    page = owner.get(path)
    for label in ("Đã báo đại sứ quán", "Đã báo công an", "Người đó nhận giúp"):
        assert label in page.text
    names = [step.name for step in session.scalars(select(IncidentStep).order_by(IncidentStep.id))]
    assert names == [IncidentStepName.EMBASSY, IncidentStepName.POLICE, IncidentStepName.HELP_TAKEN]
    owner.post(f"{path}/steps", {"name": "closed"}, status=422)


def test_who_looks_on_reads_whose_it_is_and_whom_to_call(incident: Any, as_role: Any, session: Any) -> None:
    made = incident(text="Công ty thu 5 triệu")
    made.worker.phone, made.owner.display_name = "0908111222", "Lê Minh Khoa"
    session.commit()
    page = as_role("adviser").get(f"/overseas/incidents/{made.id}")
    assert "Lê Minh Khoa đang lo sự việc này, bạn chỉ xem được." in page.text
    assert {"tel:0908111222", f"/cases/{made.case_id}"} <= set(page.links())
    owner = owner_of(made, as_role).get(f"/overseas/incidents/{made.id}")
    assert "bạn chỉ xem được" not in owner.text


def test_of_what_is_restricted_the_number_of_the_profile_is_not_offered(
    incident: Any, as_role: Any, session: Any
) -> None:
    """Whoever hurts her may hold that phone."""
    silent = incident("violence", "urgent", "Bị đánh")
    silent.worker.phone = "0908111222"
    session.commit()
    assert "tel:0908111222" not in owner_of(silent, as_role).get(f"/overseas/incidents/{silent.id}").links()


def test_nobody_who_was_beaten_waits_two_weeks_by_a_slip(abroad: Any, as_role: Any, session: Any) -> None:
    stay, leader = abroad(), as_role("leader")
    path = f"/overseas/cases/{stay.case_id}/incidents"
    page = leader.post(path, {"kind": "violence", "severity": "normal", "text": "Bị đánh"}, status=422)
    assert "chọn “Khẩn cấp” hoặc “Nghiêm trọng”" in page.text and "Bị đánh" in page.text
    leader.post(path, {"kind": "wages", "severity": "normal", "text": ""}, to="/overseas/incidents/")
    made = session.scalars(select(Incident)).one()
    page = leader.get(f"/overseas/incidents/{made.id}")
    assert "Trung tâm ghi" in page.text and "Chưa ghi lời kể nào." in page.text
    sent = {"kind": "trafficking", "severity": "normal"}
    leader.post(f"/overseas/incidents/{made.id}/kind", sent, status=422)


def test_who_opens_what_they_may_not_read_is_told_who_can(abroad: Any, as_role: Any, session: Any) -> None:
    stay = abroad()
    stay.case.adviser.display_name = "Lê Minh Khoa"
    session.commit()
    sent = {"kind": "violence", "severity": "urgent", "text": "Bị đánh"}
    page = as_role("adviser").follow(f"/overseas/cases/{stay.case_id}/incidents", sent)
    assert "Chỉ Lê Minh Khoa và lãnh đạo xem được." in page.text
