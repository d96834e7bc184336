"""Writing a contact down in under a minute, the list with its counts, and the panels on the person."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.common.clock import now, today
from portal.counselling.contact_forms import ContactForm
from portal.counselling.contacts import record_contact
from portal.counselling.models import Contact
from portal.counselling.states import AgeBand, ContactChannel, ContactKind, ContactOutcome
from portal.workers.models import Worker
from portal.workers.states import ContactWay, Purpose, Sex

NEW = "/counselling/contacts/new"
GIVEN = {"kind": "training", "channel": "phone", "outcome": "informed"}


def contact(worker: Any, actor: Any, **given: Any) -> Contact:
    return record_contact(
        worker,
        given.pop("kind", ContactKind.JOB),
        given.pop("channel", ContactChannel.DESK),
        given.pop("outcome", ContactOutcome.INFORMED),
        actor=actor,
        now=given.pop("now", now()),
        **given,
    )


def chosen(page: Any) -> dict[str, str]:
    """What is marked among the radios of the form."""
    marked = [
        one for one in page.all("input") if one.get("type") == "radio" and one.get("checked") is not None
    ]
    return {one.get("name"): one.get("value") for one in marked}


def only_contact(session: Any) -> Contact:
    session.expire_all()
    return session.scalars(select(Contact)).one()


def test_from_the_person_one_press_saves_and_goes_back_to_the_person(make, session, as_role) -> None:
    worker = make.worker()
    adviser = as_role("adviser")
    page = adviser.get(
        f"{NEW}?worker={worker.id}", headers={"Referer": f"http://localhost/workers/{worker.id}"}
    )
    assert chosen(page) == {"kind": "job", "channel": "desk", "outcome": "informed", "next_in": ""}
    sent = {"worker": worker.id, "back": f"/workers/{worker.id}", "kind": "job", "channel": "desk"}
    adviser.post(NEW, data=sent | {"outcome": "informed"}, status=302, to=f"/workers/{worker.id}")
    assert only_contact(session).worker_id == worker.id


def test_opening_the_form_for_a_person_is_a_look(make, session, as_role) -> None:
    worker = make.worker()
    as_role("adviser").get(f"{NEW}?worker={worker.id}")
    looked = select(AuditEvent).where(AuditEvent.action == "looked", AuditEvent.subject_id == worker.id)
    assert len(session.scalars(looked).all()) == 1


def test_a_person_is_found_by_name_on_the_same_page_and_nothing_typed_is_lost(make, session, as_role) -> None:
    first, second = make.worker("Trần Thị Hoa"), make.worker("Trần Văn Hoà")
    adviser = as_role("adviser")
    typed = GIVEN | {"who": "tran hoa", "note": "Hỏi lớp may."}
    page = adviser.post(NEW, data=typed, status=200)
    assert "Trần Thị Hoa" in page.text and "Trần Văn Hoà" in page.text
    assert "Hỏi lớp may." in page.text and chosen(page)["kind"] == "training"
    # The arrow keys choose at once, from the first of those found.
    focused = [one.get("value") for one in page.all("input") if one.get("autofocus") is not None]
    assert focused == [str(first.id)]
    # Two were found: who is it?
    page = adviser.post(NEW, data=typed | {"asked": "tran hoa"}, status=422)
    assert "Hãy chọn một người" in page.text and "Hỏi lớp may." in page.text
    adviser.post(NEW, data=typed | {"asked": "tran hoa", "person": second.id}, status=302)
    made = only_contact(session)
    assert (made.worker_id, made.note, made.kind) == (second.id, "Hỏi lớp may.", ContactKind.TRAINING)
    assert first.id != second.id


def test_a_profile_that_the_search_did_not_find_cannot_be_smuggled_in(make, session, as_role) -> None:
    make.worker("Trần Thị Hoa")
    other = make.worker("Lê Văn Tám")
    sent = GIVEN | {"who": "tran hoa", "asked": "tran hoa", "person": other.id}
    as_role("adviser").post(NEW, data=sent, status=422)
    assert session.scalars(select(Contact)).all() == []


def test_who_gives_no_name_is_counted_by_what_they_say(session, as_role) -> None:
    told = {"commune": "Vĩnh Hanh", "sex": "male", "age_band": "45_59"}
    as_role("adviser").post(NEW, data=GIVEN | told, status=302)
    made = only_contact(session)
    assert (made.worker_id, made.sex, made.age_band) == (None, Sex.MALE, AgeBand.FROM_45)
    assert made.commune_code


def test_a_chip_gives_the_next_working_day_and_a_wrong_day_is_answered_at_its_field(
    make, session, as_role
) -> None:
    worker, adviser = make.worker(), as_role("adviser")
    sent = GIVEN | {"worker": worker.id, "outcome": "appointment", "note": "Mang bằng."}
    for wrong in ("", "31/02/2027", "01/01/2020"):
        page = adviser.post(NEW, data=sent | {"next_on": wrong}, status=422)
        assert 'id="next_on-error"' in page.html and "Mang bằng." in page.text
    adviser.post(NEW, data=sent | {"next_in": "7"}, status=302)
    assert 7 <= (only_contact(session).next_on - today()).days <= 12


def test_the_nearest_chip_does_not_call_the_day_after_a_holiday_tomorrow(app) -> None:
    """23 November 2026 is followed by the Day of Culture, when the centre is closed."""
    form = ContactForm(formdata=None, days={"1": dt.date(2026, 11, 25)})
    assert [label for _value, label in form.next_in.choices][1:] == ["Ngày làm việc tới (25/11)"]


def test_the_list_counts_events_and_people_and_carries_no_name_in_its_address_or_sheet(
    make, session, as_role
) -> None:
    account, worker = make.account("adviser"), make.worker()
    for kind in (ContactKind.JOB, ContactKind.ABROAD):
        contact(worker, account, kind=kind)
    contact(None, account)
    session.commit()
    adviser = as_role("adviser", account)
    page = adviser.get("/counselling/contacts")
    figures = page.texts("p.value")
    assert figures == ["3", "1", "1"]
    page = adviser.get("/counselling/contacts?kind=abroad")
    assert page.texts("p.value") == ["1", "1", "0"]
    sheet = adviser.get("/counselling/contacts.csv?kind=abroad").get_data(as_text=True)
    assert len(sheet.strip().splitlines()) == 2 and worker.full_name not in sheet


def test_the_list_asks_as_often_for_20_rows_as_for_2(make, session, as_role, statements) -> None:
    account = make.account("adviser")
    adviser, counts = as_role("adviser", account), []
    for more in (2, 18):
        for _turn in range(more):
            contact(make.worker(), account)
        session.commit()
        adviser.get("/counselling/contacts")
        statements.clear()
        adviser.get("/counselling/contacts")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_ones_own_contact_of_today_is_corrected_and_nobody_elses(make, session, as_role) -> None:
    account = make.account("adviser")
    made = contact(make.worker(), account)
    session.commit()
    path = f"/counselling/contacts/{made.id}/edit"
    adviser = as_role("adviser", account)
    adviser.get(path)
    adviser.post(path, data=GIVEN, status=302)
    assert only_contact(session).kind is ContactKind.TRAINING
    as_role("leader").get(path, status=404)
    as_role("leader").post(path, data=GIVEN, status=404)


@pytest.mark.parametrize(
    "result, outcome", [("reached", ContactOutcome.INFORMED), ("no_answer", ContactOutcome.NOT_REACHED)]
)
def test_one_press_logs_a_call_and_the_history_shows_it(make, session, as_role, result, outcome) -> None:
    worker = make.worker()
    path = f"/workers/{worker.id}"
    adviser = as_role("adviser")
    adviser.post(f"/counselling{path}/calls/{result}", status=302, to=path)
    made = only_contact(session)
    assert (made.channel, made.outcome) == (ContactChannel.PHONE, outcome)
    assert str(outcome.label) in adviser.get(path).text


def test_a_call_to_who_wants_zalo_is_logged_as_zalo(make, session, as_role) -> None:
    worker = make.worker(contact_way=ContactWay.ZALO)
    as_role("adviser").post(f"/counselling/workers/{worker.id}/calls/reached", status=302)
    assert only_contact(session).channel is ContactChannel.ZALO


def test_a_wrong_number_is_taken_out_so_that_no_message_reaches_a_stranger(make, session, as_role) -> None:
    worker = make.worker()
    as_role("adviser").post(f"/counselling/workers/{worker.id}/calls/wrong", status=302)
    session.expire_all()
    assert session.get(Worker, worker.id).phone is None
    assert only_contact(session).outcome is ContactOutcome.NOT_REACHED


def test_the_preferred_way_stands_first_and_a_relative_only_with_consent(make, as_role) -> None:
    told = {"relative_name": "Bà Sáu", "relative_relation": "mẹ", "relative_phone": "0907000111"}
    agreed = (Purpose.MATCHING, Purpose.RELATIVE)
    with_consent = make.worker(consents=agreed, contact_way=ContactWay.RELATIVE, **told)
    without = make.worker(contact_way=ContactWay.ZALO, **told)
    adviser = as_role("adviser")
    page = adviser.get(f"/workers/{with_consent.id}").html
    assert page.index("Bà Sáu") < page.index(f"tel:{with_consent.phone}")
    assert "tel:0907000111" in page
    assert "tel:0907000111" not in adviser.get(f"/workers/{without.id}").html


def test_a_ready_text_speaks_the_persons_language_and_names_nobody(make, as_role) -> None:
    worker = make.worker(account_id=make.account("seeker", locale="en").id)
    text = as_role("adviser").get(f"/workers/{worker.id}").texts("textarea")
    assert len(text) == 2 and not any(worker.full_name in one or "Mai" in one for one in text)


def test_enter_in_the_empty_search_saves_nothing(session, as_role) -> None:
    as_role("adviser").post(NEW, data=GIVEN | {"who": "", "find": "1"}, status=200)
    assert session.scalars(select(Contact)).all() == []
