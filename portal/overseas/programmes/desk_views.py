"""The desk's pages of programmes: add one, change it row by row, see what it was before."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.access.states import CASE_STAFF
from portal.common.clock import now, today
from portal.errors import DomainError
from portal.extensions import db
from portal.overseas.models import Programme
from portal.overseas.programmes import operations
from portal.overseas.programmes.blueprint import bp
from portal.overseas.programmes.models import (
    LocalityBan,
    ProgrammeAgreement,
    ProgrammeDocument,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeRequirement,
    ProgrammeStages,
)
from portal.overseas.programmes.queries import Programmes, asked_of, history_of, of_programme, on_day
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.row_forms import (
    AgreementForm,
    BanForm,
    DocumentForm,
    EndForm,
    FactForm,
    PriorityForm,
    ProgrammeForm,
    RequirementForm,
    RowForm,
    StagesForm,
)
from portal.overseas.programmes.sentences import asked_words
from portal.overseas.programmes.states import AskedKind, Openness
from portal.overseas.programmes.views import TONES
from portal.overseas.states import CaseState, ProgrammeChannel
from portal.reference.people import priority_groups
from portal.reference.places import places
from portal.web.access import allow, get_or_404
from portal.workers.blueprint import someone


@dataclass(frozen=True)
class Part:
    """One kind of dated row: its table, its form, and how a row of it reads."""

    model: Any
    form: type[RowForm]
    label: Any
    words: Any
    # Rows of one slot follow each other; agreements and bans stand side by side.
    slotted: bool = True


def _requirement_words(row: ProgrammeRequirement) -> str:
    words = asked_words(asked_of(row))
    return f"{words} ({row.round.name})" if row.round is not None else words


def _document_words(row: ProgrammeDocument) -> str:
    return f"{row.name}: {row.need.label}"


def _fact_words(row: ProgrammeFact) -> str:
    return f"{row.kind.label}: {row.words}"


def _stages_words(row: ProgrammeStages) -> str:
    return ", ".join(str(CaseState(stage).label) for stage in row.stages)


def _priority_words(row: ProgrammePriority) -> str:
    known = priority_groups()
    group = known[row.group_code].label if row.group_code in known else row.group_code
    return f"{group}: {row.words}" if row.words else group


def _agreement_words(row: ProgrammeAgreement) -> str:
    return ", ".join(part for part in (row.partner, row.number) if part)


def _ban_words(row: LocalityBan) -> str:
    place = places().get(row.place_code)
    name = places().label(place) if place is not None else row.place_code
    return f"{name}. {row.note}" if row.note else name


PARTS = {
    "requirements": Part(ProgrammeRequirement, RequirementForm, _l("Yêu cầu"), _requirement_words),
    "documents": Part(ProgrammeDocument, DocumentForm, _l("Giấy tờ"), _document_words),
    "facts": Part(ProgrammeFact, FactForm, _l("Chi phí, thời hạn, điều nên biết"), _fact_words),
    "stages": Part(ProgrammeStages, StagesForm, _l("Các bước"), _stages_words),
    "priorities": Part(ProgrammePriority, PriorityForm, _l("Nhóm được ưu tiên"), _priority_words),
    "agreements": Part(
        ProgrammeAgreement, AgreementForm, _l("Thỏa thuận của tỉnh"), _agreement_words, slotted=False
    ),
    "bans": Part(LocalityBan, BanForm, _l("Nơi tạm dừng tuyển"), _ban_words, slotted=False),
}

NAMES = ", ".join(PARTS)
OF_PROGRAMME = "/desk/programmes/<int:programme_id>"
# What every programme asks and needs stands under this number.
EVERY = 0
EVERY_PARTS = ("requirements", "documents", "facts", "stages")


@bp.get("/desk/programmes")
@allow(*CASE_STAFF)
def desk() -> Any:
    return render_template("overseas/desk.html", shown=on_day(Programmes().all(), today()), tones=TONES)


@bp.route("/desk/programmes/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new_programme() -> Any:
    form = _programme_form(None)
    if form.validate_on_submit():
        try:
            made = operations.add_programme(**form.values(), actor=someone(), now=now())
            db.session.commit()
            flash(_("Đã thêm chương trình. Bây giờ ghi nó cần những gì."), "good")
            return redirect(url_for("programmes.desk_programme", programme_id=made.id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
    page = render_template("overseas/programme_form.html", form=form, programme=None)
    return page, 422 if form.errors else 200


@bp.route(f"{OF_PROGRAMME}/edit", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def edit_programme(programme_id: int) -> Any:
    programme = _one_programme(programme_id)
    form = _programme_form(programme)
    if form.validate_on_submit():
        try:
            operations.change_programme(programme, **form.values(), actor=someone(), now=now())
            db.session.commit()
            flash(_("Đã ghi."), "good")
            return redirect(url_for("programmes.desk_programme", programme_id=programme_id))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            programme = _one_programme(programme_id)
    page = render_template("overseas/programme_form.html", form=form, programme=programme)
    return page, 422 if form.errors else 200


def _programme_form(programme: Programme | None) -> ProgrammeForm:
    form = ProgrammeForm(obj=programme) if programme is not None else ProgrammeForm(is_open_here=True)
    if programme is not None and request.method == "GET":
        form.country.data = programme.country or ""
        form.channel.data = programme.channel.value
    if not operations.may_verify(someone()):
        del form.dates_verified
    return form


def _one_programme(programme_id: int) -> Programme:
    found = Programmes().by_id(programme_id)
    return get_or_404((found.locked() if request.method == "POST" else found).query)


def _programme(programme_id: int) -> Programme | None:
    return None if programme_id == EVERY else _one_programme(programme_id)


@bp.get(OF_PROGRAMME)
@allow(*CASE_STAFF)
def desk_programme(programme_id: int) -> Any:
    programme = _programme(programme_id)
    return render_template(
        "overseas/desk_programme.html",
        one=of_programme(programme, today()) if programme is not None else None,
        programme_id=programme_id,
        parts=[(name, part, _histories(part, programme)) for name, part in _parts(programme)],
        every=_every_rows(programme),
        end=EndForm(formdata=None),
        tones=TONES,
        day=today(),
        Openness=Openness,
    )


def _parts(programme: Programme | None) -> list[tuple[str, Part]]:
    """Agreements are for programmes of the province only."""
    if programme is None:
        return [(name, PARTS[name]) for name in EVERY_PARTS]
    is_local = programme.channel is ProgrammeChannel.LOCALITY
    return [(name, part) for name, part in PARTS.items() if name != "agreements" or is_local]


def _every_rows(programme: Programme | None) -> dict[str, list[Any]]:
    """What every programme has and this one has no row of its own for."""
    if programme is None:
        return {}
    shown = of_programme(programme, today())
    rows = {
        "requirements": shown.requirements,
        "documents": shown.documents,
        "facts": shown.facts,
        "stages": [shown.stages] if shown.stages is not None else [],
    }
    return {name: [row for row in found if row.programme_id is None] for name, found in rows.items()}


def _histories(part: Part, programme: Programme | None) -> list[list[Any]]:
    """Of each slot what stands now and what stood before, the newest first."""
    if part.slotted or programme is None:
        histories = list(history_of(part.model, programme).values())
        return sorted(histories, key=lambda rows: (getattr(rows[0], "position", 0), rows[0].id))
    model = part.model
    rows = db.session.scalars(
        select(model)
        .where(model.programme_id == programme.id)
        .order_by(model.valid_from.desc(), model.id.desc())
    )
    return [[row] for row in rows]


@bp.route(f"{OF_PROGRAMME}/<any({NAMES}):part>/new", methods=["GET", "POST"])
@allow(*CASE_STAFF)
def new_row(programme_id: int, part: str) -> Any:
    """`?after=` the row that the new one follows; without it something that was not asked before."""
    programme, chosen = _programme(programme_id), _part_or_404(programme_id, part)
    before = _row_or_none(chosen, programme, request.args.get("after", type=int))
    if chosen.form is RequirementForm and _kind(before) is None:
        return render_template("overseas/row_kinds.html", programme=programme, kinds=list(AskedKind))
    form = _row_form(chosen, programme, before)
    if form.validate_on_submit():
        try:
            _keep_row(part, chosen, programme, before, form)
            db.session.commit()
            flash(
                _("Đã ghi dòng mới. Dòng trước vẫn còn để xem lại.") if before else _("Đã ghi dòng mới."),
                "good",
            )
            return redirect(url_for("programmes.desk_programme", programme_id=programme_id, _anchor=part))
        except DomainError as error:
            db.session.rollback()
            form.put_error(error)
            programme = _programme(programme_id)
            before = _row_or_none(chosen, programme, request.args.get("after", type=int))
    page = render_template(
        "overseas/row_form.html",
        form=form,
        programme=programme,
        part=part,
        label=chosen.label,
        before=before,
        before_words=chosen.words(before) if before is not None else "",
    )
    return page, 422 if form.errors else 200


def _part_or_404(programme_id: int, name: str) -> Part:
    if programme_id == EVERY and name not in EVERY_PARTS:
        abort(404)
    return PARTS[name]


def _row_or_none(part: Part, programme: Programme | None, row_id: int | None) -> Any:
    """A row of this programme, or one of every programme, which a row of this one takes the place of."""
    if row_id is None or not part.slotted:
        return None
    model = part.model
    theirs = model.programme_id.is_(None)
    if programme is not None:
        theirs |= model.programme_id == programme.id
    return get_or_404(select(model).where(model.id == row_id, theirs))


def _kind(before: Any) -> AskedKind | None:
    """What a requirement is about: that of the row it follows, or the one chosen before the form."""
    if before is not None:
        kind: AskedKind = before.kind
        return kind
    asked = request.args.get("kind", "")
    return AskedKind(asked) if asked in AskedKind.values() else None


def _row_form(part: Part, programme: Programme | None, before: Any) -> RowForm:
    more: dict[str, Any] = {}
    if part.form is RequirementForm:
        more = {"kind": _kind(before), "rounds": _rounds(programme)}
    form = part.form(data=_data_of(part, before), **more)
    if not operations.may_verify(someone()):
        del form.verified
    return form


def _rounds(programme: Programme | None) -> list[ProgrammeRound]:
    if programme is None:
        return []
    query = select(ProgrammeRound).where(ProgrammeRound.programme_id == programme.id)
    return list(db.session.scalars(query.order_by(ProgrammeRound.year.desc(), ProgrammeRound.id.desc())))


def _data_of(part: Part, before: Any) -> dict[str, Any]:
    """What stands there now, so that a change is only what changes."""
    if before is None:
        return {}
    data = {name: getattr(before, name) for name in part.form.own if hasattr(before, name)}
    if part.form is RequirementForm:
        value = before.value or {}
        data |= {
            "age_min": value.get("min"), "age_max": value.get("max"), "sex": value.get("sex", ""),
            "education": value.get("code", ""), "scale": value.get("scale", ""),
            "level": value.get("level", ""), "codes": " ".join(value.get("codes", ())),
            "months": value.get("months"), "valid_months": value.get("valid_months"),
            "round_id": str(before.round_id or ""), "for_sex": before.for_sex or "", "way": before.way or "",
        }  # fmt: skip
    return data


def _keep_row(name: str, part: Part, programme: Programme | None, before: Any, form: RowForm) -> None:
    by: dict[str, Any] = {"actor": someone(), "now": now()}
    values, stated = form.values(), form.stated()
    if name == "agreements" and programme is not None:
        operations.add_agreement(programme, values["partner"], values["number"], stated, **by)
    elif name == "bans" and programme is not None:
        operations.add_ban(programme, values["place_code"], values["note"], stated, **by)
    else:
        if hasattr(part.model, "position"):
            position = before.position if before is not None else None
            values["position"] = (
                position if position is not None else operations.next_position(part.model, programme)
            )
        slot = before.slot if before is not None else None
        operations.state_row(part.model, programme, values, stated, slot=slot, **by)


@bp.post(f"{OF_PROGRAMME}/<any({NAMES}):part>/<int:row_id>/end")
@allow(*CASE_STAFF)
def end_row(programme_id: int, part: str, row_id: int) -> Any:
    programme, form = _programme(programme_id), EndForm()
    model = _part_or_404(programme_id, part).model
    theirs = model.programme_id.is_(None) if programme is None else model.programme_id == programme.id
    row = get_or_404(select(model).where(model.id == row_id, theirs).with_for_update(of=model))
    if not form.validate():
        flash("; ".join(str(one) for one in form.last_day.errors), "stop")
    else:
        operations.end_row(row, form.day(), actor=someone(), now=now())
        db.session.commit()
        flash(_("Đã ghi ngày cuối. Dòng này vẫn còn để xem lại."), "good")
    return redirect(url_for("programmes.desk_programme", programme_id=programme_id, _anchor=part))
