"""What goes from the portal's rows into the ranking."""

from typing import Any

from matching.terms import document_terms, typed
from portal.ranking.profiles import worker_profile


def test_ones_own_name_goes_no_further_whatever_it_is(make: Any) -> None:
    """The library cannot know that "Đinh Lăng" is a person; the row of the worker says so."""
    told = "ĐINH LĂNG đây. Em tên Lăng, dinh thi dinh lang quen trồng đinh lăng, thợ may."
    profile = worker_profile(make.worker("Đinh Thị Đinh Lăng", skills_text=told))
    kept = {typed(term) for term in document_terms(profile.text)}
    assert {"~trong ~dinh", "~dinh ~lang", "~tho ~may"} <= kept
    assert not {"~ten ~lang", "~thi ~dinh", "~dinh ~thi", "~lang ~day"} & kept


def test_two_of_different_names_who_write_the_same_have_the_same_text(make: Any) -> None:
    texts = [
        worker_profile(make.worker(name, skills_text=f"{name}. Em là {name.split()[-1]}, biết may.")).text
        for name in ("Thạch Thị Sô Phia", "Nguyễn Thị Mai", "Mohamad Salêh", "Danh Út")
    ]
    assert {"".join(text.split("\n")[0].split()) for text in texts} == {".Emlà,biếtmay."}
