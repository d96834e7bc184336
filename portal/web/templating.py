"""What every template can use: dates, money and phones as people here write them."""

import datetime as dt
from typing import Any

from flask import Flask, current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from jinja2 import StrictUndefined

from portal.common.clock import LOCAL_ZONE
from portal.common.secrets import spaced_code


def show_date(value: dt.date | dt.datetime | None) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(LOCAL_ZONE).date()
    return value.strftime("%d/%m/%Y")


def show_time(value: dt.datetime | None) -> str:
    return "" if value is None else value.astimezone(LOCAL_ZONE).strftime("%H:%M %d/%m/%Y")


def show_number(value: int | None) -> str:
    if value is None:
        return ""
    text = f"{value:,}"
    return text.replace(",", ".") if str(get_locale()) == "vi" else text


# What people here call foreign money: "JPY" says nothing to who has never seen it.
_SPOKEN = {
    "JPY": "yên", "KRW": "won", "TWD": "Đài tệ", "AUD": "đô la Úc", "USD": "đô la Mỹ",
    "SGD": "đô la Singapore", "EUR": "euro",
}  # fmt: skip


def show_money(value: int | None, currency: str = "VND") -> str:
    if value is None:
        return ""
    number = show_number(value)
    if currency == "VND":
        currency = "₫" if str(get_locale()) == "vi" else "VND"
    elif str(get_locale()) == "vi":
        currency = _SPOKEN.get(currency, currency)
    # A no-break space: the sign never stands alone on a line.
    return f"{number}\u00a0{currency}"


def show_phone(value: str | None) -> str:
    if not value:
        return ""
    return f"{value[:4]} {value[4:7]} {value[7:]}" if value.isdigit() else value


def show_months(value: int) -> str:
    years, months = divmod(value, 12)
    if years and months:
        return _("%(years)s năm %(months)s tháng", years=years, months=months)
    return _("%(years)s năm", years=years) if years else _("%(months)s tháng", months=months)


def context() -> dict[str, Any]:
    return {
        "languages": current_app.config["LANGUAGES"],
        "language": str(get_locale()),
        "demo_mode": current_app.config["DEMO"],
        "crumbs": None,
    }


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for name, shown in {
        "date": show_date, "time": show_time, "number": show_number, "money": show_money,
        "phone": show_phone, "months": show_months, "spaced": spaced_code,
    }.items():  # fmt: skip
        app.jinja_env.filters[name] = shown
    app.context_processor(context)
