"""The page on which staff and the sender state what a programme asks of the body."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import StringField

from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.conditions import Stated, may_state_conditions, state_conditions
from portal.openings.desk_views import own_opening
from portal.openings.models import Opening
from portal.openings.moderation_views import bp
from portal.openings.permissions import DESK
from portal.web.access import allow
from portal.web.fields import Longest
from portal.web.forms import BaseForm
from portal.workers.states import ConditionKind

__all__ = ["bp"]

EXAMPLES = {
    ConditionKind.HEIGHT: _l("Ví dụ: cao từ 160 cm"),
    ConditionKind.SIGHT: _l("Ví dụ: thị lực từ 7/10, kể cả khi đeo kính"),
    ConditionKind.COLOUR_VISION: _l("Ví dụ: không mù màu đỏ và xanh lá"),
    ConditionKind.TATTOO: _l("Ví dụ: không có hình xăm ở chỗ áo ngắn tay không che được"),
}


class ConditionsForm(BaseForm):
    """A pair of fields a kind; an empty pair is a condition that the programme does not have."""

    def stated(self) -> list[Stated]:
        found = [
            Stated(kind, self[f"{kind.value}_need"].data or "", self[f"{kind.value}_source"].data or "")
            for kind in ConditionKind
        ]
        return [one for one in found if one.need or one.source]


for kind in ConditionKind:
    need = StringField(_l("Chương trình đòi"), [Longest(200)], description=EXAMPLES[kind])
    setattr(ConditionsForm, f"{kind.value}_need", need)
    setattr(ConditionsForm, f"{kind.value}_source", StringField(_l("Căn cứ"), [Longest(200)]))


@bp.route("/desk/openings/<int:opening_id>/conditions", methods=["GET", "POST"])
@allow(*DESK)
def conditions(opening_id: int) -> Any:
    opening = own_opening(opening_id)
    if not may_state_conditions(opening):
        abort(404)
    form = ConditionsForm(data=_data_of(opening))
    if form.validate_on_submit():
        try:
            state_conditions(opening, form.stated(), actor=current_user, now=now())
            db.session.commit()
            flash(_("Đã ghi điều kiện của chương trình."), "good")
            return redirect(url_for("openings.staff_view", opening_id=opening_id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            opening = own_opening(opening_id)
    page = render_template("openings/conditions.html", opening=opening, form=form, kinds=list(ConditionKind))
    return page, 422 if form.errors else 200


def _data_of(opening: Opening) -> dict[str, str]:
    data = {}
    for row in opening.conditions:
        data[f"{row.kind.value}_need"], data[f"{row.kind.value}_source"] = row.need, row.source
    return data
