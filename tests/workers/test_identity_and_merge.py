"""The national ID, likely duplicates, merging and parting."""

import datetime as dt

import pytest
from sqlalchemy import insert, select, text

from portal.errors import Invalid, NotAllowed, Refused
from portal.workers import operations
from portal.workers.consent_models import DuplicatePair
from portal.workers.duplicates import decide_distinct, likely_same, note_duplicates
from portal.workers.identity import masked_national_id, read_national_id
from portal.workers.models import Worker, WorkerChange, WorkerOccupation, WorkExperience
from portal.workers.queries import open_duplicates, worker_of
from portal.workers.states import DuplicateState, Purpose, WorkerState
from tests.factories import NOW

# Born 1998, a woman.
NUMBER = "089198000123"


@pytest.fixture
def adviser(make):
    return make.account("adviser")


@pytest.fixture
def pair(make):
    """The same person twice: once on her own, once at the desk."""
    first = make.worker("Nguyễn Thị Mai", phone="0901000001", email=None, account_id=make.account().id)
    second = make.worker(
        "Nguyễn Thị Mai",
        phone="0901000001",
        email="mai@vidu.vn",
        occupations=(("7531", 12), ("5120", 6)),
        consents=(Purpose.MATCHING, Purpose.KEEPING)[:1],
        certificates=(("jlpt", "N4"),),
        countries=("JP",),
    )
    return first, second


def test_the_same_person_is_found_among_hundreds_of_the_same_name(session, make):
    others = [
        {"uid": f"u{n}", "state": WorkerState.ACTIVE, "full_name": "Nguyễn Thị Mai", "birth_year": 1970,
         "name_folded": "nguyen thi mai", "created_at": NOW, "updated_at": NOW}
        for n in range(250)
    ]  # fmt: skip
    session.execute(insert(Worker), others)
    mai = make.worker("Nguyễn Thị Mai", birth_date=dt.date(1998, 5, 17))
    found = likely_same("Nguyen Thi Mai", dt.date(1998, 5, 17), None, None)
    assert [(one.worker.id, one.reasons) for one in found] == [(mai.id, ["name_birth"])]


def test_a_number_is_sealed_found_again_and_shown_masked(session, make, adviser):
    worker = make.worker()
    warnings = operations.give_national_id(worker, "089 198 000123", actor=adviser, now=NOW)
    session.commit()
    assert warnings == []
    assert masked_national_id(worker) == "•••••••••123"
    assert read_national_id(worker, actor=adviser, now=NOW) == NUMBER


def test_another_sex_or_year_on_the_card_warns_and_is_stored(make, adviser):
    worker = make.worker(birth_date=dt.date(1997, 1, 1))
    warnings = operations.give_national_id(worker, "089098000123", actor=adviser, now=NOW)
    assert len(warnings) == 2
    assert worker.national_id_index is not None


@pytest.mark.parametrize("typed", ["123", "003198000123", "35219800012", "0891980A0123", ""])
def test_a_number_that_cannot_be_one_is_refused(make, adviser, typed):
    with pytest.raises(Invalid) as refusal:
        operations.give_national_id(make.worker(), typed, actor=adviser, now=NOW)
    assert refusal.value.field == "national_id"


def test_a_second_profile_with_the_same_number_looks_the_same_and_leaves_a_pair(session, make):
    first = make.worker("Trần Văn Ba", account_id=make.account().id)
    second = make.worker("Lê Thị Tư", account_id=make.account().id)
    answers = [
        operations.give_national_id(worker, NUMBER, actor=worker.account, now=NOW)
        for worker in (first, second)
    ]
    session.commit()
    assert answers[0] == answers[1]
    assert second.national_id_index is None
    assert masked_national_id(first) == masked_national_id(second), "to the person both look the same"
    found = session.scalars(open_duplicates()).one()
    assert (found.first_id, found.second_id, found.reasons) == (first.id, second.id, ["national_id"])


def test_a_stranger_neither_gives_nor_reads_a_number(make):
    worker = make.worker()
    for role in ("seeker", "moderator", "employer", "administrator"):
        with pytest.raises(NotAllowed):
            operations.give_national_id(worker, NUMBER, actor=make.account(role), now=NOW)
        with pytest.raises(NotAllowed):
            read_national_id(worker, actor=make.account(role), now=NOW)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({"phone": "0901000001"}, ["phone", "name_birth"]),
        ({"full_name": "Nguyen thi mai"}, ["name_birth"]),
        (
            # A slip in the name and in the year.
            {"full_name": "Nguyễn Thị Mài", "phone": "0901000001", "birth_date": dt.date(1989, 5, 17)},
            ["phone"],
        ),
        # Husband, daughter with a name alike, mother: one phone alone makes nobody the same person.
        ({"full_name": "Nguyễn Văn Mười", "phone": "0901000001", "birth_date": dt.date(1997, 2, 3)}, []),
        ({"full_name": "Nguyễn Thị Mai Anh", "phone": "0901000001", "birth_date": dt.date(2010, 2, 3)}, []),
        (
            {
                "full_name": "Nguyễn Thị Mai",
                "phone": "0901000001",
                "birth_date": None,
                "birth_year": 1970,
            },
            [],
        ),
        ({"full_name": "Trần Văn Hùng", "phone": "0901000001"}, []),
        ({"birth_date": dt.date(1990, 1, 1)}, []),
        ({"birth_date": None, "birth_year": 1998}, ["name_year"]),
        ({"birth_date": None, "birth_year": 1998, "commune_code": "30301"}, []),
    ],
)
def test_who_looks_like_the_same_person(make, other, reasons):
    make.worker(**{"full_name": "Nguyễn Thị Mai", **other})
    found = likely_same("Nguyễn Thị Mai", dt.date(1998, 5, 17), 1998, "0901000001", "30307")
    assert [likely.reasons for likely in found] == ([reasons] if reasons else [])


def test_a_pair_found_twice_is_listed_once_and_not_again_after_the_decision(session, pair, adviser):
    for worker in (*pair, *pair):
        note_duplicates(worker, now=NOW)
    found = session.scalars(open_duplicates()).one()
    decide_distinct(found, actor=adviser, now=NOW)
    note_duplicates(pair[0], now=NOW)
    session.commit()
    assert session.scalars(open_duplicates()).all() == []
    assert found.state is DuplicateState.DISTINCT


def test_a_merge_moves_what_is_new_and_undoing_it_parts_them_again(session, pair, adviser):
    kept, merged = pair
    operations.give_national_id(merged, NUMBER, actor=adviser, now=NOW)
    note_duplicates(kept, now=NOW)
    session.commit()
    done = operations.merge(kept, merged, actor=adviser, now=NOW)
    session.commit()
    assert (merged.state, merged.merged_into_id) == (WorkerState.MERGED, kept.id)
    assert kept.email == "mai@vidu.vn"
    assert [o.code for o in kept.occupations] == ["7531", "5120"]
    assert kept.wanted_countries == ["JP"] and len(kept.certificates) == 1
    assert masked_national_id(kept).endswith("123") and merged.national_id_sealed is None
    assert session.scalars(select(DuplicatePair)).one().state is DuplicateState.MERGED
    assert "mai@vidu.vn" not in str(done.moved)
    log = session.execute(select(WorkerChange.worker_id, WorkerChange.kind).order_by(WorkerChange.id)).all()
    assert {(row[0], row[1].value) for row in log} >= {(kept.id, "changed"), (merged.id, "removed")}

    operations.undo_merge(done, actor=adviser, now=NOW)
    session.commit()
    assert (merged.state, merged.merged_into_id) == (WorkerState.ACTIVE, None)
    assert kept.email is None and merged.email == "mai@vidu.vn"
    assert [o.code for o in merged.occupations] == ["7531", "5120"]
    assert [o.code for o in kept.occupations] == ["7531"]
    assert masked_national_id(merged).endswith("123") and kept.national_id_sealed is None
    with pytest.raises(Refused):
        operations.undo_merge(done, actor=adviser, now=NOW)


def test_a_consent_withdrawn_on_one_profile_does_not_come_back_from_the_other(session, pair, adviser):
    kept, merged = pair
    operations.withdraw_consent(kept, Purpose.MATCHING, actor=adviser, now=NOW)
    operations.merge(kept, merged, actor=adviser, now=NOW)
    session.commit()
    assert all(c.withdrawn_at for c in kept.consents if c.purpose is Purpose.MATCHING)


def test_the_merged_account_opens_the_kept_profile(session, make, pair, adviser):
    kept, merged = pair
    other = make.account()
    merged.account_id = other.id
    session.commit()
    operations.merge(kept, merged, actor=adviser, now=NOW)
    session.commit()
    assert worker_of(other) is kept
    operations.save_step(kept, "where", {"address_line": "Ấp 2"}, actor=other, now=NOW)


def test_an_account_of_the_merged_profile_goes_along_and_back(session, make, adviser):
    kept, account = make.worker(), make.account()
    merged = make.worker(account_id=account.id)
    done = operations.merge(kept, merged, actor=adviser, now=NOW)
    session.commit()
    assert (kept.account_id, merged.account_id) == (account.id, None)
    operations.undo_merge(done, actor=adviser, now=NOW)
    session.commit()
    assert (kept.account_id, merged.account_id) == (None, account.id)


def test_two_numbers_are_two_people(make, adviser):
    one, other = make.worker(), make.worker()
    operations.give_national_id(one, NUMBER, actor=adviser, now=NOW)
    operations.give_national_id(other, "089198000124", actor=adviser, now=NOW)
    with pytest.raises(Refused):
        operations.merge(one, other, actor=adviser, now=NOW)


def test_of_two_profiles_with_one_number_the_kept_one_has_it(session, make, adviser):
    first, second = make.worker(), make.worker()
    for worker in (first, second):
        operations.give_national_id(worker, NUMBER, actor=adviser, now=NOW)
    done = operations.merge(second, first, actor=adviser, now=NOW)
    session.commit()
    assert second.national_id_index and not first.national_id_index
    operations.undo_merge(done, actor=adviser, now=NOW)
    session.commit()
    assert first.national_id_index and not second.national_id_index


def test_rows_added_after_the_merge_stay_with_the_kept_profile(session, pair, adviser):
    kept, merged = pair
    done = operations.merge(kept, merged, actor=adviser, now=NOW)
    session.commit()
    kept.experiences.append(WorkExperience(title="May áo", months=3))
    kept.occupations.append(WorkerOccupation(code="9313", months=1))
    kept.phone = "0901999999"
    session.commit()
    operations.undo_merge(done, actor=adviser, now=NOW)
    session.commit()
    assert [e.title for e in kept.experiences] == ["May áo"]
    assert [o.code for o in kept.occupations] == ["7531", "9313"]
    assert kept.phone == "0901999999"


def test_open_pairs_are_read_from_the_pairs_not_from_everybody(session, engine):
    """With 20,000 people, two lists of everybody tried against each other took my day 18 seconds."""
    if engine != "sqlite":
        pytest.skip("How the other database goes about it is its own affair, and quick")
    query = open_duplicates().compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    steps = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    assert steps[0].startswith("SCAN duplicate_pair"), steps
    assert all("rowid=?" in step for step in steps if " worker " in step), steps
