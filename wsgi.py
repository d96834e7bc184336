"""The WSGI application: `flask --app wsgi …` and every server start here."""

import sys

from config import SettingsError
from portal import create_app

try:
    app = create_app()
except SettingsError as error:
    sys.exit(str(error))
