"""The Flask extensions, made without an app so that models can import `db` alone."""

from functools import cached_property
from typing import Any

from babel.support import NullTranslations
from flask import g
from flask_babel import Babel, Domain, get_locale
from flask_compress import Compress
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

# Alembic's batch mode and the CHECK comparison test need every constraint to have a predictable name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Sentences(Domain):
    """The translated sentences, read from the disk once.

    flask-babel makes a domain for every request, so it would read and join the catalogue again for each page;
    and it looks for the language of every single sentence by its name, where a list holds a thousand.
    """

    def get_translations(self) -> NullTranslations:
        context: Any = g.get("_flask_babel") if g else None
        locale = getattr(context, "babel_locale", None)
        kept = getattr(context, "sentences", None)
        if locale is not None and kept is not None and kept[0] is locale:
            return kept[1]
        found = super().get_translations()
        if context is not None:
            context.sentences = (get_locale(), found)
        return found


class OneDomainBabel(Babel):
    @cached_property
    def domain_instance(self) -> Domain:
        return Sentences(domain=self.domain)


# What a page has loaded stays loaded when a GET records something (write_transaction(keep_loaded=True)).
db = SQLAlchemy(model_class=Model, disable_autonaming=True, session_options={"expire_on_commit": False})
migrate = Migrate()
login_manager = LoginManager()
babel = OneDomainBabel()
csrf = CSRFProtect()
compress = Compress()
