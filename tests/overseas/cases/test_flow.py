"""From interest to departure, through the operations."""

from sqlalchemy import select

from portal.common.clock import today
from portal.counselling.models import Contact
from portal.counselling.states import ContactKind
from portal.messages.models import Message
from portal.overseas.cases.models import CaseStep
from portal.overseas.cases.states import PIPELINE


def test_a_case_goes_through_every_stage_and_each_step_is_written_down(ways, session):
    case = ways.to("settled")
    steps = session.scalars(select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.id)).all()
    assert [step.to_state for step in steps] == list(PIPELINE)
    assert [step.from_state for step in steps] == [None, *PIPELINE[:-1]]
    assert all(step.actor_id == ways.adviser.id and step.at for step in steps)
    assert case.departed_on == case.returned_on == today()
    assert session.scalars(select(Contact.kind).where(Contact.worker_id == case.worker_id)).all() == [
        ContactKind.ABROAD
    ]
    assert "Bạn đã trúng tuyển" in " ".join(session.scalars(select(Message.body)))
