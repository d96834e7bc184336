"""The first account of an installation; and production that starts on no demo."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from config import SettingsError
from portal import create_app
from portal.access.models import Account
from portal.access.states import Role
from tests import settings


def run(app: Any, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["create-account", *words])


def test_the_first_administrator_is_made_by_a_command(app: Any, session: Any, client: Any) -> None:
    result = run(app, "Quan.Tri", "--name", "Quản Trị", "--password", "bông điên điển")
    assert result.exit_code == 0, result.output
    account = session.scalars(select(Account)).one()
    assert (account.sign_in_name, account.role, account.is_demo) == ("quan.tri", Role.ADMINISTRATOR, False)
    client.post("/sign-in", {"sign_in_name": "quan.tri", "password": "bông điên điển"}, to="/accounts")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ab", "--name", "A", "--password", "bông điên điển"), "Tên đăng nhập"),
        (("quantri", "--name", "A", "--password", "12345678"), "nhiều người dùng"),
        (("quantri", "--name", "A", "--password", "x", "--role", "seeker"), "seeker"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(
    app: Any, session: Any, words: tuple[str, ...], sentence: str
) -> None:
    result = run(app, *words)
    assert result.exit_code != 0
    assert sentence in result.output
    assert session.scalars(select(Account)).all() == []


def test_production_does_not_start_on_the_database_of_a_demo(
    app: Any, make: Any, engine: str, session: Any
) -> None:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    production = settings.config_for(url, MODE="production", KEYS_FROM="environment")
    make.account("adviser")
    assert create_app(production).config["DEMO"] is False
    make.account("adviser", sign_in_name="adviser", is_demo=True)
    with pytest.raises(SettingsError, match="demo accounts"):
        create_app(production)


def test_production_may_start_before_its_database_can_be_reached(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/no-such-folder/benviec.sqlite"
    create_app(settings.config_for(url, MODE="production", KEYS_FROM="environment"))
