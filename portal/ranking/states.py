"""By what people are grouped when the ranking is looked at for fairness, and how far they came."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class Dimension(Choices):
    # Everybody: the line that the shares are of.
    ALL = "all", _l("Tất cả")
    SEX = "sex", _l("Giới tính")
    AGE = "age", _l("Nhóm tuổi")
    ETHNICITY = "ethnicity", _l("Dân tộc")
    POOR = "poor", _l("Hộ nghèo")
    COMMUNE = "commune", _l("Xã, phường, đặc khu")


GROUPED = tuple(one for one in Dimension if one is not Dimension.ALL)
# Told for a purpose of their own and sealed: a small count would tell a member of staff who is who.
SEALED = (Dimension.ETHNICITY, Dimension.POOR)
# Not stated, or not agreed to be counted.
NOT_KNOWN = "-"


class Stage(Choices):
    ELIGIBLE = "eligible", _l("Đủ điều kiện")
    SHOWN = "shown", _l("Có tên trong danh sách")
    SHORTLISTED = "shortlisted", _l("Được chọn")
    PLACED = "placed", _l("Có việc làm")


# Each beside the eligible.
LATER = (Stage.SHOWN, Stage.SHORTLISTED, Stage.PLACED)
