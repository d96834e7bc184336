"""Whom of the family the Centre may speak to, and the children: told in the case, sealed, gone with it."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.models import Account
from portal.audit.operations import record
from portal.common.secrets import seal, unseal
from portal.common.text import tidy_name
from portal.errors import Invalid, NotAllowed, Refused
from portal.extensions import db
from portal.overseas.abroad.family_models import ChildCare, FamilyContact
from portal.overseas.abroad.states import ChildrenSaid, MayTell
from portal.overseas.models import OverseasCase
from portal.overseas.states import CaseState
from portal.workers.permissions import insist_case_staff, insist_may_act_for, is_case_staff, is_self
from portal.workers.states import ConsentChannel

# Nobody has to be called any more.
OVER = (CaseState.SETTLED, CaseState.ENDED)
# More than a few is no family contact any more.
MOST = 5


@dataclass(frozen=True, slots=True)
class Relative:
    name: str
    relation: str
    phone: str


def sentence_for(may_tell: Sequence[MayTell]) -> str:
    """What is shown or read out, kept word by word. The name stands sealed beside it, not in it."""
    sentence: str = _(
        "Tôi đồng ý để Trung tâm liên hệ người nhà mà tôi ghi tên ở đây khi tôi ở nước ngoài, và cho người "
        "này biết: %(what)s. Tôi rút lại lúc nào cũng được.",
        what="; ".join(str(one.label) for one in may_tell),
    )
    return sentence


def give_family_contact(
    case: OverseasCase,
    relative: Relative,
    may_tell: Sequence[MayTell],
    *,
    channel: ConsentChannel,
    actor: Account,
    now: dt.datetime,
) -> FamilyContact:
    """Online the person consents alone; otherwise a member of staff has read the sentence out."""
    insist_may_act_for(case.worker, actor)
    _insist_channel(case, channel, actor)
    name = tidy_name(relative.name)
    if not name:
        raise Invalid(_("Hãy ghi tên người nhà."), field="name")
    if not may_tell:
        raise Invalid(_("Hãy chọn ít nhất một điều được nói với người này."), field="may_tell")
    if case.state in OVER:
        raise Refused(_("Hồ sơ này đã xong: không còn phải gọi ai trong nhà."))
    known, told = contacts_of(case.id), [one.value for one in may_tell]
    same = Relative(name, relative.relation.strip(), relative.phone)
    for row in known:
        if who_is(row) == same and row.may_tell == told:
            # Sent twice; or asked again, and nothing has changed.
            return row
    if len(known) >= MOST:
        raise Refused(_("Nhiều nhất là %(n)s người nhà.", n=MOST))
    who = json.dumps([same.name, same.relation, same.phone])
    row = FamilyContact(
        case_id=case.id, who_sealed=_seal(who, f"family_contact:{case.id}"),
        may_tell=told, sentence=sentence_for(may_tell), channel=channel,
        taken_by_id=None if channel is ConsentChannel.ONLINE else actor.id, given_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record("family_contact.given", row, actor=actor, now=now, case=case.id, channel=channel.value)
    return row


def _insist_channel(case: OverseasCase, channel: ConsentChannel, actor: Account) -> None:
    allowed = is_self(case.worker, actor) if channel is ConsentChannel.ONLINE else is_case_staff(actor)
    if not allowed:
        raise NotAllowed


def withdraw_family_contact(row: FamilyContact, *, actor: Account | None, now: dt.datetime) -> None:
    """At once: name and number are gone, that there was a consent stays as proof."""
    if actor is not None:
        insist_may_act_for(row.case.worker, actor)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at, row.who_sealed = now, None
    db.session.flush()
    record("family_contact.withdrawn", row, actor=actor, now=now)


def end_family_contacts(case: OverseasCase, *, now: dt.datetime) -> None:
    """The person is home for good, or never went: nobody has to be called for them."""
    for row in contacts_of(case.id):
        withdraw_family_contact(row, actor=None, now=now)


def contacts_of(case_id: int) -> list[FamilyContact]:
    query = select(FamilyContact).where(
        FamilyContact.case_id == case_id, FamilyContact.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(FamilyContact.id)))


def who_is(row: FamilyContact) -> Relative:
    """Who shows it to staff records the look."""
    if row.who_sealed is None:
        raise LookupError("a withdrawn consent names nobody")
    return Relative(*json.loads(_unseal(row.who_sealed, f"family_contact:{row.case_id}")))


@dataclass(frozen=True, slots=True)
class Children:
    said: ChildrenSaid
    who_cares: str


def tell_children(case: OverseasCase, children: Children, *, actor: Account, now: dt.datetime) -> None:
    """Asked in the case only. It never reaches the profile, a list, the ranking or a partner."""
    insist_may_act_for(case.worker, actor)
    row = db.session.scalar(select(ChildCare).where(ChildCare.case_id == case.id))
    if row is None:
        row = ChildCare(case_id=case.id)
        db.session.add(row)
    row.facts_sealed = _seal(
        json.dumps([children.said.value, children.who_cares.strip()]), f"child_care:{case.id}"
    )
    row.asked_at, row.asked_by_id = now, actor.id
    db.session.flush()
    record("child_care.told", case, actor=actor, now=now)


def read_children(case: OverseasCase, *, actor: Account, now: dt.datetime) -> Children | None:
    """The caller's transaction also writes who looked."""
    insist_case_staff(actor)
    record("looked", case.worker, actor=actor, now=now, part="children", case_id=case.id)
    row = db.session.scalar(select(ChildCare).where(ChildCare.case_id == case.id))
    return None if row is None else children_in(row)


def children_in(row: ChildCare) -> Children:
    said, who = json.loads(_unseal(row.facts_sealed, f"child_care:{row.case_id}"))
    return Children(ChildrenSaid(said), who)


def _seal(text: str, bound_to: str) -> bytes:
    return seal(current_app.config["SEAL_KEY"], text, bound_to)


def _unseal(sealed: bytes, bound_to: str) -> str:
    return unseal(current_app.config["SEAL_KEY"], sealed, bound_to)
