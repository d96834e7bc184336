"""Forms of signing in, passwords and accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField, ValidationError

from portal.access.rules import LONGEST_PASSWORD, password_problem
from portal.access.states import Role
from portal.web.fields import EmailAddress, Longest, Needed, PhoneField
from portal.web.forms import BaseForm, FilterForm


class NameField:
    sign_in_name = StringField(
        _l("Tên đăng nhập"),
        [Needed(_l("Hãy ghi tên đăng nhập.")), Longest(120)],
        description=_l("Số điện thoại, thư điện tử hoặc tên đã chọn"),
    )


class PresentPasswordField:
    present = PasswordField(_l("Mật khẩu đang dùng"), [Needed(_l("Hãy ghi mật khẩu đang dùng."))])


class CodeField:
    code = StringField(
        _l("Mã đã nhận"),
        [Needed(_l("Hãy ghi mã đã nhận.")), Longest(40)],
        description=_l("8 chữ và số; viết hoa hay viết thường đều được"),
    )


class AccountFields:
    display_name = StringField(_l("Họ và tên"), [Needed(_l("Hãy ghi họ và tên.")), Longest(120)])
    phone = PhoneField(_l("Số điện thoại"), [Longest(20)])
    email = StringField(_l("Thư điện tử"), [Longest(200), EmailAddress()])


class NewPasswordFields:
    """Typed twice; `names` are what the password must not repeat."""

    new_password = PasswordField(
        _l("Mật khẩu mới"),
        [Needed(_l("Hãy ghi mật khẩu mới."))],
        description=_l("Ít nhất 8 chữ hoặc số. Một câu ngắn dễ nhớ là tốt nhất."),
    )
    repeated = PasswordField(_l("Ghi lại mật khẩu mới"), [Needed(_l("Hãy ghi lại mật khẩu mới."))])
    names: tuple[str | None, ...] = ()

    def validate_new_password(self, field: Any) -> None:
        problem = password_problem(field.data, names=self.names) if field.data else None
        if problem:
            raise ValidationError(problem)

    def validate_repeated(self, field: Any) -> None:
        if field.data and field.data != self.new_password.data:
            raise ValidationError(_l("Hai lần ghi mật khẩu không giống nhau."))


class SignInForm(NameField, BaseForm):
    password = PasswordField(_l("Mật khẩu"), [Needed(_l("Hãy ghi mật khẩu.")), Longest(LONGEST_PASSWORD)])


class ChangePasswordForm(PresentPasswordField, NewPasswordFields, BaseForm):
    pass


class ResetForm(NameField, BaseForm):
    pass


class ResetCodeForm(NameField, CodeField, NewPasswordFields, BaseForm):
    pass


class AccountForm(NameField, AccountFields, NewPasswordFields, BaseForm):
    role = SelectField(_l("Vai trò"), coerce=Role)


class AccountFilter(FilterForm):
    q = StringField(_l("Tên hoặc tên đăng nhập"))
    role = SelectField(_l("Vai trò"), choices=[("", _l("Tất cả")), *Role.pairs()], default="")
    enabled = SelectField(
        _l("Tình trạng"),
        choices=[("", _l("Tất cả")), ("yes", _l("Đang dùng")), ("no", _l("Đã khoá"))],
        default="",
    )
