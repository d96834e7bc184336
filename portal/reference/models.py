"""Reference rows that people may change: the working-day calendar and the legal rules."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.common.choices import Choices
from portal.common.columns import ExactNumber, UtcDateTime, check_choice, choice_column
from portal.extensions import Model
from portal.reference.named import in_page_language


class DayKind(Choices):
    HOLIDAY = "holiday", _l("Nghỉ lễ")
    SWAPPED_OFF = "swapped_off", _l("Nghỉ hoán đổi")
    SWAPPED_WORKING = "swapped_working", _l("Làm bù")


class CalendarDay(Model):
    """A day that is not what its weekday says: a holiday, a swapped day off, a swapped working day."""

    __tablename__ = "calendar_day"
    __table_args__ = (check_choice("kind", DayKind),)

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = choice_column(DayKind)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(200))
    verified: Mapped[bool]

    @property
    def id(self) -> int:
        """20261124: the audit trail names its subjects by a number."""
        return int(self.day.strftime("%Y%m%d"))

    @property
    def label(self) -> str:
        return in_page_language(self.name_vi, self.name_en)


class WageRegion(Choices):
    I = "I", _l("Vùng I")  # noqa: E741 - the law writes them in Roman figures
    II = "II", _l("Vùng II")
    III = "III", _l("Vùng III")
    IV = "IV", _l("Vùng IV")


class PlaceWageRegion(Model):
    """The minimum-wage region of a unit between two dates; elsewhere unknown."""

    __tablename__ = "place_wage_region"
    __table_args__ = (
        check_choice("region", WageRegion),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        Index("ix_place_wage_region_place", "place_code", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(String(10))
    region: Mapped[WageRegion] = choice_column(WageRegion)
    source: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    verified: Mapped[bool] = mapped_column(default=False)


class RuleUnit(Choices):
    WORKING_DAYS = "working_days", _l("ngày làm việc")
    DAYS = "days", _l("ngày")
    MONTHS = "months", _l("tháng")
    YEARS = "years", _l("tuổi")
    HOURS = "hours", _l("giờ")
    TIMES = "times", _l("lần")
    VND = "vnd", _l("đồng")
    USD = "usd", _l("đô la Mỹ")
    AUD = "aud", _l("đô la Úc")
    TWD = "twd", _l("Đài tệ")
    MOP = "mop", _l("pataca Ma Cao")
    PERCENT = "percent", "%"
    MEALS = "meals", _l("bữa")
    TEXT = "text", _l("bằng chữ")


class BarReason(Choices):
    """Why nobody may be sent there (Law 69/2020/QH14, Article 7)."""

    WAR = "war", _l("có hoặc sắp có chiến sự")
    RADIATION = "radiation", _l("nhiễm xạ")
    POISON = "poison", _l("nhiễm độc")
    EPIDEMIC = "epidemic", _l("dịch bệnh đặc biệt nguy hiểm")
    HOST = "host", _l("nước tiếp nhận không cho phép")


class BarredArea(Model):
    """A country, or a part of one, where nobody may be sent to work between two dates."""

    __tablename__ = "barred_area"
    __table_args__ = (
        check_choice("reason", BarReason),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint("source <> ''", name="source"),
        Index("ix_barred_area_country", "country", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(2))
    # Empty: the whole country.
    area: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[BarReason] = choice_column(BarReason)
    source: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    verified: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class LegalRule(Model):
    """One value of one rule between two dates. A change is a new row; the old one gets its end."""

    __tablename__ = "legal_rule"
    __table_args__ = (
        check_choice("unit", RuleUnit),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        Index("ix_legal_rule_key_valid_from", "key", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(Text)
    unit: Mapped[RuleUnit] = choice_column(RuleUnit)
    source: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    verified: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    signed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="RESTRICT"), index=True
    )
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    @property
    def number(self) -> Decimal | None:
        try:
            return Decimal(self.value)
        except InvalidOperation:
            return None


class ExchangeRate(Model):
    """đồng for one unit of foreign money on a day. A slip is mended by a new row: the last one counts."""

    __tablename__ = "exchange_rate"
    __table_args__ = (Index("ix_exchange_rate_currency_day", "currency", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(ExactNumber)
    day: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(200))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    entered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
