"""Forms of signing in, passwords and accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField, ValidationError

from portal.access.phone_codes import FIGURES
from portal.access.pins import LONGEST_PIN, pin_problem
from portal.access.rules import LONGEST_PASSWORD, password_problem
from portal.access.states import Role
from portal.web.fields import EmailAddress, Longest, Needed, PhoneField, WholeNumberField
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


class PhoneCodeField:
    phone_code = StringField(
        _l("Mã trong tin nhắn"),
        [Needed(_l("Hãy ghi mã trong tin nhắn.")), Longest(20)],
        description=_l("%(n)s chữ số", n=FIGURES),
    )


class NewPinField:
    """Seen while it is typed: who writes four figures blind writes them wrong.

    It must be neither the year `born_in` nor a part of `own_phone`.
    """

    new_pin = StringField(
        _l("Mã PIN mới"),
        [Longest(LONGEST_PIN)],
        description=_l("4 số bí mật chỉ mình bạn biết (được đến 6 số). Đừng nói cho ai, kể cả người nhà."),
    )
    born_in: int | None = None
    own_phone: str | None = None

    def validate_new_pin(self, field: Any) -> None:
        if not field.data:
            return
        problem = pin_problem(field.data, birth_year=self.born_in, phone=self.own_phone)
        if problem:
            raise ValidationError(problem)


class AskCodeForm(BaseForm):
    phone = PhoneField(_l("Số điện thoại"), [Needed(_l("Hãy ghi số điện thoại."))])


class EnterCodeForm(PhoneCodeField, BaseForm):
    pass


class SecondFactForm(BaseForm):
    birth_year = WholeNumberField(
        _l("Năm sinh của bạn"), [Needed(_l("Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1998."))]
    )
    pin = PasswordField(
        _l("Mã PIN"),
        [Needed(_l("Hãy ghi mã PIN.")), Longest(LONGEST_PIN)],
        description=_l("4 đến 6 số bí mật bạn đã đặt"),
    )


class OwnPinForm(NewPinField, BaseForm):
    present = PasswordField(
        _l("Mã PIN hoặc mật khẩu đang dùng"), [Needed(_l("Hãy ghi mã PIN hoặc mật khẩu đang dùng."))]
    )

    def validate_new_pin(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_l("Hãy ghi mã PIN mới."))
        super().validate_new_pin(field)


class DeskPinForm(NewPinField, BaseForm):
    code = StringField(
        _l("Mã Trung tâm vừa đọc cho bạn"),
        [Needed(_l("Hãy ghi mã đã nhận.")), Longest(40)],
        description=_l("8 chữ và số; viết hoa hay viết thường đều được"),
    )

    def validate_new_pin(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_l("Hãy ghi mã PIN mới."))
        super().validate_new_pin(field)


class RemovePasswordForm(BaseForm):
    present = PasswordField(_l("Mật khẩu đang dùng"), [Needed(_l("Hãy ghi mật khẩu đang dùng."))])


class FirstPasswordForm(NewPasswordFields, BaseForm):
    """For who has come in by codes so far."""

    present = PasswordField(_l("Mã PIN"), [Needed(_l("Hãy ghi mã PIN."))])
    sign_in_name = StringField(
        _l("Tên đăng nhập"),
        [Needed(_l("Hãy ghi tên đăng nhập.")), Longest(120)],
        description=_l("Số điện thoại của bạn, hoặc một tên dễ nhớ"),
    )


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
