"""The progress of one's own long work: a page that can be left and opened again."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from portal.common.registry import Registry
from portal.extensions import db
from portal.jobs.models import Job, JobState
from portal.web.access import SIGNED_IN, allow

bp = Blueprint("jobs", __name__, url_prefix="/jobs")

# kind → where its result is shown; filled by the packages that enqueue it.
RESULT_PAGES: Registry[Callable[[Job], str]] = Registry()


def _own_job(job_id: int) -> Job:
    job = db.session.get(Job, job_id)
    if job is None or job.created_by_id != current_user.id:
        abort(404)
    return job


def progress_sentence(job: Job) -> str:
    if job.state == JobState.RUNNING and job.total_steps:
        return _("Đang làm: %(done)s trên %(total)s.", done=job.done_steps, total=job.total_steps)
    return str(job.state.label)


@bp.get("/<int:job_id>")
@allow(SIGNED_IN)
def progress(job_id: int) -> str:
    job = _own_job(job_id)
    result = RESULT_PAGES.get(job.kind)
    return render_template(
        "jobs/progress.html",
        job=job,
        states=JobState,
        sentence=progress_sentence(job),
        result=result(job) if result else None,
    )


@bp.get("/<int:job_id>.json")
@allow(SIGNED_IN)
def progress_json(job_id: int) -> dict[str, object]:
    job = _own_job(job_id)
    return {
        "text": progress_sentence(job),
        "done": job.done_steps,
        "total": job.total_steps,
        "finished": job.state in (JobState.DONE, JobState.FAILED),
    }
