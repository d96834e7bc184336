"""Sign-in names and passwords: what counts as the same name, and which passwords are refused."""

import re
import unicodedata

from flask_babel import gettext as _

from portal.common.text import fold
from portal.web.fields import read_phone

SHORTEST_PASSWORD = 8
# Argon2 takes any length; a novel would only keep the processor busy.
LONGEST_PASSWORD = 200
# Of every demo account; shown on the sign-in page of a demo.
DEMO_PASSWORD = "benviec-demo"
_PHONE_LIKE = re.compile(r"^[+(]?\d[\d\s.()\-]{6,}$")
_NAME = re.compile(r"^[\w.@+\-]{3,120}$")

# The commonest that are long enough, and what people here try first.
COMMON_PASSWORDS = frozenset(
    """
    12345678 123456789 1234567890 87654321 11111111 00000000 88888888 66666666 99999999 12341234
    11223344 12344321 123123123 123456780 0123456789 01234567 password passw0rd password1
    password123 qwertyui qwerty123 qwertyuiop 1q2w3e4r 1qaz2wsx abcd1234 abc12345 a1234567 aa123456
    abcdefgh asdfghjk zxcvbnm1 iloveyou anhyeuem emyeuanh yeuemnhieu conyeume matkhau1 matkhau123
    matkhau12 vietnam1 vietnam123 angiang1 angiang123 kiengiang longxuyen rachgia1 phuquoc1 benviec1
    benviec123 welcome1 admin123 administrator motdoiyeuem khongbiet khongnho sunshine princess
    football superman trustno1
    """.split()
)


def tidy_sign_in_name(typed: str) -> str:
    """One spelling a name: phones as 0901234567, everything else without blanks and in small letters."""
    text = unicodedata.normalize("NFC", typed).strip()
    if _PHONE_LIKE.match(text):
        try:
            return read_phone(text)
        except ValueError:
            return re.sub(r"[\s.()\-]", "", text)
    # NFKC: "ＳＥＥＫＥＲ" in wide letters is nobody else.
    return unicodedata.normalize("NFKC", "".join(text.split()).casefold())


def sign_in_name_problem(tidy: str) -> str | None:
    if _NAME.match(tidy):
        return None
    return str(_("Tên đăng nhập là số điện thoại, thư điện tử, hoặc từ 3 chữ trở lên, không có dấu cách."))


def password_problem(password: str, *, names: tuple[str | None, ...] = ()) -> str | None:
    """The sentence that says why this password is refused, or None."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST_PASSWORD:
        return str(_("Mật khẩu phải có ít nhất %(n)s chữ hoặc số.", n=SHORTEST_PASSWORD))
    if len(text) > LONGEST_PASSWORD:
        return str(_("Mật khẩu dài quá. Nhiều nhất là %(n)s chữ.", n=LONGEST_PASSWORD))
    plain = fold(text).replace(" ", "")
    if plain in COMMON_PASSWORDS or text.casefold() in COMMON_PASSWORDS or len(set(text)) < 3:
        return str(_("Mật khẩu này nhiều người dùng, người khác dễ đoán ra. Hãy chọn mật khẩu khác."))
    own = {fold(name).replace(" ", "") for name in names if name}
    if plain in own or tidy_sign_in_name(text) in own:
        return str(_("Mật khẩu không được giống tên hoặc số điện thoại của bạn."))
    return None
