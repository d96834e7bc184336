"""A sender's view of its own people: the stage, and with the person's consent the papers it hands on."""

from typing import Any

from flask import render_template
from flask_login import current_user

from portal.access.states import Role
from portal.common.clock import today
from portal.overseas.abroad.looks import note_look
from portal.overseas.cases.blueprint import bp
from portal.overseas.cases.document_views import HANDED_ON_IN, handed_on
from portal.overseas.cases.queries import Cases
from portal.overseas.cases.receiver_consents import standing_consent
from portal.overseas.cases.sentences import stage_for_sender
from portal.overseas.cases.showing import papers_table
from portal.overseas.cases.states import TONES, DocumentState
from portal.overseas.cases.step_views import visible
from portal.overseas.cases.views import clock_of
from portal.web.access import allow
from portal.web.lists import paginate


@bp.get("/organisation/cases")
@allow(Role.SENDER)
def for_sender() -> Any:
    shown = Cases().visible_to(current_user).with_list_data().by_clock()
    return render_template(
        "overseas/sender_cases.html",
        page=paginate(shown.query),
        clock_of=clock_of,
        stage=stage_for_sender,
        tones=TONES,
    )


@bp.get("/organisation/cases/<int:case_id>")
@allow(Role.SENDER)
def for_sender_one(case_id: int) -> Any:
    case = visible(case_id)
    kinds = handed_on(case)
    rows = papers_table(case, today()) if kinds else []
    page = render_template(
        "overseas/sender_case.html",
        case=case,
        clock=clock_of(case),
        stage=stage_for_sender(case),
        consent=standing_consent(case),
        is_over=case.state not in HANDED_ON_IN,
        papers=[row for row in rows if row.needed is not None and row.needed.for_sender],
        may_open=lambda paper: (
            paper.file_id is not None and paper.kind in kinds and paper.state is DocumentState.CHECKED
        ),
        tones=TONES,
    )
    note_look(case_id)
    return page
