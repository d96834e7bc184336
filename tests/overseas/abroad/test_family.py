"""Family by consent alone; the children in the case alone; all of it gone with the person's data."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now
from portal.errors import NotAllowed, Refused
from portal.overseas.abroad import check_ins, family, stays
from portal.overseas.abroad.check_ins import Said
from portal.overseas.abroad.family import Children, Relative
from portal.overseas.abroad.family_models import ChildCare, FamilyContact
from portal.overseas.abroad.incident_models import Incident, IncidentStep
from portal.overseas.abroad.incidents import Told, open_incident
from portal.overseas.abroad.models import CheckIn, CheckInCode
from portal.overseas.abroad.states import Answer, ChildrenSaid, MayTell, WordBy
from portal.overseas.states import IncidentKind, Severity
from portal.workers.emptying import empty_profile
from portal.workers.exporting import export_of
from portal.workers.models import Worker
from portal.workers.states import ConsentChannel

MOTHER = {
    "name": "Danh Thị Út", "relation": "mẹ", "phone": "0901 000 777", "may_tell": ["well", "dates"],
    "channel": "desk",
}  # fmt: skip
CHILD = "Bà ngoại trông, bé 6 tuổi"


def page_of(case: Any, part: str) -> str:
    return f"/overseas/cases/{case.id}/{part}"


def test_a_family_contact_is_a_consent_with_who_and_what_and_everything_sealed(
    a_case: Any, as_role: Any, session: Any
) -> None:
    case, adviser = a_case(), as_role("adviser")
    page = adviser.get(page_of(case, "family"))
    assert "chưa cho phép liên hệ người nhà nào" in page.text
    page = adviser.follow(page_of(case, "family"), MOTHER)
    assert "Danh Thị Út" in page.text and "0901 000 777" in page.text
    row = session.scalars(select(FamilyContact)).one()
    assert (row.channel, row.may_tell) == (ConsentChannel.DESK, ["well", "dates"])
    assert row.taken_by_id is not None and "Ngày tôi đi, ngày tôi về" in row.sentence
    for said in ("Út", "0901000777", "mẹ"):
        assert said.encode() not in row.who_sealed and said not in row.sentence


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"may_tell": []}, "Hãy chọn ít nhất một mục."), ({"phone": "12"}, "Hãy ghi số điện thoại"),
        ({"name": ""}, "Hãy điền mục này."),
    ],
)  # fmt: skip
def test_a_consent_names_somebody_a_number_and_what_may_be_told(
    a_case: Any, as_role: Any, session: Any, given: dict[str, Any], said: str
) -> None:
    case = a_case()
    page = as_role("adviser").post(page_of(case, "family"), MOTHER | given, status=422)
    assert said in page.text and "mẹ" in page.html
    assert session.scalars(select(FamilyContact)).all() == []


def test_withdrawn_by_the_person_name_and_number_are_gone_and_the_proof_stays(
    a_case: Any, make: Any, as_role: Any, session: Any
) -> None:
    account = make.account("seeker")
    case = a_case(worker=make.worker("Châu Sóc", account_id=account.id))
    as_role("adviser").post(page_of(case, "family"), MOTHER, to="/family")
    person = as_role("seeker", account)
    page = person.get("/overseas/my-family")
    assert "Danh Thị Út" in page.text
    row = session.scalars(select(FamilyContact)).one()
    other = make.account("seeker")
    make.worker("Người Khác", account_id=other.id)
    as_role("seeker", other).post(f"/overseas/family/{row.id}/withdraw", status=404)
    page = person.follow(f"/overseas/family/{row.id}/withdraw", {})
    assert "Danh Thị Út" not in page.text
    session.refresh(row)
    assert row.who_sealed is None and row.withdrawn_at is not None and row.sentence
    assert "Danh Thị Út" not in as_role("adviser").get(page_of(case, "family")).text


def test_online_only_the_person_consents(a_case: Any, make: Any) -> None:
    case, adviser = a_case(), make.account("adviser")
    relative = Relative("Danh Thị Út", "mẹ", "0901000777")
    with pytest.raises(NotAllowed):
        family.give_family_contact(
            case, relative, [MayTell.WELL], channel=ConsentChannel.ONLINE, actor=adviser, now=now()
        )
    with pytest.raises(NotAllowed):
        family.give_family_contact(
            case,
            relative,
            [MayTell.WELL],
            channel=ConsentChannel.DESK,
            actor=make.account("seeker"),
            now=now(),
        )


def test_a_word_through_the_family_needs_a_standing_consent(abroad: Any, make: Any, session: Any) -> None:
    stay, adviser = abroad(), make.account("adviser")
    with pytest.raises(Refused):
        check_ins.check_in(stay, Answer.OK, by=WordBy.FAMILY, taken_by=adviser, now=now())
    row = family.give_family_contact(
        stay.case, Relative("Út", "mẹ", "0901000777"), [MayTell.WELL], channel=ConsentChannel.PHONE,
        actor=adviser, now=now(),
    )  # fmt: skip
    assert check_ins.check_in(stay, Answer.OK, by=WordBy.FAMILY, taken_by=adviser, now=now()).id
    family.withdraw_family_contact(row, actor=adviser, now=now())
    with pytest.raises(Refused):
        check_ins.check_in(stay, Answer.OK, by=WordBy.FAMILY, taken_by=adviser, now=now())


def test_children_are_sealed_and_every_look_is_written_down(a_case: Any, as_role: Any, session: Any) -> None:
    case, adviser = a_case(), as_role("adviser")
    adviser.post(page_of(case, "children"), {"who_cares": CHILD}, status=422)
    page = adviser.follow(page_of(case, "children"), {"said": "worried", "who_cares": CHILD})
    assert CHILD in page.html
    row = session.scalars(select(ChildCare)).one()
    assert "ngoại".encode() not in row.facts_sealed
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert [one.detail["part"] for one in looks] == ["children"]
    assert CHILD not in json.dumps([event.detail for event in session.scalars(select(AuditEvent))])


@pytest.fixture
def told(abroad: Any, make: Any, session: Any) -> Any:
    """Somebody abroad of whom we hold everything, and a seeker's account of theirs."""
    account = make.account("seeker")
    stay = abroad(worker=make.worker("Châu Sóc Kha", account_id=account.id))
    adviser = make.account("adviser")
    family.give_family_contact(
        stay.case, Relative("Danh Út", "mẹ", "0901000777"), [MayTell.WELL], channel=ConsentChannel.DESK,
        actor=adviser, now=now(),
    )  # fmt: skip
    family.tell_children(stay.case, Children(ChildrenSaid.WORRIED, CHILD), actor=adviser, now=now())
    check_ins.check_in(stay, Answer.CALL, said=Said(words="Nhớ con", reach="+81 80 111"), now=now())
    word = check_ins.check_in(stay, Answer.HELP, now=now())
    check_ins.tell_trouble(word, None, Said(words="Thiếu lương"), now=now())
    open_incident(
        Told(IncidentKind.VIOLENCE, Severity.URGENT, "Bị đánh"), case=stay.case, actor=None, now=now()
    )
    session.commit()
    return stay


def test_the_profile_the_ranking_and_partners_never_show_children_or_family(
    told: Any, as_role: Any, make: Any
) -> None:
    from portal.ranking.profiles import worker_profile

    worker = told.case.worker
    assert "ngoại" not in repr(worker_profile(worker))
    organisation = told.case.opening.organisation
    visitors = [
        as_role("sender", make.member("sender", organisation)), as_role("adviser"),
        as_role("seeker", worker.account),
    ]  # fmt: skip
    paths = [
        "/", "/desk", f"/workers/{worker.id}", "/profile", f"/cases/{told.case_id}", "/me/cases",
        f"/openings/{told.case.opening_id}", f"/overseas/cases/{told.case_id}/abroad", "/organisation/cases",
        f"/me/cases/{told.case_id}", f"/organisation/cases/{told.case_id}",
    ]  # fmt: skip
    for visitor in visitors:
        for path in paths:
            answer = visitor.answer(path, follow_redirects=True).get_data(as_text=True)
            for secret in ("Bà ngoại trông", "0901 000 777", "0901000777"):
                assert secret not in answer, path


def test_the_persons_own_file_holds_all_that_we_hold(told: Any, session: Any) -> None:
    worker = told.case.worker
    found = export_of(worker, worker.account)["abroad"]
    assert found["family"][0]["name"] == "Danh Út" and found["children"][0]["who_cares"] == CHILD
    assert {word["words"] for word in found["words"]} == {"Nhớ con", ""}
    assert {one["text"] for one in found["incidents"]} == {"Thiếu lương", "Bị đánh"}
    json.dumps(found)


def test_with_the_profile_everything_personal_goes_and_the_counts_stay(
    told: Any, session: Any, make: Any
) -> None:
    worker = session.get(Worker, told.case.worker_id)
    worker.account_id = None
    stays.change_stay(
        told, country="JP", time_zone="Asia/Tokyo", contract_ends_on=None, reach="+81 80 111",
        actor=make.account("adviser"), now=now(),
    )  # fmt: skip
    session.commit()
    empty_profile(worker, actor=make.account("adviser"), now=now())
    session.commit()
    session.expire_all()
    assert session.scalars(select(ChildCare)).all() == []
    assert {row.who_sealed for row in session.scalars(select(FamilyContact))} == {None}
    assert {row.words_sealed for row in session.scalars(select(CheckIn))} == {None}
    assert told.reach_sealed is None
    assert all(code.ended_at is not None for code in session.scalars(select(CheckInCode)))
    for step in session.scalars(select(IncidentStep)):
        assert (step.text, step.text_sealed) == ("", None)
    from portal.overseas.abroad.incident_words import words_of

    incidents = session.scalars(select(Incident)).all()
    assert len(incidents) == 2 and {words_of(one).text for one in incidents} == {""}
    assert session.scalars(select(CheckIn)).all()
