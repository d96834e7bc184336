"""`/healthz` tells what works, and which part does not."""

from typing import Any

from sqlalchemy import text

from portal.web.health import CHECKS


def test_a_healthy_portal_answers_200_part_by_part(client: Any) -> None:
    answer = client.get("/healthz").get_json()
    assert answer["status"] == "ok"
    assert {"status", "database", "index", "outbox", "migrations"} <= set(answer)
    assert answer["database"] == answer["migrations"] == answer["outbox"] == "ok"
    assert answer["index"] in ("ok", "waiting")


def test_a_database_behind_its_migrations_answers_503(client: Any, session: Any) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    try:
        answer = client.get("/healthz", status=503).get_json()
    finally:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        session.commit()
    assert (answer["status"], answer["migrations"], answer["database"]) == ("broken", "behind", "ok")


def test_a_part_that_fails_is_named_and_nothing_else_is_told(client: Any, monkeypatch: Any) -> None:
    def fail() -> str:
        raise RuntimeError("secret://address")

    monkeypatch.setitem(CHECKS._items, "outbox", fail)
    response = client.get("/healthz", status=503)
    assert response.get_json()["outbox"] == "broken"
    assert "secret" not in response.text
