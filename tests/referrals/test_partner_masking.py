"""What partners can open, walked: nobody's data before their yes, then only to that opening's employer."""

import pytest

from portal.access.states import PARTNERS, Role
from portal.common.clock import now
from portal.openings.states import Sphere
from portal.reference.reasons import reasons
from portal.referrals.masking import practice_words
from portal.referrals.models import Referral
from portal.referrals.states import Origin, ReferralState
from portal.web.access import PUBLIC, SIGNED_IN
from portal.workers.benefit import tell_benefit
from portal.workers.conditions import tell_conditions
from portal.workers.identity import give_national_id
from portal.workers.models import WorkerOccupation
from portal.workers.operations import give_consent, withdraw_consent
from portal.workers.states import ConditionAnswer, ConditionKind, ConsentChannel, Purpose
from tests.referrals.conftest import Stages
from tests.route_walk import address, rows

NAME = "Quách Thị Ngàn Phương"
NATIONAL_ID = "089198001234"
# Whatever of the person could stand on a page, as written there or with the blanks of a shown number.
SECRETS = (
    NAME, "Ngàn Phương", "0903777888", "0903 777 888", "nganphuong@vidu.vn", "Ấp Giồng Riềng Nhỏ",
    "17/05/1998", "1998-05-17", NATIONAL_ID, "Quách Văn Cha",
)  # fmt: skip
NEVER = ("trợ cấp thất nghiệp: đang", "160 cm, ", "Không đạt", "receives_benefit")


@pytest.fixture(autouse=True)
def _for_real(app, monkeypatch):
    """The outbox of the trial shows every message to everybody; outside a trial it is not there."""
    monkeypatch.setitem(app.config, "DEMO", False)


@pytest.fixture
def company(make):
    return make.organisation("employer")


@pytest.fixture
def opening(make, company):
    return make.opening(organisation=company, expires_on=None, positions=9, positions_left=9)


@pytest.fixture
def person(make, stages, session):
    """A person of whom everything is told, health and benefit too."""
    worker = make.worker(
        NAME, phone="0903777888", email="nganphuong@vidu.vn", address_line="Ấp Giồng Riềng Nhỏ",
        guardian_name="Quách Văn Cha",
    )  # fmt: skip
    by = {"actor": stages.adviser, "now": now()}
    give_national_id(worker, NATIONAL_ID, **by)
    tell_benefit(worker, channel=ConsentChannel.DESK, **by)
    give_consent(worker, Purpose.CONDITIONS, channel=ConsentChannel.DESK, **by)
    tell_conditions(worker, {(ConditionKind.HEIGHT, "cao từ 160 cm"): ConditionAnswer.NO}, **by)
    session.commit()
    return worker


STAGES = {
    ReferralState.SHORTLISTED: Stages.shortlisted,
    ReferralState.ASKED: Stages.asked,
    ReferralState.AGREED: Stages.agreed,
    ReferralState.REFERRED: Stages.referred,
    ReferralState.INTERVIEW: Stages.interview,
    ReferralState.HIRED: Stages.hired,
}
SHOWN = (ReferralState.REFERRED, ReferralState.INTERVIEW, ReferralState.HIRED)


def everything(app, client, role, ids):
    """The text of every page that this role may open, with our person's ids in the addresses."""
    pages = {}
    for rule in app.url_map.iter_rules():
        allowed = app.view_functions[rule.endpoint].allowed
        if "GET" not in rule.methods or not {role, SIGNED_IN, PUBLIC} & allowed or rule.endpoint == "static":
            continue
        url = address(app, rule, ids)
        pages[url] = client.answer(url).data.decode("utf-8", "replace")
    assert len(pages) > 20
    return pages


def said_of_person(pages, needles=SECRETS):
    return {(url, needle) for url, text in pages.items() for needle in needles if needle in text}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("state", [None, *STAGES], ids=str)
def test_no_partner_meets_the_person_before_the_letter(
    app, make, as_role, stages, company, opening, person, state
):
    ids = rows(make) | {"worker_id": person.id, "opening_id": opening.id}
    if state is not None:
        ids["referral_id"] = STAGES[state](stages, person, opening).id
    # A college or another employer sees the same whatever the step: the two ends stand for all.
    others = PARTNERS if state in (ReferralState.ASKED, ReferralState.HIRED) else ()
    clients = {role: as_role(role, make.member(role)) for role in others}
    clients["our employer"] = as_role("employer", make.member("employer", company))
    for name, client in clients.items():
        role = "employer" if name == "our employer" else name
        pages = everything(app, client, role, ids)
        assert said_of_person(pages, NEVER) == set(), name
        met = said_of_person(pages)
        if name == "our employer" and state in SHOWN:
            assert ("/organisation/referrals", NAME) in met
            # The contact data stand in the letter alone.
            assert {needle for _url, needle in met} <= {NAME, "Ngàn Phương"}
        else:
            assert met == set(), f"{name} in {state}"


def test_the_letter_opens_for_our_employer_only_once_it_is_there(
    as_role, make, stages, company, opening, person
):
    ours = as_role("employer", make.member("employer", company))
    other = as_role("employer", make.member("employer"))
    for state, stage in STAGES.items():
        worker = make.worker()
        referral = stage(stages, worker, opening)
        status = 200 if state in SHOWN else 404
        ours.get(f"/referrals/{referral.id}/letter.pdf", status=status)
        other.get(f"/referrals/{referral.id}/letter.pdf", status=404)
        ours.get(f"/referrals/{referral.id}", status=403)
        ours.get(f"/workers/{worker.id}", status=403)


def test_a_sender_sees_no_more_than_an_employer(app, make, as_role, stages, person):
    sender = make.organisation("sender")
    abroad = make.opening(sphere=Sphere.OVERSEAS, country="JP", organisation=sender, expires_on=None)
    referral = stages.agreed(person, abroad)
    client = as_role("sender", make.member("sender", sender))
    ids = rows(make) | {"worker_id": person.id, "opening_id": abroad.id, "referral_id": referral.id}
    assert said_of_person(everything(app, client, "sender", ids)) == set()


# --- the masked profile ----------------------------------------------------------------------------------


@pytest.fixture
def employer(as_role, make, company):
    return as_role("employer", make.member("employer", company))


def test_whom_the_centre_asks_stands_under_a_number_with_trade_and_schooling(
    employer, stages, opening, person
):
    referral = stages.asked(person, opening)
    page = employer.get("/organisation/candidates")
    assert f"Ứng viên số {referral.id}" in page.text
    assert "từ 3 đến 7 năm" in page.text and "Trung học phổ thông" in page.text
    assert said_of_person({"page": page.html}) == set()
    shown = " ".join(page.all("table")[0].itertext())
    for narrow in ("Long Xuyên", "Nữ", "1998", "28"):
        assert narrow not in shown


def test_who_was_only_noted_down_or_has_not_agreed_to_be_shown_does_not_stand_there(
    employer, make, stages, session, opening, person
):
    stages.shortlisted(make.worker(), opening)
    stages.asked(person, opening)
    withdraw_consent(person, Purpose.SHARING, actor=stages.adviser, now=now())
    session.commit()
    assert "Chưa có ai" in employer.get("/organisation/candidates").text


def test_other_employers_do_not_see_the_numbers(as_role, make, stages, opening, person):
    stages.asked(person, opening)
    stranger = as_role("employer", make.member("employer"))
    assert "Chưa có ai" in stranger.get("/organisation/candidates").text


def test_practice_is_told_in_wide_steps(make):
    told = {}
    for months in (0, 5, 12, 35, 36, 83, 84, 400):
        worker = make.worker(occupations=())
        worker.occupations = [WorkerOccupation(code="7531", months=months, position=0)]
        told[months] = practice_words(worker)
    assert (
        len(set(told.values())) == 5
        and told[12] == told[35]
        and told[36] == told[83]
        and told[84] == told[400]
    )


def test_the_masked_list_asks_the_same_number_of_questions_at_2_and_at_20_rows(
    employer, make, session, stages, opening, statements
):
    counts = []
    for many in (2, 18):
        for _ in range(many):
            session.add(
                Referral(
                    worker=make.worker(), opening=opening, state=ReferralState.ASKED, origin=Origin.STAFF,
                    owner=stages.adviser, due_on=now().date(), created_at=now(), updated_at=now(),
                )
            )  # fmt: skip
        session.commit()
        statements.clear()
        employer.get("/organisation/candidates")
        counts.append(len(statements))
    assert counts[0] == counts[1], statements


# --- reasons ---------------------------------------------------------------------------------------------


def test_an_employer_is_offered_no_reason_of_health_or_age():
    for reason in reasons("employer", "not_hired"):
        said = f"{reason.label} {reason.sentence}".lower()
        assert not any(
            word in said for word in ("sức khỏe", "tuổi", "bệnh", "chiều cao", "xăm", "khuyết tật")
        )


def test_a_no_for_health_is_told_to_nobody_outside(
    app, make, as_role, stages, session, company, opening, person
):
    from portal.referrals import operations as ops
    from portal.referrals.states import AnswerChannel

    referral = stages.asked(person, opening)
    ops.answer(referral, False, reason="person_health", channel=AnswerChannel.PHONE, **stages.by())
    session.commit()
    client = as_role("employer", make.member("employer", company))
    ids = rows(make) | {"worker_id": person.id, "opening_id": opening.id, "referral_id": referral.id}
    pages = everything(app, client, "employer", ids)
    assert said_of_person(pages, (*SECRETS, "vì sức khỏe", "mau khỏe")) == set()


# Nobody's name stands on these: how the ranking works, which version is in use, counts of a whole month
# (those below 5 and their complements are hidden from partners).
WITHOUT_PEOPLE = {"how", "fairness_of_month", "count_month"}


def test_ranked_lists_and_whys_are_for_staff_alone(app):
    for rule in app.url_map.iter_rules():
        package, _, name = rule.endpoint.partition(".")
        if (
            package == "ranking"
            and name not in WITHOUT_PEOPLE
            and not rule.rule.startswith("/ranking/versions")
        ):
            allowed = app.view_functions[rule.endpoint].allowed
            assert not allowed & {*PARTNERS, PUBLIC, SIGNED_IN}, rule.endpoint
            assert allowed <= {Role.SEEKER, Role.ADVISER, Role.LEADER, Role.MODERATOR}, rule.endpoint
