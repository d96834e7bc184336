"""Forms of organisations and invitations."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, ValidationError

from portal.access.forms import AccountFields, NameField, NewPasswordFields
from portal.access.states import Role
from portal.organisations.models import Organisation
from portal.organisations.operations import ContactFacts, OrganisationFacts
from portal.organisations.rules import dates_problem, tidy_tax_code
from portal.organisations.states import LicenceStatus, OrganisationKind
from portal.reference.countries import market_choices
from portal.reference.places import places
from portal.web.fields import EmailAddress, Longest, Needed, VnDateField, read_phone
from portal.web.forms import BaseForm, FilterForm


class OfficialFields:
    kind = SelectField(_l("Loại tổ chức"), coerce=OrganisationKind, choices=OrganisationKind.pairs())
    name = StringField(_l("Tên đầy đủ"), [Needed(_l("Hãy ghi tên đầy đủ.")), Longest(200)])
    tax_code = StringField(
        _l("Mã số thuế"),
        [Longest(20)],
        description=_l("10 chữ số; chi nhánh thêm -001"),
    )
    licence_number = StringField(
        _l("Số giấy phép"),
        [Longest(60)],
        description=_l("Của doanh nghiệp đưa người đi làm việc ở nước ngoài"),
    )
    licence_status = SelectField(
        _l("Giấy phép"), coerce=LicenceStatus, choices=LicenceStatus.pairs(), default=LicenceStatus.UNKNOWN
    )
    licence_valid_to = VnDateField(_l("Giấy phép có hạn đến ngày"))

    def validate_tax_code(self, field: Any) -> None:
        try:
            field.data = tidy_tax_code(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def facts(self) -> OrganisationFacts:
        return OrganisationFacts(
            kind=self.kind.data,
            name=self.name.data,
            tax_code=self.tax_code.data,
            licence_number=self.licence_number.data or None,
            licence_status=self.licence_status.data,
            licence_valid_to=self.licence_valid_to.data,
        )


class ContactFields:
    commune = StringField(
        _l("Xã, phường, đặc khu"),
        [Longest(120)],
        description=_l("Ở An Giang; để trống nếu trụ sở ở tỉnh khác. Ghi tên cũ cũng tìm được."),
    )
    commune_code = HiddenField()
    address_line = StringField(
        _l("Số nhà, đường, ấp hoặc khóm"), [Longest(200)], description=_l("Tỉnh khác thì ghi cả địa chỉ")
    )
    phone = StringField(_l("Số điện thoại"), [Longest(40)])
    email = StringField(_l("Thư điện tử"), [Longest(200), EmailAddress()])

    def validate_commune(self, field: Any) -> None:
        """The code from the suggestions, or the one place the words can mean."""
        if not field.data:
            self.commune_code.data = ""
            return
        if places().name(self.commune_code.data) == field.data:
            return
        found = places().options(field.data)
        of_today = [option for option in found if not option.formerly]
        found = of_today if len(of_today) == 1 else found
        if len(found) != 1:
            self.commune_code.data = ""
            names = ", ".join(option.name for option in found[:5])
            raise ValidationError(
                _("Có nhiều nơi giống tên này: %(names)s. Hãy ghi rõ hơn.", names=names)
                if found
                else _("Không tìm thấy xã, phường này ở An Giang.")
            )
        self.commune_code.data, field.data = found[0].code, found[0].name

    def contact(self) -> ContactFacts:
        return ContactFacts(
            commune_code=self.commune_code.data or None,
            address_line=self.address_line.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
        )

    def show(self, organisation: Organisation) -> None:
        """What is stored, for a form that is opened for the first time."""
        for name, field in self._fields.items():  # type: ignore[attr-defined]
            if hasattr(organisation, name):
                field.data = getattr(organisation, name)
        if organisation.commune_code:
            self.commune.data = places().name(organisation.commune_code)


class OrganisationForm(OfficialFields, ContactFields, BaseForm):
    pass


class ContactForm(ContactFields, BaseForm):
    pass


class MarketForm(BaseForm):
    country = SelectField(_l("Nước hoặc vùng lãnh thổ"))
    valid_from = VnDateField(_l("Từ ngày"), [Needed(_l("Hãy ghi ngày bắt đầu."))])
    valid_to = VnDateField(_l("Đến ngày"), description=_l("Để trống nếu chưa có hạn"))
    source = StringField(
        _l("Văn bản"), [Needed(_l("Hãy ghi số văn bản cho phép.")), Longest(200)]
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = market_choices()

    def validate_valid_to(self, field: Any) -> None:
        problem = dates_problem(self.valid_from.data, field.data)
        if problem:
            raise ValidationError(problem)


class ConfirmForm(BaseForm):
    called_number = StringField(
        _l("Số đã gọi"),
        [Needed(_l("Hãy ghi số đã gọi.")), Longest(40)],
        description=_l("Số tự tìm được, không phải số tổ chức này cho"),
    )
    number_source = StringField(
        _l("Tìm thấy số này ở đâu"),
        [Needed(_l("Hãy ghi nơi đã tìm thấy số này.")), Longest(200)],
        description=_l("Ví dụ: trang đăng ký doanh nghiệp quốc gia, chi cục thuế, ủy ban xã, bảng hiệu"),
    )
    spoke_with = StringField(
        _l("Đã nói chuyện với ai"),
        [Needed(_l("Hãy ghi tên và việc của người đã nói chuyện.")), Longest(120)],
        description=_l("Ví dụ: chị Lan, phòng nhân sự, xác nhận đang tuyển"),
    )


class InviteForm(BaseForm):
    recipient = StringField(
        _l("Thư điện tử hoặc số điện thoại"),
        [Needed(_l("Hãy ghi thư điện tử hoặc số điện thoại của người được mời.")), Longest(200)],
    )
    role = SelectField(_l("Vai trò"), coerce=Role)
    is_manager = BooleanField(
        _l("Là người quản lý"), description=_l("Mời thêm người và sửa địa chỉ liên hệ của tổ chức")
    )

    def validate_recipient(self, field: Any) -> None:
        if not field.data:
            return
        if "@" in field.data:
            EmailAddress()(self, field)
            return
        try:
            field.data = read_phone(field.data)
        except ValueError as error:
            raise ValidationError(
                _("Hãy ghi thư điện tử (ten@vidu.vn) hoặc số điện thoại 10 chữ số.")
            ) from error


class AcceptForm(NameField, NewPasswordFields, BaseForm):
    display_name = AccountFields.display_name


class OrganisationFilter(FilterForm):
    q = StringField(_l("Tên hoặc mã số thuế"))
    kind = SelectField(
        _l("Loại tổ chức"), choices=[("", _l("Tất cả")), *OrganisationKind.pairs()], default=""
    )
