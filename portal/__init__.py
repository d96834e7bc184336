"""The Flask application. `create_app` reads like a table of contents."""

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from portal import blueprints, commands, errors, navigation
from portal.access import sessions
from portal.extensions import babel, compress, csrf, db, login_manager, migrate
from portal.ranking import keeper
from portal.reference import in_pages
from portal.web import (
    access,
    headers,
    locale,
    null_bytes,
    row_numbers,
    static_files,
    templating,
    transactions,
)


def create_app(config: Config | None = None, **overrides: Any) -> Flask:
    app = Flask(__name__)
    app.config.from_object(config or Config())
    app.config.update(overrides)
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]

    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=locale.choose)
    login_manager.init_app(app)
    static_files.init_app(app)
    compress.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            transactions.prepare_sqlite(db.engine)

    null_bytes.init_app(app)
    # The order of the next four matters: begin the transaction, load who asks, check whether they may.
    headers.init_app(app)
    transactions.init_app(app)
    sessions.init_app(app)
    access.init_app(app)
    errors.init_app(app)
    templating.init_app(app)
    in_pages.init_app(app)
    navigation.init_app(app)

    keeper.init_app(app)
    row_numbers.init_app(app)
    blueprints.init_app(app)
    commands.init_app(app)
    access.insist(app)
    return app
