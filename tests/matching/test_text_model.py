"""The text model: what finds what, in integers that no road to them changes."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import compiled, text_kernels
from matching.bags import Bags
from matching.inflection import base_form, is_syllable
from matching.model import SimilarityModel, worker_terms
from matching.terms import document_terms, is_typed, typed
from matching.text_settings import SETTINGS
from matching.types import OpeningProfile, Wanted, WorkerProfile
from matching.vocabulary import HASHED, Vocabulary
from matching.weights import UNIT

TEXTS = (
    "thợ may công nghiệp",
    "thợ máy tàu",
    "thợ hàn điện, thợ hàn TIG",
    "phụ bếp nhà hàng",
    "lái xe tải hạng C",
    "nhân viên bán hàng",
    "ingeniero agrónomo",
    "registered nurse",
    "tho may gia cong",
    "kế toán trưởng. kế toán. kế toán. kế toán thuế",
)
DOCUMENTS = [document_terms(text) for text in TEXTS]
MODEL = SimilarityModel.fit(DOCUMENTS)
BAGS = MODEL.bags(DOCUMENTS)


def values(query: str, model: SimilarityModel = MODEL, bags: Bags = BAGS) -> dict[str, int]:
    """How well each text fits a query, by text."""
    asked = model.text_query({"title": document_terms(query)})
    found = model.values(asked, bags, np.arange(len(bags)))
    return dict(zip(TEXTS, found.tolist(), strict=False))


def best(query: str) -> str:
    found = values(query)
    return max(found, key=lambda text: found[text])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("thợ hàn", "thợ hàn điện, thợ hàn TIG"),
        ("tho han", "thợ hàn điện, thợ hàn TIG"),
        ("phu bep", "phụ bếp nhà hàng"),
        ("lai xe tai", "lái xe tải hạng C"),
        ("thợ may", "thợ may công nghiệp"),
        ("thợ máy", "thợ máy tàu"),
        ("ingenieras agronomas", "ingeniero agrónomo"),
        ("Nurses", "registered nurse"),
        ("INGENIEROS", "ingeniero agrónomo"),
        ("nhân viên kinh doanh", "nhân viên bán hàng"),
    ],
)
def test_a_text_is_found_however_it_is_written(query: str, text: str) -> None:
    assert best(query) == text


def test_a_profile_typed_without_marks_is_found_by_an_opening_with_marks() -> None:
    found = values("thợ may")
    assert found["tho may gia cong"] > found["thợ máy tàu"]
    assert found["thợ may công nghiệp"] > found["tho may gia cong"]


def test_marks_tell_words_apart_when_they_are_written() -> None:
    found = values("thợ máy")
    assert found["thợ máy tàu"] > 1.2 * found["thợ may công nghiệp"]


def test_a_misspelt_word_still_matches() -> None:
    assert best("registred nurze") == "registered nurse"


def test_a_text_compared_with_itself_fits_wholly_and_strangers_hardly() -> None:
    found = values("phụ bếp nhà hàng")
    assert found["phụ bếp nhà hàng"] > 0.9 * UNIT
    assert found["registered nurse"] < 0.3 * UNIT
    assert values("")["registered nurse"] == 0


def test_a_word_that_no_profile_had_at_the_fit_matches_itself() -> None:
    newcomers = MODEL.bags(
        [document_terms("thợ kim hoàn"), document_terms("tho kim hoan"), document_terms("lái đò")]
    )
    for query in ("thợ kim hoàn", "tho kim hoan"):
        found = MODEL.values(MODEL.text_query({"title": document_terms(query)}), newcomers, np.arange(3))
        assert min(found[:2]) > 2 * found[2] >= 0


def test_codes_match_whole_and_are_never_widened() -> None:
    model = SimilarityModel.fit([["isco:7531"], ["isco:7533"], ["skill:may"]])
    bags = model.bags([["isco:7531"], ["isco:7533"], ["skill:may"]])
    found = model.values(model.text_query({"codes": ["isco:7531"]}), bags, np.arange(3))
    assert found[0] > 0 and found[1] == found[2] == 0


def test_a_model_fitted_on_nothing_still_finds_exact_words() -> None:
    model = SimilarityModel.fit([])
    bags = model.bags(DOCUMENTS)
    found = values("thợ hàn điện", model, bags)
    assert max(found, key=lambda text: found[text]) == "thợ hàn điện, thợ hàn TIG"


def test_the_opening_speaks_with_its_title_first() -> None:
    opening = OpeningProfile(id=1, title="Thợ hàn", text="làm tại nhà hàng")
    found = MODEL.values(MODEL.query(opening), BAGS, np.arange(len(BAGS)))
    assert TEXTS[int(found.argmax())] == "thợ hàn điện, thợ hàn TIG"


def test_a_profile_speaks_with_text_codes_and_skills() -> None:
    worker = WorkerProfile(
        id=1,
        text="thợ may",
        occupations=(("75310", 12),),
        skills=("Vắt sổ",),
        wanted=Wanted(occupations=("8153",)),
    )
    assert set(worker_terms(worker)) >= {
        "thợ may",
        "isco:7531",
        "isco:75",
        "isco:8153",
        "skill:vat so",
        "vắt sổ",
    }


def test_rows_of_bags_do_not_depend_on_each_other() -> None:
    for at, terms in enumerate(DOCUMENTS):
        alone = MODEL.bags([terms])
        assert np.array_equal(alone.terms, BAGS.terms[BAGS.starts[at] : BAGS.starts[at + 1]])
        assert np.array_equal(alone.norms[0], BAGS.norms[at])


def test_columns_are_distinct_ascending_and_in_range() -> None:
    assert MODEL.columns <= 2**20 and BAGS.terms.max() < MODEL.columns
    for a, b in zip(BAGS.starts[:-1], BAGS.starts[1:], strict=True):
        assert (np.diff(BAGS.terms[a:b]) > 0).all()
    query = MODEL.text_query({"text": document_terms(". ".join(TEXTS))})
    assert (np.diff(query.first_terms) > 0).all() and (np.diff(query.terms) > 0).all()
    assert (query.first_weights > 0).all() and len(query.first_terms) <= SETTINGS.first_terms
    assert (BAGS.first == BAGS.norms[:, 0]).all() and BAGS.first.max() <= 2**16


def test_the_model_survives_plain_arrays() -> None:
    again = SimilarityModel.from_arrays(MODEL.arrays())
    assert again.version == MODEL.version != SimilarityModel.fit(DOCUMENTS[:5]).version
    query, other = (one.text_query({"title": document_terms("tho han")}) for one in (MODEL, again))
    assert all(
        np.array_equal(getattr(query, name), getattr(other, name)) for name in query.__dataclass_fields__
    )
    assert np.array_equal(again.bags(DOCUMENTS).norms, BAGS.norms)


def test_rare_words_weigh_more() -> None:
    assert MODEL.weight_of("agronom") > MODEL.weight_of("thợ")
    assert MODEL.weight_of("never seen") >= MODEL.weight_of("agronom")


def test_a_word_of_every_posting_does_not_look_rare() -> None:
    documents = [["thợ"]] * 50 + [["ưu", "ưu tiên", "tiên"], ["hàn"]]
    assert Vocabulary.fit(documents).idf_of("tiên") < Vocabulary.fit(documents).idf_of("hàn")


words = st.sampled_from([*"abcdefg", "thợ", "hàn", "may", "máy", "nurse", "nurses", "isco:75", "x y", "new"])
bag = st.lists(words, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(bag, max_size=8), bag, st.lists(st.integers(0, 7), max_size=10))
def test_kernel_and_numpy_agree(documents: list[list[str]], asked: list[str], chosen: list[int]) -> None:
    bags = MODEL.bags(documents)
    rows = np.array([at for at in chosen if at < len(documents)], dtype=np.int64)
    query = MODEL.text_query({"text": asked})
    weights = np.zeros(MODEL.columns, dtype=np.int32)
    weights[query.terms] = query.weights
    company = np.zeros(MODEL.columns, dtype=np.int32)
    company[: len(query.company)] = query.company
    args = (bags.starts, bags.terms, rows, weights, company)
    frozen = tuple(one.copy() for one in args)
    for one in frozen:
        one.flags.writeable = False
    expected = text_kernels.sums_numpy(*args)
    assert np.array_equal(text_kernels.sums(*args), expected)
    assert np.array_equal(text_kernels.sums(*frozen), expected)
    slow = [
        [
            int(sum(int(table[t]) for t in bags.terms[bags.starts[r] : bags.starts[r + 1]]))
            for table in args[3:]
        ]
        for r in rows
    ]
    assert expected.tolist() == slow


def test_scores_leave_nothing_behind() -> None:
    before = values("thợ hàn")
    values("nhân viên bán hàng")
    assert values("thợ hàn") == before


def test_numba_can_be_switched_off() -> None:
    code = "from matching import compiled; print(compiled.ON, compiled.jit(len) is len)"
    env = {"BEN_VIEC_NUMPY": "1", "PATH": ""}
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True"]
    assert isinstance(compiled.ON, bool)


@pytest.mark.parametrize(
    "word", ["nghiêng", "thuyền", "khuỷu", "quốc", "giường", "oan", "yếu", "người", "gì"]
)
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word) and base_form(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ingenieras", "ingeniero"),
        ("técnico", "TECNICAS".lower()),
        ("nurses", "nurse"),
        ("companies", "company"),
        ("directores", "director"),
        ("coaches", "coach"),
    ],
)
def test_inflections_are_one_form(one: str, other: str) -> None:
    assert base_form(one) == base_form(other)


def test_different_words_stay_different() -> None:
    assert len({base_form(word) for word in ("business", "bus", "boss", "class", "may", "máy")}) == 6


def test_what_a_text_excepts_is_left_out() -> None:
    assert "computer" not in document_terms("Electronics engineers, except computer")
    assert "thợ" in document_terms("tất cả ngoại trừ bốc xếp, thợ hàn")


def test_chinese_is_read_sign_by_sign() -> None:
    assert document_terms("软件工程师")[:3] == ["软", "件", "软 件"]


def test_only_texts_without_any_mark_are_typed() -> None:
    assert is_typed(document_terms("tho han")) and not is_typed(document_terms("thợ han"))
    assert typed("thợ hàn") == "~tho ~han" and typed("isco:75") == "isco:75"


def test_unknown_terms_share_a_block_of_columns() -> None:
    vocabulary = Vocabulary.fit(DOCUMENTS)
    assert vocabulary.columns - HASHED <= vocabulary.column("never seen") < vocabulary.columns
