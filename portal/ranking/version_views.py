"""For who looks after the ranking: versions, their verdicts, two side by side, in place and taken back."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from portal.common.clock import now
from portal.extensions import db
from portal.ranking import version_sentences, versions
from portal.ranking.learning_models import RankingVersion
from portal.ranking.versions import KEEPERS
from portal.ranking.views import bp
from portal.web.access import allow, get_or_404
from portal.web.fields import Longest
from portal.web.forms import FilterForm

STATED = 0


class CompareForm(FilterForm):
    first = SelectField(_l("Bản thứ nhất"), coerce=int, default=STATED)
    second = SelectField(_l("Bản thứ hai"), coerce=int, default=STATED)

    def fill(self, learned: list[RankingVersion]) -> "CompareForm":
        choices = [(STATED, _("Trọng số đã nêu"))]
        choices += [(one.id, f"{version_sentences.name_of(one)} ({one.state.label})") for one in learned]
        self.first.choices = self.second.choices = choices
        return self


class TakeBackForm(FilterForm):
    reason = StringField(_l("Vì sao rút lại"), [Longest(500)])


def _learned() -> list[RankingVersion]:
    return [version for version in versions.all_versions() if version.digest]


def _version_or_404(version_id: int) -> RankingVersion:
    return get_or_404(select(RankingVersion).where(RankingVersion.id == version_id))


@bp.get("/ranking/versions")
@allow(*KEEPERS)
def versions_page() -> str:
    rows, active = versions.all_versions(), versions.active_version()
    unread = None if active is None or versions.is_readable(active) else active
    learned = [row for row in rows if row.digest]
    return render_template(
        "ranking/versions.html", rows=rows, active=None if unread else active, unread=unread,
        words=version_sentences,
        form=CompareForm(None, second=learned[0].id if learned else STATED).fill(learned),
    )  # fmt: skip


@bp.get("/ranking/versions/<int:version_id>")
@allow(*KEEPERS)
def version(version_id: int) -> str:
    return _page(_version_or_404(version_id), TakeBackForm(None))


def _page(shown: RankingVersion, form: TakeBackForm) -> str:
    before = db.session.get(RankingVersion, shown.present_id) if shown.present_id else None
    rows = version_sentences.weight_rows(before, shown) if shown.digest else []
    return render_template(
        "ranking/version.html", version=shown, before=before, rows=rows, words=version_sentences, form=form
    )


@bp.get("/ranking/versions/compare")
@allow(*KEEPERS)
def compare_versions() -> str:
    learned = _learned()
    form = CompareForm(request.args).fill(learned)
    if not form.validate():
        abort(404)
    by_id = {version.id: version for version in learned}
    first, second = by_id.get(form.first.data), by_id.get(form.second.data)
    return render_template(
        "ranking/versions_compared.html", form=form, first=first, second=second, words=version_sentences,
        rows=version_sentences.weight_rows(first, second),
    )  # fmt: skip


@bp.post("/ranking/versions/<int:version_id>/activate")
@allow(*KEEPERS)
def activate_version(version_id: int) -> Response:
    versions.activate(_version_or_404(version_id), actor=current_user, now=now())
    db.session.commit()
    flash(_("Từ bây giờ danh sách được xếp theo bản này."), "good")
    return redirect(url_for("ranking.versions_page"))


@bp.post("/ranking/versions/<int:version_id>/take-back")
@allow(*KEEPERS)
def take_back_version(version_id: int) -> Any:
    shown, form = _version_or_404(version_id), TakeBackForm(request.form)
    if not form.validate() or not (form.reason.data or "").strip():
        db.session.rollback()
        form.reason.errors = form.reason.errors or [_("Hãy ghi vì sao rút lại.")]
        return _page(_version_or_404(version_id), form), 422
    versions.take_back(shown, form.reason.data, actor=current_user, now=now())
    db.session.commit()
    flash(_("Đã rút lại. Danh sách lại được xếp như trước."), "good")
    return redirect(url_for("ranking.versions_page"))
