"""Which page a roster has in which state, and what it needs."""

from collections.abc import Callable
from typing import Any

from flask import current_app, render_template
from flask_login import current_user
from sqlalchemy.orm import joinedload

from portal.jobs.models import JobState
from portal.jobs.views import progress_sentence
from portal.rosters.forms import FileForm, answers_form
from portal.rosters.models import Roster, RosterRow
from portal.rosters.permissions import may_post, may_withdraw, sees_people
from portal.rosters.queries import count_notices, count_outcomes, first_rows, rows_of
from portal.rosters.sentences import file_sentence, missing_label
from portal.rosters.showing import TONES, examples_of, preview_row, summary_of, told, wrong_row
from portal.rosters.states import NoticeState, RosterState, RowOutcome
from portal.web.forms import BaseForm
from portal.web.lists import paginate

PREVIEW_ROWS = 5
ERRORS_PER_PAGE = 50


def page_of(roster: Roster) -> str:
    if roster.state is RosterState.NEEDS_MENDING:
        return errors_page(roster, FileForm(formdata=None))
    if roster.state is RosterState.READY:
        return preview_page(roster, summary_of(roster))[1]()
    if roster.state in (RosterState.COMMITTED, RosterState.WITHDRAWN):
        return receipt_page(roster)
    return waiting_page(roster)


def _rights(roster: Roster) -> dict[str, Any]:
    return {
        "roster": roster,
        "tones": TONES,
        "states": RosterState,
        "may_post": may_post(current_user, roster.organisation),
        "may_withdraw": may_withdraw(current_user, roster.organisation),
        "sees_people": sees_people(current_user),
    }


def waiting_page(roster: Roster) -> str:
    """For who did not start the work, and for who comes back; its starter has the page of the job too."""
    job = roster.job
    return render_template(
        "rosters/waiting.html",
        **_rights(roster),
        job=job,
        sentence=progress_sentence(job) if job is not None else "",
        has_failed=job is not None and job.state is JobState.FAILED,
        is_own_job=job is not None and job.created_by_id == current_user.id,
        form=FileForm(formdata=None),
    )


def errors_page(roster: Roster, form: FileForm) -> str:
    limit = current_app.config["ROSTER_ROWS"]
    page = None if roster.file_errors else paginate(rows_of(roster), ERRORS_PER_PAGE)
    return render_template(
        "rosters/errors.html",
        **_rights(roster),
        form=form,
        file_errors=[
            {
                "sentence": file_sentence(error, limit),
                "columns": [missing_label(name) for name in error["columns"]],
            }
            for error in roster.file_errors
        ],
        page=page,
        rows=[wrong_row(row) for row in page.items] if page else [],
    )


def preview_page(roster: Roster, summary: dict[str, Any]) -> tuple[BaseForm, Callable[[], str]]:
    """The form of the questions, and the page around it."""
    form = answers_form(summary["groups"])()

    def page() -> str:
        zeros = [group for group in summary["groups"] if group["kind"] == "lost_zero"]
        wanted = sorted({number for group in zeros for number in group["rows"]})
        rows = first_rows(roster, wanted, PREVIEW_ROWS)
        by_number = {row.row_number: row for row in rows}
        return render_template(
            "rosters/preview.html",
            **_rights(roster),
            form=form,
            new_form=FileForm(formdata=None),
            summary=summary,
            zeros=[(group["key"], examples_of(group, by_number), group["count"]) for group in zeros],
            places=[group["key"] for group in summary["groups"] if group["kind"] == "place"],
            occupations=[group["key"] for group in summary["groups"] if group["kind"] == "occupation"],
            rows=[preview_row(row) for row in rows[:PREVIEW_ROWS]],
        )

    return form, page


def receipt_page(roster: Roster) -> str:
    outcomes, notices = count_outcomes(roster), count_notices(roster)
    people = sees_people(current_user)
    rows = rows_of(roster).options(joinedload(RosterRow.worker))
    accepted = notices.get(NoticeState.ACCEPTED, 0)
    return render_template(
        "rosters/receipt.html",
        **_rights(roster),
        outcomes=[(one.label, outcomes.get(one, 0)) for one in RowOutcome if outcomes.get(one)],
        notices=[(one.label, notices.get(one, 0)) for one in NoticeState],
        accepted=told(accepted, roster.row_count),
        skipped=outcomes.get(RowOutcome.SKIPPED, 0),
        page=paginate(rows) if people else None,
    )
