"""What an organisation's facts must look like."""

import datetime as dt
import re

from flask_babel import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.vn import mst

from portal.access.states import STAFF, Role
from portal.organisations.states import OrganisationKind
from portal.web.fields import read_phone

# Members of each kind of organisation: only these roles can be invited.
ROLES_OF_KIND: dict[OrganisationKind, tuple[Role, ...]] = {
    OrganisationKind.CENTRE: STAFF,
    OrganisationKind.EMPLOYER: (Role.EMPLOYER,),
    OrganisationKind.SENDER: (Role.SENDER,),
    OrganisationKind.COLLEGE: (Role.COLLEGE,),
    OrganisationKind.COMMUNE: (Role.COMMUNE,),
    OrganisationKind.DEPARTMENT: (Role.DEPARTMENT,),
}


def tidy_tax_code(typed: str | None) -> str | None:
    """Ten digits, a branch with -001; raises ValueError with a sentence."""
    if not typed or not typed.strip():
        return None
    try:
        compact: str = mst.validate(typed)
    except NumberError as error:
        raise ValueError(
            _("Mã số thuế có 10 chữ số, chi nhánh thêm 3 chữ số sau dấu gạch, ví dụ 0100233488-001.")
        ) from error
    return str(mst.format(compact))


def dates_problem(valid_from: dt.date | None, valid_to: dt.date | None) -> str | None:
    if valid_from and valid_to and valid_to < valid_from:
        return str(_("Ngày hết hạn phải sau ngày bắt đầu."))
    return None


# Their first opening waits for a call-back. The centre itself, authorities and colleges are known.
CALLED_KINDS = (OrganisationKind.EMPLOYER, OrganisationKind.SENDER)
_SERVICE_NUMBER = re.compile(r"1[89]00\d{4,6}")


def callable_number(typed: str) -> str:
    """A number that can be called here, also 1800 and 1900; raises ValueError with a sentence."""
    digits = re.sub(r"\D", "", typed)
    return digits if _SERVICE_NUMBER.fullmatch(digits) else read_phone(typed)


def number_key(text: str) -> str:
    """Under which two spellings of one number are the same: "+84 296 3…" and "0296.3…"."""
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(?:0084|84|0)", "", digits)
