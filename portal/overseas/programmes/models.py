"""What a programme asks, needs and is: dated rows with a source. A change is a new row; the old one stays."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.overseas.models import Programme
from portal.overseas.programmes.round_models import ProgrammeRound
from portal.overseas.programmes.states import AskedKind, DocumentNeed, FactKind, Way
from portal.reference.named import in_page_language
from portal.workers.models import Worker


def in_order() -> CheckConstraint:
    return CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order")


class Dated:
    """What each of these rows carries. `entered_by_id` is empty where the data files brought the row."""

    source: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    # Somebody here has read the paper itself. Until then the row excludes nobody.
    verified: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Slotted(Dated):
    """Rows of one slot follow each other; of a programme, or (None) of every programme."""

    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    slot: Mapped[str] = mapped_column(String(40))


class ProgrammeRequirement(Slotted, Model):
    __tablename__ = "programme_requirement"
    __table_args__ = (
        check_choice("kind", AskedKind),
        check_choice("way", Way),
        in_order(),
        CheckConstraint("kind <> 'sex' OR round_id IS NOT NULL", name="sex_of_a_round"),
        CheckConstraint("for_sex IS NULL OR for_sex IN ('female', 'male')", name="for_sex"),
        Index("ix_programme_requirement_slot", "programme_id", "slot", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # None: of every round.
    round_id: Mapped[int | None] = mapped_column(ForeignKey("programme_round.id"), index=True)
    kind: Mapped[AskedKind] = choice_column(AskedKind)
    position: Mapped[int] = mapped_column(default=0)
    # age {"min", "max"}; education {"code"}; sex {"sex"}; language {"scale", "level", "valid_months"};
    # experience {"codes", "months"}; test, training {"valid_months"}; the others stand in words alone.
    value: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    words_vi: Mapped[str] = mapped_column(String(200), default="")
    words_en: Mapped[str] = mapped_column(String(200), default="")
    # Only for women, or only for men: a height.
    for_sex: Mapped[str | None] = mapped_column(String(10))
    # Rows of one name count as one thing: any of them will do.
    any_of: Mapped[str] = mapped_column(String(40), default="")
    # How one comes by it, and about how many months that takes.
    way: Mapped[Way | None] = choice_column(Way)
    way_vi: Mapped[str] = mapped_column(String(300), default="")
    way_en: Mapped[str] = mapped_column(String(300), default="")
    way_months: Mapped[int | None]

    round: Mapped[ProgrammeRound | None] = relationship(lazy="joined")


class ProgrammeDocument(Slotted, Model):
    """A paper to bring. One of a programme takes the place of the general one of the same slot."""

    __tablename__ = "programme_document"
    __table_args__ = (
        check_choice("need", DocumentNeed),
        in_order(),
        Index("ix_programme_document_slot", "programme_id", "slot", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    need: Mapped[DocumentNeed] = choice_column(DocumentNeed, default=DocumentNeed.REQUIRED)
    # How long it is good for from its date; None: not known, or it says so itself.
    valid_months: Mapped[int | None]
    # Months it must outlast the planned stay (a passport).
    months_beyond: Mapped[int | None]
    note_vi: Mapped[str] = mapped_column(String(300), default="")
    note_en: Mapped[str] = mapped_column(String(300), default="")

    @property
    def name(self) -> str:
        return in_page_language(self.name_vi, self.name_en or self.name_vi)

    @property
    def note(self) -> str:
        return in_page_language(self.note_vi, self.note_en or self.note_vi)


class ProgrammeFact(Slotted, Model):
    __tablename__ = "programme_fact"
    __table_args__ = (
        check_choice("kind", FactKind),
        in_order(),
        Index("ix_programme_fact_slot", "programme_id", "slot", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FactKind] = choice_column(FactKind)
    position: Mapped[int] = mapped_column(default=0)
    words_vi: Mapped[str] = mapped_column(Text)
    words_en: Mapped[str] = mapped_column(Text, default="")

    @property
    def words(self) -> str:
        return in_page_language(self.words_vi, self.words_en or self.words_vi)


class ProgrammeStages(Slotted, Model):
    """Which stages of the case a programme passes through, in the order of the case."""

    __tablename__ = "programme_stages"
    __table_args__ = (
        in_order(),
        Index("ix_programme_stages_slot", "programme_id", "slot", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stages: Mapped[list[str]] = mapped_column(JSON, default=list)


class ProgrammePriority(Slotted, Model):
    """A group that the programme's own rules put first. It stands beside a list, never in a score."""

    __tablename__ = "programme_priority"
    __table_args__ = (
        in_order(),
        Index("ix_programme_priority_slot", "programme_id", "slot", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # A code of reference.people.priority_groups.
    group_code: Mapped[str] = mapped_column(String(40))
    words_vi: Mapped[str] = mapped_column(String(200), default="")
    words_en: Mapped[str] = mapped_column(String(200), default="")

    @property
    def words(self) -> str:
        return in_page_language(self.words_vi, self.words_en or self.words_vi)


class ProgrammeAgreement(Dated, Model):
    """What the province signed with a place abroad: without one such a programme is not open here."""

    __tablename__ = "programme_agreement"
    __table_args__ = (in_order(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    partner: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(60), default="")

    programme: Mapped[Programme] = relationship()


class LocalityBan(Dated, Model):
    """A commune, or a district as it was, whose people may not apply between two dates."""

    __tablename__ = "locality_ban"
    __table_args__ = (in_order(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    place_code: Mapped[str] = mapped_column(String(10), index=True)
    note: Mapped[str] = mapped_column(String(300), default="")

    programme: Mapped[Programme] = relationship()


class ProgrammeCheck(Model):
    """What an adviser saw on paper: a test passed, a course done, months worked, a stay abroad."""

    __tablename__ = "programme_check"
    __table_args__ = (UniqueConstraint("worker_id", "programme_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), index=True)
    # None: of a requirement that every programme has, seen once for all of them.
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    slot: Mapped[str] = mapped_column(String(40))
    meets: Mapped[bool]
    # The day on the paper, from which its validity counts.
    dated_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None]
    checked_on: Mapped[dt.date]
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    worker: Mapped[Worker] = relationship()
