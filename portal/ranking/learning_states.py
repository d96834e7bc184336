"""What staff may say of a pair, and where a learned version stands."""

from flask_babel import lazy_gettext as _l

from portal.common.choices import Choices


class Fit(Choices):
    FITS = "fits", _l("Hợp")
    DOES_NOT_FIT = "does_not_fit", _l("Không hợp")


class FitReason(Choices):
    """About the work and nothing else: what the law bars from choosing people is not offered."""

    DONE_IT = "done_it", _l("Đã làm việc này hoặc việc gần")
    HAS_SKILLS = "has_skills", _l("Có tay nghề, bằng cấp cần thiết")
    LIVES_NEAR = "lives_near", _l("Đi lại được hằng ngày")
    WANTS_IT = "wants_it", _l("Muốn việc này")
    OTHER_GOOD = "other_good", _l("Lý do khác")
    NOT_DONE_IT = "not_done_it", _l("Chưa làm việc này hoặc việc gần")
    LACKS_SKILLS = "lacks_skills", _l("Thiếu tay nghề hoặc bằng cấp")
    TOO_FAR = "too_far", _l("Đi lại quá xa")
    WAGE_APART = "wage_apart", _l("Mức lương hai bên còn xa nhau")
    WRONG_TIME = "wrong_time", _l("Ca làm hoặc ngày bắt đầu không khớp")
    DOES_NOT_WANT = "does_not_want", _l("Người này không muốn việc này")
    PROFILE_WRONG = "profile_wrong", _l("Hồ sơ ghi chưa đúng")
    OTHER_BAD = "other_bad", _l("Lý do khác")


R = FitReason
REASONS_FOR: dict[Fit, tuple[FitReason, ...]] = {
    Fit.FITS: (R.DONE_IT, R.HAS_SKILLS, R.LIVES_NEAR, R.WANTS_IT, R.OTHER_GOOD),
    Fit.DOES_NOT_FIT: (
        R.NOT_DONE_IT, R.LACKS_SKILLS, R.TOO_FAR, R.WAGE_APART, R.WRONG_TIME, R.DOES_NOT_WANT,
        R.PROFILE_WRONG, R.OTHER_BAD,
    ),
}  # fmt: skip


class VersionState(Choices):
    TOO_FEW = "too_few", _l("Chưa đủ kết quả để học")
    REFUSED = "refused", _l("Không đạt")
    PASSED = "passed", _l("Đạt, chờ lãnh đạo quyết định")
    ACTIVE = "active", _l("Đang dùng")
    REPLACED = "replaced", _l("Đã thay bằng bản mới hơn")
    TAKEN_BACK = "taken_back", _l("Đã rút lại")
