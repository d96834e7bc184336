"""Consents, steps, walk-ins and rosters."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.errors import Invalid, NotAllowed, Refused
from portal.workers import operations, sensitive
from portal.workers.consent_texts import current_texts
from portal.workers.models import WorkerChange
from portal.workers.queries import Workers, live_consent, worker_of
from portal.workers.states import ConsentChannel, Purpose, WorkerState
from tests.factories import NOW

ON = NOW.date()


@pytest.fixture
def adviser(make):
    return make.account("adviser")


@pytest.fixture
def own(make):
    """A person with an account and nothing agreed to."""
    account = make.account()
    return make.worker(account_id=account.id, consents=())


def changes(session, worker):
    """What the log got since the factory made the worker."""
    query = select(WorkerChange).where(WorkerChange.worker_id == worker.id).order_by(WorkerChange.id)
    made = 0 if worker.step_reached else 1
    return [change.kind.value for change in session.scalars(query)][made:]


def test_every_purpose_has_its_sentence_in_both_languages():
    texts = current_texts()
    assert set(texts) == set(Purpose)
    assert all(text.sentence_vi and text.sentence_en for text in texts.values())


def test_a_consent_keeps_sentence_version_channel_and_time(session, own):
    consent = operations.give_consent(
        own, Purpose.MATCHING, channel=ConsentChannel.ONLINE, actor=own.account, now=NOW
    )
    session.commit()
    text = current_texts()[Purpose.MATCHING]
    assert (consent.sentence, consent.text_version) == (text.sentence_vi, text.version)
    assert (consent.channel, consent.given_at, consent.taken_by_id) == (ConsentChannel.ONLINE, NOW, None)
    assert Workers().matchable(ON).all() == [own]
    assert changes(session, own) == ["changed"]


def test_a_withdrawn_consent_counts_at_once_and_stays_as_proof(session, own):
    for _again in range(2):
        operations.give_consent(
            own, Purpose.MATCHING, channel=ConsentChannel.ONLINE, actor=own.account, now=NOW
        )
    operations.withdraw_consent(own, Purpose.MATCHING, actor=own.account, now=NOW)
    session.commit()
    assert Workers().matchable(ON).all() == []
    assert [c.withdrawn_at for c in own.consents] == [NOW]


def test_consent_taken_by_staff_names_who_took_it(own, adviser):
    consent = operations.give_consent(
        own, Purpose.MATCHING, channel=ConsentChannel.PHONE, actor=adviser, now=NOW
    )
    assert consent.taken_by_id == adviser.id


@pytest.mark.parametrize("role", ["moderator", "administrator", "employer", "sender", "college", "seeker"])
def test_nobody_else_consents_for_a_person(make, own, role):
    stranger = make.account(role)
    for channel in ConsentChannel:
        with pytest.raises(NotAllowed):
            operations.give_consent(own, Purpose.MATCHING, channel=channel, actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        operations.give_consent(own, Purpose.MATCHING, channel=ConsentChannel.ONLINE, actor=None, now=NOW)


def test_staff_cannot_consent_online_in_a_persons_name(own, adviser):
    with pytest.raises(NotAllowed):
        operations.give_consent(own, Purpose.MATCHING, channel=ConsentChannel.ONLINE, actor=adviser, now=NOW)


@pytest.mark.parametrize("keep_until", [None, ON, ON - dt.timedelta(days=1), dt.date(2040, 1, 1)])
def test_keeping_asks_for_a_day_that_makes_sense(own, keep_until):
    with pytest.raises(Invalid):
        operations.give_consent(
            own,
            Purpose.KEEPING,
            channel=ConsentChannel.ONLINE,
            keep_until=keep_until,
            actor=own.account,
            now=NOW,
        )


def test_another_day_for_keeping_replaces_the_first(own):
    for year in (2027, 2028):
        operations.give_consent(
            own,
            Purpose.KEEPING,
            channel=ConsentChannel.ONLINE,
            keep_until=dt.date(year, 1, 1),
            actor=own.account,
            now=NOW,
        )
    assert live_consent(own, Purpose.KEEPING).keep_until == dt.date(2028, 1, 1)
    assert len([c for c in own.consents if c.withdrawn_at is None]) == 1


def test_registration_is_saved_step_by_step(session, make):
    account = make.account()
    worker = operations.register(
        account,
        {"full_name": "  Trần  Văn Út ", "birth_year": 1990, "sex": "male", "phone": "0901234567"},
        actor=account,
        now=NOW,
    )
    steps = {
        "where": {"commune_code": "30307", "address_line": "Khóm 3"},
        "can": {"occupations": [{"code": "7115", "words": "thợ hồ", "months": 24}], "skills_text": "xây, tô"},
        "want": {"wants_home": True, "wants_abroad": True, "countries": ["JP"], "wage_min": 8_000_000},
        "schooling": {"education_code": "lower_secondary"},
        "experience": {"experiences": [{"title": "Thợ hồ", "months": 24, "from_year": 2020}]},
        "languages": {"certificates": [{"scale": "jlpt", "level": "N4"}]},
    }
    for step, values in steps.items():
        operations.save_step(worker, step, values, actor=account, now=NOW)
    operations.save_step(worker, "where", {"address_line": "Khóm 4"}, actor=account, now=NOW)
    assert worker.state is WorkerState.DRAFT
    operations.finish_registration(worker, actor=account, now=NOW)
    session.commit()
    session.expire_all()
    assert worker_of(account) is worker
    assert (worker.full_name, worker.name_folded, worker.state) == (
        "Trần Văn Út",
        "tran van ut",
        WorkerState.ACTIVE,
    )
    assert worker.step_reached == "consents"
    assert (worker.commune_code, worker.address_line) == ("30307", "Khóm 4")
    assert worker.skills == ["xây", "tô"]
    assert worker.wanted_countries == ["JP"]
    assert changes(session, worker) == ["changed"], "one row a transaction"


@pytest.mark.parametrize(
    ("step", "values", "field"),
    [
        ("who", {"full_name": "  "}, "full_name"),
        ("who", {"full_name": "0901234567"}, "full_name"),
        ("who", {"birth_date": dt.date(2012, 1, 1)}, "birth"),
        ("who", {"birth_year": 1890}, "birth"),
        ("where", {"commune_code": "99999"}, "commune"),
        ("where", {"commune_code": "91"}, "commune"),
        ("schooling", {"education_code": "doctor"}, "education_code"),
        ("languages", {"certificates": [{"scale": "jlpt", "level": "N9"}]}, "level"),
        ("languages", {"certificates": [{"scale": "eps-topik", "level": "300"}]}, "level"),
        ("want", {"countries": ["XX"]}, "countries"),
        ("want", {"provinces": ["30307"]}, "provinces"),
        ("want", {"wage_min": -1}, "wage_min"),
        ("can", {"occupations": [{"code": "7115", "months": 9999}]}, "months"),
        ("experience", {"experiences": [{"title": "May", "from_year": 2020, "to_year": 2019}]}, "to_year"),
        ("guardian", {"guardian_consents": True, "guardian_name": "Mẹ"}, "guardian_name"),
    ],
)
def test_a_value_without_meaning_is_refused_at_its_field(own, step, values, field):
    with pytest.raises(Invalid) as refusal:
        operations.save_step(own, step, values, actor=own.account, now=NOW)
    assert refusal.value.field == field


def test_nobody_has_two_profiles(own):
    with pytest.raises(Refused):
        operations.register(own.account, {"full_name": "A", "birth_year": 1990}, actor=own.account, now=NOW)


def test_a_walk_in_is_active_with_the_consents_that_were_read_out(session, adviser):
    worker = operations.register_walk_in(
        {
            "who": {"full_name": "Lê Thị Tư", "birth_date": dt.date(1985, 3, 2), "phone": "0912000111"},
            "can": {"occupations": [{"code": "7531"}]},
        },
        consents={Purpose.MATCHING: None, Purpose.KEEPING: dt.date(2027, 6, 1)},
        channel=ConsentChannel.DESK,
        national_id="089185123456",
        actor=adviser,
        now=NOW,
    )
    session.commit()
    assert Workers().matchable(ON).all() == [worker]
    assert {c.channel for c in worker.consents} == {ConsentChannel.DESK}
    assert {c.taken_by_id for c in worker.consents} == {adviser.id}
    assert worker.national_id_index and b"089185123456" not in worker.national_id_sealed


def test_a_graduate_of_a_roster_waits_for_their_own_consent(make, session):
    college = make.member("college")
    organisation = make.organisation("college")
    worker = operations.create_from_roster(
        {"full_name": "Danh Sóc Kha", "birth_year": 2005, "education_code": "college"},
        organisation=organisation,
        actor=college,
        now=NOW,
    )
    session.commit()
    assert worker.state is WorkerState.DRAFT
    account = make.account()
    worker.account_id = account.id
    session.commit()
    operations.give_consent(worker, Purpose.ROSTER, channel=ConsentChannel.ONLINE, actor=account, now=NOW)
    session.commit()
    assert Workers().matchable(ON).all() == [worker]


def test_every_priority_group_is_told_but_one_ethnic_group(session, own):
    for purpose in (Purpose.PRIORITY, Purpose.ETHNICITY):
        operations.give_consent(own, purpose, channel=ConsentChannel.ONLINE, actor=own.account, now=NOW)
    sensitive.tell(own, Purpose.PRIORITY, "served", "poor_household", actor=own.account, now=NOW)
    shown = sensitive.read_label(own, Purpose.PRIORITY, actor=own.account, now=NOW)
    assert "hộ nghèo" in shown and "nghĩa vụ quân sự" in shown
    for purpose, codes in (
        (Purpose.PRIORITY, ()), (Purpose.PRIORITY, ("served", "rich")), (Purpose.ETHNICITY, ("05", "01")),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            sensitive.tell(own, purpose, *codes, actor=own.account, now=NOW)


def test_ethnicity_needs_its_own_consent_is_sealed_and_goes_with_it(session, own):
    with pytest.raises(Refused):
        sensitive.tell(own, Purpose.ETHNICITY, "05", actor=own.account, now=NOW)
    operations.give_consent(own, Purpose.ETHNICITY, channel=ConsentChannel.ONLINE, actor=own.account, now=NOW)
    sensitive.tell(own, Purpose.ETHNICITY, "05", actor=own.account, now=NOW)
    assert sensitive.read(own, Purpose.ETHNICITY, actor=own.account, now=NOW) == "05"
    operations.withdraw_consent(own, Purpose.ETHNICITY, actor=own.account, now=NOW)
    session.commit()
    assert sensitive.read(own, Purpose.ETHNICITY, actor=own.account, now=NOW) is None
    assert not sensitive.is_told(own, Purpose.ETHNICITY)
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()
    assert [look.detail for look in looks] == [{"part": "ethnicity"}]


def test_a_rolled_back_change_leaves_no_row_in_the_log(session, own):
    operations.save_step(own, "where", {"address_line": "Khóm 9"}, actor=own.account, now=NOW)
    session.rollback()
    session.commit()
    assert changes(session, own) == []


def test_pausing_takes_a_person_out_and_back(session, make):
    account = make.account()
    worker = make.worker(account_id=account.id)
    operations.pause(worker, actor=account, now=NOW)
    assert Workers().matchable(ON).all() == []
    with pytest.raises(Refused):
        operations.pause(worker, actor=account, now=NOW)
    operations.ask_for_work(worker, actor=account, now=NOW)
    assert Workers().matchable(ON).all() == [worker]


def test_a_seeker_sees_themselves_and_partners_nobody(make, own):
    make.worker()
    assert Workers().visible_to(own.account).all() == [own]
    assert len(Workers().visible_to(make.account("leader")).all()) == 2
    for role in ("moderator", "administrator", "employer", "college", "seeker"):
        assert Workers().visible_to(make.account(role)).all() == []


def test_names_are_found_without_diacritics_and_sorted_by_given_name(make):
    names = ["Nguyễn Văn Đức", "Trần Thị Bé", "Lê Văn Dũng", "Phạm Thị Ánh"]
    for name in names:
        make.worker(name)
    found = Workers().by_name().all()
    assert [worker.full_name.split()[-1] for worker in found] == ["Ánh", "Bé", "Dũng", "Đức"]
    assert [w.full_name for w in Workers().search("van duc").all()] == ["Nguyễn Văn Đức"]
    assert [w.full_name for w in Workers().search("Đức").all()] == ["Nguyễn Văn Đức"]


def test_an_age_band_takes_the_youngest_possible_age(make):
    make.worker("Lê Năm Sinh", birth_date=None, birth_year=1996)
    make.worker("Lê Đủ Ngày", birth_date=dt.date(1996, 1, 1))
    assert [w.full_name for w in Workers().aged(30, None, ON).all()] == ["Lê Đủ Ngày"]
    assert [w.full_name for w in Workers().aged(None, 29, ON).all()] == ["Lê Năm Sinh"]
