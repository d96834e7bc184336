"""What people do on our pages in more than one story."""

import re
from typing import Any

PASSWORD = "lúa chín đầy đồng"
PDF = b"%PDF"


def press(visitor: Any, name: str) -> None:
    """A button or a link of the page itself, by the words on it."""
    page = visitor.page
    named = {"name": name, "exact": True}
    page.locator("main").get_by_role("button", **named).or_(
        page.locator("main").get_by_role("link", **named)
    ).first.click()
    page.wait_for_load_state()


def go_on(visitor: Any) -> None:
    press(visitor, "Lưu và đi tiếp")


def reads(visitor: Any, *sentences: str) -> None:
    text = visitor.text()
    for sentence in sentences:
        assert sentence in text, f"{visitor.page.url} does not say “{sentence}”:\n{text[:1500]}"


def heading(visitor: Any) -> str:
    return str(visitor.page.inner_text("main h1"))


def code_sent_to(visitor: Any, phone: str) -> str:
    """What the newest message to this phone says; in a demo it lies in the outbox."""
    page = visitor.page.request.get(visitor.address + "/outbox").text()
    found = re.search(rf"{phone.replace(' ', '')}.*?Mã vào Bến Việc: (\d{{6}})", page, re.DOTALL)
    assert found is not None, "no code was sent"
    return found.group(1)


def proves_phone(visitor: Any, phone: str) -> None:
    press(visitor, "Gửi mã cho tôi")
    visitor.page.fill("[name=phone_code]", code_sent_to(visitor, phone))
    press(visitor, "Đi tiếp")


def tells_who(visitor: Any, name: str, phone: str, birth: str = "1998") -> None:
    """From the front page to the first account: the shortest way in."""
    page = visitor.page
    visitor.open("/register")
    page.fill("[name=birth]", birth)
    press(visitor, "Bắt đầu")
    page.fill("[name=full_name]", name)
    page.fill("[name=phone]", phone)
    go_on(visitor)
    proves_phone(visitor, phone)
    page.fill("[name=new_password]", PASSWORD)
    page.fill("[name=repeated]", PASSWORD)
    go_on(visitor)


def agrees_to(visitor: Any, *purposes: str) -> None:
    visitor.open("/register/consents")
    for purpose in purposes:
        visitor.page.check(f"[name={purpose}]")
    press(visitor, "Xong")


def pdf_behind(visitor: Any) -> bytes:
    """The bytes of the letter that the link of this page opens."""
    href = visitor.page.get_by_role("link", name="Mở giấy (PDF)").get_attribute("href")
    answer = visitor.page.request.get(visitor.address + href)
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    return bytes(answer.body())


def opening_abroad(visitor: Any) -> None:
    """The first published opening abroad; which there are is for the demo to draw."""
    visitor.open("/desk/openings?state=published&sphere=overseas")
    visitor.page.locator("main tbody th a").first.click()


def ranked_at_home(visitor: Any, name: str, commune: str) -> str:
    """The ranked list, narrowed to a commune, of the first published opening at home for which this person
    may be ranked; gives back the opening's title. Which openings there are is for the demo to draw."""
    page = visitor.page
    visitor.open("/desk/openings?state=published&sphere=domestic")
    links = page.locator("main tbody th a")
    for path in [link.get_attribute("href") for link in links.all()]:
        visitor.open(path)
        title = heading(visitor)
        press(visitor, "Tìm người phù hợp")
        page.select_option("[name=commune]", label=commune)
        press(visitor, "Lọc")
        if page.locator(".candidate", has_text=name).get_by_label("Chọn").count():
            return title
    raise AssertionError(f"no opening at home lists {name}")
