"""Coming home: how, why, what is owed, and what the person has learned."""

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.access.models import Account
from portal.common.columns import UtcDateTime, check_choice, check_together, choice_column
from portal.extensions import Model
from portal.overseas.abroad.states import EarlyCause, Fault, HowHome
from portal.overseas.models import OverseasCase
from portal.workers.states import ConsentChannel


class Homecoming(Model):
    """One a case. The clocks run from `returned_on` and `contract_ended_on`."""

    __tablename__ = "homecoming"
    __table_args__ = (
        check_choice("how", HowHome),
        check_choice("cause", EarlyCause),
        check_choice("fault", Fault),
        CheckConstraint("(how = 'early') = (cause IS NOT NULL)", name="early_cause"),
        CheckConstraint("fault = 'unclear' OR fault_basis <> ''", name="fault_basis"),
        CheckConstraint("fee_vnd IS NULL OR fee_vnd >= 0", name="fee"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), unique=True)
    how: Mapped[HowHome] = choice_column(HowHome)
    cause: Mapped[EarlyCause | None] = choice_column(EarlyCause)
    # The day of entry here.
    returned_on: Mapped[dt.date] = mapped_column(index=True)
    # The last day under the labour contract; it may lie before the flight.
    contract_ended_on: Mapped[dt.date | None]
    fault: Mapped[Fault] = choice_column(Fault, default=Fault.UNCLEAR)
    # What the finding rests on: a letter of the employer, a decision, the person's own account.
    fault_basis: Mapped[str] = mapped_column(Text, default="")
    # The service fee that was paid, and when.
    fee_vnd: Mapped[int | None] = mapped_column(BigInteger)
    fee_paid_on: Mapped[dt.date | None]
    # As the rules stood on those days; None: no rule was known.
    residence_due_on: Mapped[dt.date | None]
    residence_noticed_on: Mapped[dt.date | None]
    liquidation_due_on: Mapped[dt.date | None]
    liquidated_on: Mapped[dt.date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    case: Mapped[OverseasCase] = relationship()
    claim: Mapped["RefundClaim | None"] = relationship(back_populates="homecoming")


class RefundClaim(Model):
    """What an adviser asked of the sender, as it was reckoned on that day, and what was paid."""

    __tablename__ = "refund_claim"
    __table_args__ = (
        CheckConstraint("principal_vnd >= 0", name="principal"),
        check_together("paid_on", "paid_vnd"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    homecoming_id: Mapped[int] = mapped_column(ForeignKey("homecoming.id"), unique=True)
    principal_vnd: Mapped[int] = mapped_column(BigInteger)
    # None: no rate was known; the sender owes it all the same.
    interest_vnd: Mapped[int | None] = mapped_column(BigInteger)
    remaining_days: Mapped[int]
    term_days: Mapped[int]
    reckoned_until: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(200))
    rate_source: Mapped[str] = mapped_column(String(200), default="")
    claimed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    claimed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    paid_on: Mapped[dt.date | None]
    paid_vnd: Mapped[int | None] = mapped_column(BigInteger)

    homecoming: Mapped[Homecoming] = relationship(back_populates="claim")
    claimed_by: Mapped[Account] = relationship()


class BroughtHome(Model):
    """Work and skills of the time abroad, as proposed from the case; in the profile only once confirmed."""

    __tablename__ = "brought_home"
    __table_args__ = (
        check_choice("channel", ConsentChannel),
        check_together("confirmed_at", "channel"),
        check_together("scale", "level"),
        CheckConstraint("months >= 0", name="months"),
        CheckConstraint(
            "confirmed_at IS NULL OR channel = 'online' OR taken_by_id IS NOT NULL", name="taken_by"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("overseas_case.id"), unique=True)
    occupation_code: Mapped[str | None] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120), default="")
    workplace: Mapped[str] = mapped_column(String(160), default="")
    months: Mapped[int] = mapped_column(default=0)
    from_year: Mapped[int | None]
    to_year: Mapped[int | None]
    skills_text: Mapped[str] = mapped_column(Text, default="")
    # A language certificate: scale and level as in the profile.
    scale: Mapped[str | None] = mapped_column(String(30))
    level: Mapped[str | None] = mapped_column(String(30))
    proposed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # None: the person has not said yes yet.
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    channel: Mapped[ConsentChannel | None] = choice_column(ConsentChannel)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    case: Mapped[OverseasCase] = relationship()
