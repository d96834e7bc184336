"""Contacts go with the kept profile, stay counted when one is emptied, and are in the person's own file."""

from typing import Any

from portal.common.clock import now
from portal.counselling.contacts import record_contact
from portal.counselling.models import Contact
from portal.counselling.queries import Contacts
from portal.counselling.states import ContactChannel, ContactKind, ContactOutcome, Face
from portal.workers.emptying import empty_profile
from portal.workers.exporting import export_of
from portal.workers.merging import merge, undo_merge


def contact(worker: Any, actor: Any, **given: Any) -> Contact:
    kinds = (ContactKind.JOB, ContactChannel.DESK, ContactOutcome.INFORMED)
    return record_contact(worker, *kinds, actor=actor, now=now(), **given)


def test_contacts_go_with_the_kept_profile_and_back(make, session) -> None:
    adviser, kept, merged = make.account("adviser"), make.worker(), make.worker()
    contact(kept, adviser, note="một")
    made = contact(merged, adviser, note="hai")
    done = merge(kept, merged, actor=adviser, now=now())
    assert Contacts().for_worker(kept).events() == 2 and Contacts().persons() == 1
    undo_merge(done, actor=adviser, now=now())
    session.expire_all()
    assert made.worker_id == merged.id and Contacts().persons() == 2


def test_an_emptied_profile_leaves_counted_contacts_without_a_word(make, session) -> None:
    adviser, worker = make.account("adviser"), make.worker()
    made = contact(worker, adviser, note="Mẹ đang bệnh.")
    assert made.rating is not None
    made.rating.face, made.rating.words, made.rating.rated_at = Face.GOOD, "Cảm ơn chị Sáu.", now()
    session.commit()
    empty_profile(worker, actor=adviser, now=now())
    session.expire_all()
    assert (made.note, made.rating.words) == ("", "")
    assert Contacts().events() == 1 and Contacts().persons() == 1


def test_the_person_finds_contacts_in_the_file_of_their_own_data(make) -> None:
    account = make.account("seeker")
    worker = make.worker(account_id=account.id)
    contact(worker, make.account("adviser"), note="Hỏi lớp may.")
    assert export_of(worker, account)["contacts"][0]["note"] == "Hỏi lớp may."
