"""The PIN: four to six figures that only one person knows, beside a code to a phone that others share."""

from flask_babel import gettext as _

SHORTEST_PIN, LONGEST_PIN = 4, 6
# What people choose first; runs, repeats, years and one's own number are found by looking.
COMMON_PINS = frozenset("1234 4321 2580 0852 1379 1397 6868 8686 7979 3979 1368 6789 0123 1122 1123".split())
_UP = "01234567890"


def pin_problem(pin: str, *, birth_year: int | None = None, phone: str | None = None) -> str | None:
    """The sentence that says why this PIN is refused, or None."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        return str(_("Mã PIN gồm 4 đến 6 chữ số, ví dụ bốn số bạn dễ nhớ."))
    if _is_easy(pin):
        return str(_("Mã PIN này nhiều người dùng, người khác dễ đoán ra. Hãy chọn số khác."))
    if birth_year is not None and str(birth_year) in pin:
        return str(_("Mã PIN không được là năm sinh của bạn: người nhà đều biết."))
    if phone and pin in phone:
        return str(_("Mã PIN không được nằm trong số điện thoại của bạn."))
    return None


def _is_easy(pin: str) -> bool:
    half = pin[: len(pin) // 2]
    return (
        pin in COMMON_PINS
        or len(set(pin)) == 1
        or pin in _UP
        or pin in _UP[::-1]
        or (len(pin) % 2 == 0 and pin == half * 2)
        or all(pin[place] == pin[place + 1] for place in range(0, len(pin) - 1, 2))
    )
