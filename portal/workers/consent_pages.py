"""The last step of the registration: one box a purpose, none of them ticked beforehand."""

import datetime as dt
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from portal.common.clock import now
from portal.errors import DomainError
from portal.extensions import db
from portal.reference.people import ethnic_group_choices, priority_group_choices
from portal.web.fields import BoxesField, Needed, VnDateField
from portal.web.forms import BaseForm
from portal.workers import operations
from portal.workers.blueprint import someone
from portal.workers.consent_models import Consent
from portal.workers.consent_texts import sentence
from portal.workers.models import Worker
from portal.workers.queries import live_consent
from portal.workers.states import ConsentChannel, Purpose
from portal.workers.steps import BY_NAME
from portal.workers.ways import Way

# Asked of everybody; ethnicity and priority group only where the person opens that page.
ASKED = (Purpose.MATCHING, Purpose.SHARING, Purpose.MESSAGES, Purpose.KEEPING)


class ConsentsForm(BaseForm):
    matching = BooleanField()
    sharing = BooleanField()
    messages = BooleanField()
    keeping = BooleanField()
    keep_until = VnDateField(
        _l("Giữ đến ngày"), description=_l("Chỉ cần khi bạn đánh dấu ô trên. Ví dụ 31/12/2027.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in ASKED:
            self[purpose.value].label.text = sentence(purpose)

    def given(self) -> dict[Purpose, dt.date | None]:
        chosen = [purpose for purpose in ASKED if self[purpose.value].data]
        return {p: self.keep_until.data if p is Purpose.KEEPING else None for p in chosen}

    def asked_by(self) -> ConsentChannel:
        return ConsentChannel.ONLINE


class DeskConsentsForm(ConsentsForm):
    """Read aloud by an adviser, who also notes how they asked."""

    channel = RadioField(_l("Hỏi bằng cách nào"), default=ConsentChannel.DESK.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = [pair for pair in ConsentChannel.pairs() if pair[0] != ConsentChannel.ONLINE]

    def asked_by(self) -> ConsentChannel:
        return ConsentChannel(self.channel.data)


class KeepingForm(BaseForm):
    keep_until = VnDateField(_l("Giữ đến ngày"), [Needed(_l("Hãy chọn một ngày sau hôm nay."))])


class EthnicityForm(BaseForm):
    # Nothing is chosen beforehand: one press would say of somebody what they did not.
    told = SelectField(_l("Dân tộc"), [Needed(_l("Hãy chọn một dân tộc."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told.choices = [("", _l("Chọn dân tộc")), *ethnic_group_choices()]


class PriorityForm(BaseForm):
    told = BoxesField(
        _l("Nhóm ưu tiên"), [Needed(_l("Hãy chọn ít nhất một mục."))],
        description=_l("Thuộc nhiều nhóm thì đánh dấu tất cả."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told.choices = priority_group_choices()


FORMS: dict[Purpose, type[BaseForm]] = {
    Purpose.KEEPING: KeepingForm,
    Purpose.ETHNICITY: EthnicityForm,
    Purpose.PRIORITY: PriorityForm,
}


def run_consents(worker: Worker, way: Way) -> Any:
    if not way.in_a_row:
        return redirect(url_for("workers.consents"))
    form = DeskConsentsForm() if way.for_staff else ConsentsForm()
    if form.validate_on_submit():
        try:
            for purpose, keep_until in form.given().items():
                operations.give_consent(
                    worker,
                    purpose,
                    channel=form.asked_by(),
                    keep_until=keep_until,
                    actor=someone(),
                    now=now(),
                )
            operations.finish_registration(worker, actor=someone(), now=now())
            db.session.commit()
            return redirect(way.url("done"))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template(
        "workers/steps/consents.html",
        form=form,
        step=BY_NAME["consents"],
        labels=[one.label for one in way.steps],
        at=len(way.steps),
        action=way.url("consents"),
        back=way.back("consents"),
        later=way.home,
        way=way,
        standing=standing_of(worker),
        asked=ASKED,
    )
    return page, 422 if form.errors else 200


def standing_of(worker: Worker) -> dict[Purpose, Consent | None]:
    return {purpose: live_consent(worker, purpose) for purpose in Purpose}


def asked_of(worker: Worker) -> list[Purpose]:
    """Every purpose that concerns this person: some only where one sent the profile, or where the person has
    named a relative, answered such a question or told what could be counted; there it can be taken back."""
    roster = any(consent.purpose is Purpose.ROSTER for consent in worker.consents)
    concerned = {
        Purpose.ROSTER: roster or worker.registered_by == "roster",
        Purpose.RELATIVE: bool(worker.relative_name) or live_consent(worker, Purpose.RELATIVE) is not None,
        Purpose.BENEFIT: live_consent(worker, Purpose.BENEFIT) is not None,
        Purpose.CONDITIONS: live_consent(worker, Purpose.CONDITIONS) is not None,
        Purpose.FAMILY_SHEET: live_consent(worker, Purpose.FAMILY_SHEET) is not None,
        Purpose.STATISTICS: any(
            live_consent(worker, one) for one in (Purpose.ETHNICITY, Purpose.PRIORITY, Purpose.STATISTICS)
        ),
    }
    return [purpose for purpose in Purpose if concerned.get(purpose, True)]


def said(purpose: Purpose) -> str:
    return _("Đã ghi: %(purpose)s.", purpose=purpose.label)
