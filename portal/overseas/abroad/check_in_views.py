"""The page a person abroad opens by their link: three buttons, and after them what may be told.

It names nobody: neither the person nor the employer. Whoever else holds the phone reads three buttons.
"""

import datetime as dt
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.access.throttle import take_try
from portal.common.clock import now, today
from portal.common.secrets import tidy_code
from portal.counselling.behind_codes import LONGEST_CODE, counted
from portal.extensions import db
from portal.overseas.abroad import check_ins
from portal.overseas.abroad.blueprint import public_bp
from portal.overseas.abroad.check_in_codes import behind_code
from portal.overseas.abroad.check_in_forms import CallForm, HelpForm, WellForm
from portal.overseas.abroad.help_lines import lines_for
from portal.overseas.abroad.incident_models import Incident
from portal.overseas.abroad.local_times import clock_there
from portal.overseas.abroad.models import CheckIn, Stay
from portal.overseas.abroad.states import Answer, WordBy
from portal.referrals.forms import PlainForm
from portal.web.access import PUBLIC, allow
from portal.web.transactions import slow_first, write_transaction

# A page left open for so long still sends what was typed on it; it is read again only for half an hour.
STILL_SENT = dt.timedelta(days=1)
FORMS: dict[Answer, type[WellForm] | type[CallForm]] = {
    Answer.OK: WellForm, Answer.CALL: CallForm, Answer.HELP: HelpForm,
}  # fmt: skip


def _stay(code: str) -> Stay | None:
    """Wrong codes use up the tries of the address they come from. A good one is let in first: whoever shares
    a dormitory's line with somebody who guesses still calls for help, and 64 bits are guessed at no speed."""
    found = behind_code(tidy_code(code[: 2 * LONGEST_CODE]), now())
    return found or counted("check_in", code, lambda typed: behind_code(typed, now()))


def _over() -> Any:
    """The same for a code that never was and for one that is over; in danger one still finds a number."""
    return render_template("overseas/check_in_over.html", lines=lines_for("", None, today())), 404


@public_bp.get("/check-in/<code>")
@allow(PUBLIC)
def ask(code: str) -> Any:
    stay = _stay(code)
    if stay is None:
        return _over()
    return render_template(
        "overseas/check_in.html",
        code=code,
        answers=list(Answer),
        plain=PlainForm(formdata=None),
        lines=lines_for(stay.country, None, today()),
        told="told" in request.args,
    )


@public_bp.post("/check-in/<code>")
@allow(PUBLIC)
@slow_first
def say(code: str) -> Any:
    stay = _stay(code)
    if stay is None:
        return _over()
    if request.form.get("answer") not in Answer.values():
        return redirect(url_for("check_ins.ask", code=code))
    with write_transaction():
        # Not counted: pressed again within the hour it is the same word, and nobody is told to wait for help.
        again = behind_code(code, now())
        if again is None:
            return _over()
        word = check_ins.check_in(again, Answer(request.form["answer"]), now=now())
        number = word.id
    return redirect(url_for("check_ins.said", code=code, check_in_id=number))


def _word(stay: Stay, check_in_id: int, *, lock: bool = False) -> CheckIn:
    """Of this case and by this link; the word of another is none."""
    query = select(CheckIn).where(
        CheckIn.id == check_in_id, CheckIn.stay_id == stay.id, CheckIn.word_by == WordBy.LINK
    )
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        abort(404)
    return found


@public_bp.get("/check-in/<code>/<int:check_in_id>")
@allow(PUBLIC)
def said(code: str, check_in_id: int) -> Any:
    stay = _stay(code)
    if stay is None:
        return _over()
    word, told = _word(stay, check_in_id), "told" in request.args
    if not check_ins.more_may_be_told(word, now()):
        return redirect(url_for("check_ins.ask", code=code, told=1 if told else None))
    return _more(code, stay, word, FORMS[word.answer](formdata=None), told=told)


def _more(code: str, stay: Stay, word: CheckIn, form: Any, *, told: bool = False, status: int = 200) -> Any:
    """Nothing that was typed before is shown again."""
    incident = db.session.get(Incident, word.incident_id) if word.incident_id is not None else None
    restricted = incident is not None and incident.is_restricted
    page = render_template(
        "overseas/check_in_said.html",
        code=code,
        word=word,
        form=form,
        told=told,
        due=incident.due_on if incident is not None else word.look_by,
        restricted=restricted,
        lines=lines_for(stay.country, incident.kind if incident is not None else None, today()),
        there=_("Giờ ghi ở đây là giờ nơi bạn ở, bây giờ là %(clock)s.",
                clock=clock_there(stay.time_zone, now())),
    )  # fmt: skip
    return page, status


@public_bp.post("/check-in/<code>/<int:check_in_id>")
@allow(PUBLIC)
@slow_first
def say_more(code: str, check_in_id: int) -> Any:
    stay = _stay(code)
    if stay is None:
        return _over()
    word = _word(stay, check_in_id)
    if word.at <= now() - STILL_SENT:
        abort(404)
    form = FORMS[word.answer]()
    if not form.validate():
        return _more(code, stay, word, form, status=422)
    with write_transaction():
        take_try("check_in_sent", request.remote_addr, name=code, now=now())
        again = behind_code(code, now())
        if again is None:
            return _over()
        word = _word(again, check_in_id, lock=True)
        if isinstance(form, HelpForm):
            word = check_ins.tell_trouble(word, form.what(), form.said(), now=now())
        else:
            word = check_ins.tell_more(word, form.said(), now=now())
        number = word.id
    return redirect(url_for("check_ins.said", code=code, check_in_id=number, told=1))
