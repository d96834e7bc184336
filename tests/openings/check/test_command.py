"""`flask check-opening`: shape, exit codes, rules of the database, and that it writes nothing."""

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.openings.check_commands import check_opening_command
from portal.reference.barred_areas import bar_area
from portal.reference.exchange_rates import add_rate
from portal.reference.models import BarReason, LegalRule, RuleUnit
from portal.reference.operations import add_rule
from portal.reference.seed import load_reference
from tests.openings.check.lawful import lawful

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
EXAMPLE = Path(__file__).parents[3] / "docs" / "opening_example.json"
KEYS = ["rule", "verdict", "stated", "allowed", "unit", "source", "message_vi", "message_en"]


def as_file(tmp_path: Path, **changes: Any) -> str:
    facts = lawful("TW", "manufacturing", **changes)
    given = {name: value for name, value in dataclasses.asdict(facts).items() if value is not None}
    path = tmp_path / "tin tuyển.json"
    path.write_text(json.dumps(given, default=plain), encoding="utf-8")
    return str(path)


def plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value.isoformat()


@pytest.fixture
def run(app: Any):  # type: ignore[no-untyped-def]
    def _run(*arguments: str, input: str | bytes | None = None) -> tuple[int, dict[str, Any], str]:
        result = app.test_cli_runner().invoke(check_opening_command, arguments, input=input)
        return result.exit_code, json.loads(result.stdout), result.stderr

    return _run


def test_a_lawful_opening_is_publishable_and_the_answer_has_the_agreed_shape(run, session, tmp_path) -> None:  # type: ignore[no-untyped-def]
    code, body, _ = run(as_file(tmp_path))
    assert (code, body["publishable"]) == (0, True)
    assert list(body) == ["publishable", "findings"]
    assert all(list(row) == KEYS for row in body["findings"])
    assert body["findings"][0]["message_vi"] == "Người lao động không phải trả tiền dịch vụ."
    [fee] = [row for row in body["findings"] if row["rule"] == "O1"]
    assert (fee["stated"], fee["allowed"], fee["verdict"], fee["unit"]) == (0, 3, "ok", "months")


def test_the_example_of_the_documents_is_publishable_without_a_word_against_it(run, session) -> None:  # type: ignore[no-untyped-def]
    code, body, _ = run(str(EXAMPLE), "--rate", "TWD=825")
    assert code == 0
    assert {row["verdict"] for row in body["findings"]} == {"ok"}


def test_a_fee_too_high_is_said_with_its_exit_code(run, session, tmp_path) -> None:  # type: ignore[no-untyped-def]
    code, body, _ = run(as_file(tmp_path, service_fee_months=4))
    assert (code, body["publishable"]) == (1, False)
    assert [row["verdict"] for row in body["findings"] if row["rule"] == "O1"] == ["breach"]


def test_the_opening_may_be_piped_in(run, session, tmp_path) -> None:  # type: ignore[no-untyped-def]
    content = Path(as_file(tmp_path)).read_bytes()
    assert run(input=content)[0] == run("-", input=content)[0] == 0


@pytest.mark.parametrize("content", ["", "[]", "{", '{"term_months": "36"}', b"\xff\xfe{", '{"a": ' * 60_000])
def test_what_cannot_be_read_has_an_exit_code_of_its_own(run, session, content: str | bytes) -> None:  # type: ignore[no-untyped-def]
    code, body, said = run(input=content)
    assert code == 2 and body["publishable"] is False
    assert all(list(row) == KEYS and row["message_vi"] for row in body["findings"])
    assert said and "Traceback" not in said


def test_a_file_that_is_not_there_is_unreadable(run, session, tmp_path) -> None:  # type: ignore[no-untyped-def]
    for path, why in ((tmp_path / "nirgends.json", "không có tệp này"), (tmp_path, "đây là một thư mục")):
        code, body, said = run(str(path))
        assert code == 2 and "cannot be read" in said
        assert [row["message_vi"] for row in body["findings"]] == [f"Không đọc được {path}: {why}."]


def test_unknown_fields_are_said_beside_the_findings(run, session, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = Path(as_file(tmp_path))
    given = json.loads(path.read_text(encoding="utf-8")) | {"deposit": 5, "ghi chú": "x"}
    path.write_text(json.dumps(given), encoding="utf-8")
    code, body, _ = run(str(path))
    assert code == 0
    assert [row["stated"] for row in body["findings"] if row["rule"] == "INPUT"] == ["deposit", "ghi chú"]


def test_a_row_that_a_leader_has_signed_is_the_rule_from_its_day(run, session, make, tmp_path) -> None:  # type: ignore[no-untyped-def]
    load_reference(session, now=NOW)
    add_rule(
        actor=make.account("leader"),
        now=NOW,
        key="overseas.fee.general.most",
        value="2.5",
        unit=RuleUnit.MONTHS,
        source="Luật thử 1/2027 Điều 1",
        valid_from=dt.date(2027, 1, 1),
        verified=True,
    )
    session.commit()
    assert run(as_file(tmp_path, service_fee_months=3, on_date=dt.date(2026, 12, 31)))[0] == 0
    code, body, _ = run(as_file(tmp_path, service_fee_months=3, on_date=dt.date(2027, 1, 1)))
    [fee] = [row for row in body["findings"] if row["rule"] == "O1"]
    assert (code, fee["verdict"], fee["allowed"]) == (1, "breach", 2.5)
    assert "Luật thử 1/2027" in fee["source"]


def test_a_rule_that_nobody_has_loaded_yet_is_read_from_the_release(run, session, tmp_path) -> None:  # type: ignore[no-untyped-def]
    for row in session.scalars(select(LegalRule).where(LegalRule.key.startswith("overseas."))):
        session.delete(row)
    session.commit()
    assert run(as_file(tmp_path))[0] == 0


def test_a_barred_country_of_the_list_stops_its_openings(run, session, make, tmp_path) -> None:  # type: ignore[no-untyped-def]
    bar_area(
        actor=make.account("moderator"),
        now=NOW,
        country="TW",
        area="",
        reason=BarReason.EPIDEMIC,
        source="Công văn thử 1/2026",
        valid_from=dt.date(2026, 11, 1),
        verified=True,
    )
    session.commit()
    code, body, _ = run(as_file(tmp_path))
    assert code == 1
    assert [row["verdict"] for row in body["findings"] if row["rule"] == "O30"] == ["breach"]
    assert run(as_file(tmp_path, on_date=dt.date(2026, 10, 31)))[0] == 0


def test_a_stored_rate_given_by_hand_is_compared(run, session, tmp_path) -> None:  # type: ignore[no-untyped-def]
    def rate(*given: str) -> list[str]:
        _, body, _ = run(as_file(tmp_path), *given)
        return [row["verdict"] for row in body["findings"] if row["rule"] == "FX"]

    assert rate("--rate", "TWD=820") == ["ok"]
    assert rate("--rate", "TWD=700") == ["warning"]


def test_the_rates_that_staff_entered_are_compared(run, session, make, tmp_path) -> None:  # type: ignore[no-untyped-def]
    def rate(on: dt.date) -> list[str]:
        _, body, _ = run(as_file(tmp_path, on_date=on))
        return [row["verdict"] for row in body["findings"] if row["rule"] == "FX"][:1]

    day = dt.date(2026, 11, 20)
    add_rate(
        actor=make.account("moderator"),
        now=NOW,
        currency="TWD",
        rate=Decimal(700),
        day=day,
        source="Thử",
        today=day,
    )
    session.commit()
    assert rate(day - dt.timedelta(days=1)) == ["unknown"]
    assert rate(day) == ["warning"]


def test_the_command_writes_nothing(run, session, statements, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = as_file(tmp_path)
    statements.clear()
    run(path)
    assert statements and not [
        one for one in statements if not one.lstrip().upper().startswith(("SELECT", "PRAGMA"))
    ]


def test_without_a_database_the_rules_of_the_release_are_used(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from portal import create_app
    from portal.extensions import db
    from tests.settings import config_for

    empty = create_app(config_for(f"sqlite:///{tmp_path / 'empty.sqlite'}"), TESTING=True)
    with empty.app_context():
        result = empty.test_cli_runner().invoke(check_opening_command, [as_file(tmp_path)])
        db.engine.dispose()
    assert result.exit_code == 0 and "rules of the release" in result.stderr
