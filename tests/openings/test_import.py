"""Lists of openings: read, previewed, imported as one batch, withdrawn."""

import csv
import datetime as dt
import io
import unicodedata
from pathlib import Path

import pytest

from portal.errors import Invalid, NotAllowed, Refused
from portal.openings.batches import commit_batch, withdraw_batch
from portal.openings.columns import FIELDS, propose_mapping
from portal.openings.importing import read_rows
from portal.openings.models import ImportBatch, Opening
from portal.openings.operations import publish
from portal.openings.queries import Openings, steps_of
from portal.openings.sheets import MOST_ROWS, Sheet, decode, read_sheet
from portal.openings.states import OpeningState
from portal.openings.writing import change
from tests.sheets import xlsx_bytes

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
ROOT = Path(__file__).parents[2]
FORTY = ROOT / "tests" / "data" / "postings_40.csv"
REAL = ROOT.parent / "shared" / "data" / "postings" / "vi_postings_150.csv"

HEADER = ["Tên công việc", "Nơi làm việc", "Mức lương", "Số lượng", "Hạn nộp", "Mô tả", "Kinh nghiệm"]
ROW = ["Thợ may", "Xã Tri Tôn", "7 - 10 triệu", "3", "20/12/2026", "May áo.", "1 năm"]


def sheet_of(*rows, encoding="utf-8-sig", delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def read(content, organisation, mapping=None):
    sheet = read_sheet(content)
    found = propose_mapping(sheet, mapping)
    return read_rows(sheet, found, organisation_id=organisation.id if organisation else None, on=TODAY), found


def import_(content, organisation, actor=None):
    rows, mapping = read(content, organisation)
    return commit_batch(rows, mapping, content=content, filename="ds.csv", actor=actor, now=NOW)


def test_our_forty_postings_import_with_wage_place_and_occupation(session, make, employer):
    content = FORTY.read_bytes()
    rows, _mapping = read(content, employer)
    assert len(rows) == 40
    assert [row.errors for row in rows if row.errors] == []
    assert [row.title for row in rows if not (row.wage_read and row.place_read)] == []
    assert sum(bool(row.values["occupation_code"]) for row in rows) >= 38
    receipt = import_(content, employer)
    assert receipt.drafts + receipt.submitted == 40
    states = {opening.state for opening in session.scalars(Openings().of_batch(receipt.batch))}
    assert states == {OpeningState.DRAFT, OpeningState.SUBMITTED}


@pytest.mark.skipif(not REAL.exists(), reason="the shared folder with real postings is not here")
def test_all_real_postings_import_and_are_understood(session, make, employer):
    content = REAL.read_bytes()
    rows, _mapping = read(content, employer)
    assert len(rows) == 150
    assert [row.number for row in rows if row.errors] == []
    assert [row.number for row in rows if not row.wage_read] == []
    assert [row.number for row in rows if not row.place_read] == []
    assert [row.number for row in rows if not row.experience_read] == []
    assert sum(bool(row.values["wage_min"] or row.values["wage_max"]) for row in rows) == 109
    assert sum(any(need.kind == "experience" for need in row.needs) for row in rows) == 122
    receipt = import_(content, employer)
    # All deadlines passed in December 2025: drafts with a note.
    assert (receipt.drafts, receipt.submitted, receipt.left_out) == (150, 0, 0)
    first = session.scalars(Openings().of_batch(receipt.batch).order_by(Opening.id).limit(1)).one()
    assert "đã qua" in steps_of(first)[0][0].reason


@pytest.mark.parametrize(
    "content",
    [
        sheet_of(HEADER, ROW),
        sheet_of(HEADER, ROW, delimiter=";"),
        sheet_of(HEADER, ROW, encoding="utf-16"),
        xlsx_bytes(HEADER, [[*ROW[:3], 3, *ROW[4:]]]),
        sheet_of(["DANH SÁCH VIỆC LÀM"], [], ["Tháng 11/2026"], HEADER, ROW),
        sheet_of([name.upper() for name in HEADER], ROW),
        sheet_of(
            ["ten cong viec", "noi lam viec", "luong", "so luong", "han nop", "mo ta", "kinh nghiem"], ROW
        ),
    ],
    ids=["utf-8", "semicolon", "utf-16", "xlsx", "title rows", "capitals", "no marks"],
)
def test_any_usual_shape_of_a_list_is_read(session, employer, content):
    (row,), _mapping = read(content, employer)
    assert row.title == "Thợ may"
    assert (row.values["wage_min"], row.values["wage_max"]) == (7_000_000, 10_000_000)
    assert (row.values["commune_code"], row.values["positions"]) == ("30544", 3)
    assert row.values["expires_on"] == dt.date(2026, 12, 20)
    assert row.values["occupation_code"] == "7531"
    assert row.needs[0].value["months"] == 12 and not row.needs[0].is_hard


def test_the_vietnamese_windows_page_is_recognised():
    text = "Tên công việc,Mức lương\r\nThợ hàn điện ở xưởng đóng tàu,Thỏa thuận được\r\n"
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in tones)
        apart.append(unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones)) + tone)
    assert decode("".join(apart).encode("cp1258")) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (b"PK\x03\x04 no zip", "hỏng"),
        (b"\xd0\xcf\x11\xe0 old", "kiểu cũ"),
        (b"\x00\x01\x02\x03", "Excel"),
        (sheet_of(HEADER), "không có dòng"),
        (sheet_of(["a", "b"], ["1", "2"]), "tên công việc"),
        (sheet_of(HEADER, *[ROW] * (MOST_ROWS + 1)), "quá nhiều dòng"),
    ],
    ids=["empty", "broken xlsx", "old xls", "binary", "header only", "no title column", "too long"],
)
def test_a_bad_file_gets_a_clear_sentence(session, employer, content, words):
    with pytest.raises(Invalid, match=words):
        read(content, employer)


def test_rows_are_numbered_as_in_the_file_and_bad_ones_left_out(session, employer):
    content = sheet_of(HEADER, ROW, ["", *ROW[1:]], [], ["Thợ hồ", *ROW[1:]])
    rows, _mapping = read(content, employer)
    assert [(row.number, bool(row.errors)) for row in rows] == [(2, False), (3, True), (5, False)]
    receipt = import_(content, employer)
    assert (receipt.submitted, receipt.left_out) == (2, 1)
    assert {o.batch_row for o in session.scalars(Openings().of_batch(receipt.batch))} == {2, 5}


def test_employers_are_recognised_by_name_without_marks(session, make):
    known = make.organisation("employer", name="Công ty TNHH May Sông Tiền")
    content = sheet_of([*HEADER, "Công ty"], [*ROW, "CONG TY TNHH MAY SONG TIEN"], [*ROW, "Công ty Lạ"])
    rows, _mapping = read(content, None)
    assert rows[0].organisation_id == known.id
    assert "Công ty Lạ" in rows[1].errors[0]


def test_a_given_mapping_wins_and_an_unknown_column_is_refused(session, employer):
    content = sheet_of(["Nghề cần", "Ở đâu"], ["Thợ may", "Xã Tri Tôn"])
    (row,), _mapping = read(content, employer, {"title": "nghe can", "place": "Ở đâu"})
    assert (row.title, row.values["commune_code"]) == ("Thợ may", "30544")
    with pytest.raises(Invalid, match="Không có đâu"):
        read(content, employer, {"title": "Không có đâu"})
    with pytest.raises(Invalid, match="lương tháng"):
        read(content, employer, {"title": "Nghề cần", "lương tháng": "Ở đâu"})


def test_the_same_file_is_imported_once(session, employer):
    content = sheet_of(HEADER, ROW)
    import_(content, employer)
    with pytest.raises(Refused, match="đã được nhập"):
        import_(content, employer)


def test_an_employer_may_not_import(session, make, employer):
    with pytest.raises(NotAllowed):
        import_(sheet_of(HEADER, ROW), employer, make.member("employer", employer))


def test_wording_of_imported_rows_is_screened(session, employer):
    content = sheet_of(HEADER, [*ROW[:5], "Chỉ tuyển nữ.", ROW[6]])
    receipt = import_(content, employer)
    opening = session.scalars(Openings().of_batch(receipt.batch)).one()
    assert [finding.rule for finding in opening.findings] == ["sex"]


def test_withdrawing_removes_what_nobody_touched_and_reports_the_rest(session, make, employer):
    moderator = make.account("moderator")
    receipt = import_(sheet_of(HEADER, ROW, ["Thợ hồ", *ROW[1:]]), employer, moderator)
    session.commit()
    first, second = session.scalars(Openings().of_batch(receipt.batch).order_by(Opening.id)).all()
    publish(first, actor=moderator, now=NOW + dt.timedelta(hours=1))
    outcome = withdraw_batch(receipt.batch, actor=moderator, now=NOW + dt.timedelta(hours=2))
    session.commit()
    assert (outcome.removed, [o.id for o in outcome.kept]) == (1, [first.id])
    assert session.get(Opening, second.id) is None
    with pytest.raises(Refused):
        withdraw_batch(receipt.batch, actor=moderator, now=NOW)


def test_withdrawing_keeps_what_somebody_only_edited(session, make, employer):
    adviser = make.account("adviser")
    receipt = import_(sheet_of(HEADER, ROW), employer)
    opening = session.scalars(Openings().of_batch(receipt.batch)).one()
    values = {"title": "Thợ may mẫu", "text": opening.text}
    change(opening, values, actor=adviser, now=NOW + dt.timedelta(minutes=5))
    outcome = withdraw_batch(receipt.batch, actor=adviser, now=NOW + dt.timedelta(hours=1))
    assert (outcome.removed, len(outcome.kept)) == (0, 1)


class TestCommands:
    def run(self, app, *args):
        return app.test_cli_runner().invoke(args=["import-openings", *map(str, args)])

    def test_a_dry_run_changes_nothing(self, app, session, employer, tmp_path):
        path = tmp_path / "ds.csv"
        path.write_bytes(sheet_of(HEADER, ROW, ["", *ROW[1:]]))
        result = self.run(app, path, "--organisation", employer.id, "--dry-run")
        assert result.exit_code == 0, result.output
        assert "row 3: ✕" in result.output and "2 rows, 1 can be imported" in result.output
        assert session.query(ImportBatch).count() == 0

    def test_a_dry_run_without_a_usable_row_fails_and_names_the_option(self, app, tmp_path):
        path = tmp_path / "ds.csv"
        path.write_bytes(sheet_of(HEADER, ROW))
        result = self.run(app, path, "--dry-run")
        assert result.exit_code == 1
        assert "nothing was changed" in result.output and "--organisation ID" in result.output

    def test_a_file_is_imported_and_withdrawn(self, app, session, employer, tmp_path):
        path = tmp_path / "ds.csv"
        path.write_bytes(sheet_of(HEADER, ROW))
        result = self.run(app, path, "--organisation", employer.id)
        assert "0 drafts, 1 submitted, 0 left out" in result.output
        number = session.query(ImportBatch).one().id
        result = self.run(app, "--withdraw", number)
        assert "1 openings removed" in result.output
        session.expire_all()
        assert session.query(Opening).count() == 0

    @pytest.mark.parametrize("mapping", ["no json", "[1]", '{"title": 3}'])
    def test_a_bad_mapping_gets_a_sentence(self, app, employer, tmp_path, mapping):
        path = tmp_path / "ds.csv"
        path.write_bytes(sheet_of(HEADER, ROW))
        result = self.run(app, path, "--organisation", employer.id, "--mapping", mapping)
        assert result.exit_code == 2 and "--mapping" in result.output

    @pytest.mark.parametrize("args", [(), ("nowhere.csv",), ("--withdraw", "99")])
    def test_bad_arguments_get_a_sentence(self, app, session, args):
        result = self.run(app, *args)
        assert result.exit_code != 0 and "Error:" in result.output

    def test_expiry_says_how_many(self, app, make):
        make.opening(expires_on=dt.date(2020, 1, 1))
        result = app.test_cli_runner().invoke(args=["expire-openings"])
        assert "1 openings expired" in result.output


def test_a_list_headed_by_our_own_words_is_understood(app):
    """A country in a column that nobody knows would make work abroad work at home."""
    with app.test_request_context():
        header = [str(label) for label, _names in FIELDS.values()]
        mapping = propose_mapping(Sheet([(1, header), (2, ["x"] * len(header))]))
    assert mapping.columns == {field: place for place, field in enumerate(FIELDS)}
