"""Every setting, read from the environment once, here.

The environment wins; then `instance/settings.env`, which `make run` writes once.
"""

import os
from base64 import urlsafe_b64decode
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent
INSTANCE = Path(os.environ.get("BENVIEC_INSTANCE", ROOT / "instance"))
SETTINGS_FILE = INSTANCE / "settings.env"

MODES = ("demo", "production")
SHORTEST_SECRET = 32


class SettingsError(RuntimeError):
    """A setting is missing or makes no sense; the sentence says which and what to do."""


def read_settings_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}


class Config:
    """One instance a process; `create_app` takes it whole."""

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        given = dict(os.environ if environment is None else environment)
        kept = read_settings_file(SETTINGS_FILE) if environment is None else {}

        def setting(name: str, default: str | None = None) -> str:
            value = given.get(name) or kept.get(name) or default
            if value is None:
                raise SettingsError(
                    f"{name} is not set: run `make run`, which writes {SETTINGS_FILE.name}, "
                    "or set it in the environment."
                )
            return value

        self.MODE = setting("MODE")
        if self.MODE not in MODES:
            raise SettingsError(f"MODE is {self.MODE!r}; it must be one of {', '.join(MODES)}.")
        self.DEMO = self.MODE == "demo"
        self.SECRET_KEY = setting("SECRET_KEY")
        # AES-SIV takes 64 bytes; the blind index and codes a key of their own.
        self.SEAL_KEY = _key(setting("SEAL_KEY"), "SEAL_KEY", 64)
        self.INDEX_KEY = _key(setting("INDEX_KEY"), "INDEX_KEY", 32)
        self.CODE_KEY = _key(setting("CODE_KEY"), "CODE_KEY", 32)
        # Keys made by `make run` are marked; production refuses them.
        self.KEYS_FROM = setting("KEYS_FROM", "environment")
        if not self.DEMO and self.KEYS_FROM == "demo":
            raise SettingsError("These keys were made for a demo; production needs keys of its own.")

        if not self.DEMO and len(self.SECRET_KEY) < SHORTEST_SECRET:
            # It signs the sessions: who guesses it is anybody.
            raise SettingsError(
                f"SECRET_KEY is too short; production needs {SHORTEST_SECRET} random characters."
            )

        # The database holds names and phones: other users of the machine do not look in.
        INSTANCE.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.SQLALCHEMY_DATABASE_URI = _database_url(
            setting("DATABASE_URL", f"sqlite:///{INSTANCE / 'benviec.sqlite'}")
        )
        self.UPLOAD_FOLDER = Path(setting("UPLOAD_FOLDER", str(INSTANCE / "uploads")))
        self.INDEX_FOLDER = Path(setting("INDEX_FOLDER", str(INSTANCE / "index")))
        # A sheet of 5,000 graduates is about 600 KB; twelve photos of a paper fit too.
        self.MAX_CONTENT_LENGTH = 10 * 1024 * 1024
        self.MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024
        self.BABEL_DEFAULT_LOCALE = "vi"
        self.BABEL_DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
        self.LANGUAGES = ("vi", "en")
        self.CENTRE_NAME = setting("CENTRE_NAME", "Trung tâm Dịch vụ việc làm An Giang")
        self.HOTLINE = setting("HOTLINE", "0296 3 000 000")
        # Whom to call when a line of a cost sheet is above what the law allows: the Centre itself, until the
        # department has named an office for it.
        self.FEE_CONTACT = setting("FEE_CONTACT", self.CENTRE_NAME)
        self.FEE_PHONE = setting("FEE_PHONE", self.HOTLINE)
        # The national child-protection line, free, day and night.
        self.CHILD_HELPLINE = setting("CHILD_HELPLINE", "111")
        self.CENTRE_ADDRESS = setting("CENTRE_ADDRESS", "Phường Long Xuyên, tỉnh An Giang")
        self.CENTRE_HOURS = setting(
            "CENTRE_HOURS", "Thứ hai đến thứ sáu, 7 giờ đến 11 giờ và 13 giờ đến 17 giờ"
        )
        # Printed on letters in words: people type it, they do not trust a strange QR code.
        self.PUBLIC_ADDRESS = setting("PUBLIC_ADDRESS", "http://127.0.0.1:8000")

        # How many proxies of our own stand in front (TLS): without it all visitors would count as one address
        # and one of them could use up everybody's tries. Zero believes no header of a visitor.
        self.TRUSTED_PROXIES = int(setting("TRUSTED_PROXIES", "0"))

        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.SESSION_COOKIE_SECURE = not self.DEMO
        # A shared phone: signed out after half a working day without use.
        self.PERMANENT_SESSION_LIFETIME = timedelta(hours=4)
        self.WTF_CSRF_TIME_LIMIT = None
        # argon2id, 19 MiB, 2 passes: about 0.04 s, and thirty people at once still fit the machine.
        self.ARGON2_MEMORY_KIB = int(setting("ARGON2_MEMORY_KIB", "19456"))
        self.ARGON2_PASSES = int(setting("ARGON2_PASSES", "2"))
        # Ten wrong tries a quarter of an hour for a name, a hundred for an address (a shared internet shop).
        self.SIGN_IN_WINDOW = timedelta(minutes=15)
        self.SIGN_IN_TRIES_BY_NAME = 10
        self.SIGN_IN_TRIES_BY_ADDRESS = int(setting("SIGN_IN_TRIES_BY_ADDRESS", "100"))
        # A code in a message: read at once, and with five tries nobody guesses one of a million.
        self.PHONE_CODE_TIME = timedelta(minutes=10)
        self.PHONE_CODE_TRIES = 5
        # Each message costs money and wakes somebody; but a family registers on one phone in one evening,
        # and one line of a commune office serves forty people.
        self.CODES_WINDOW = timedelta(hours=1)
        self.CODES_BY_NUMBER = 10
        self.CODES_BY_ADDRESS = int(setting("CODES_BY_ADDRESS", "60"))
        # How long an entered code is remembered in the browser: long enough to go on slowly.
        self.PHONE_PROOF_TIME = timedelta(minutes=20)
        # Wrong PINs for one birth year on one number: at five a day four figures last for years.
        self.PIN_WINDOW = timedelta(days=1)
        self.PIN_TRIES = 5
        # Numbers nobody uses are sold again: after half a year a code alone proves nothing (our limit).
        self.PHONE_PROOF_LASTS = timedelta(days=182)
        # Call-backs and complaints from one address in a quarter of an hour; a commune office sends several.
        self.ASKS_BY_ADDRESS = int(setting("ASKS_BY_ADDRESS", "20"))
        # Days in which the owner of a waiting referral must act.
        self.REFERRAL_DAYS = {
            "interested": 3, "shortlisted": 3, "asked": 5, "agreed": 2, "referred": 7, "interview": 3,
        }  # fmt: skip
        # Who asked to be called: working days until the call, tries before its owner may end it unreached,
        # and days after its end until name and number are taken out.
        self.CALL_BACK_DAYS = 2
        self.CALL_BACK_TRIES = 3
        self.CALL_BACK_KEPT_DAYS = 90
        # Working days to help somebody to the number of a citizen card: it takes a visit to the police.
        self.TASK_DAYS = 10
        # A half-filled registration is taken up at the desk within these days.
        self.DESK_CODE_DAYS = 14
        # A question "were you content?" is answered in the first days or never; who is called often is asked
        # once a month.
        self.RATING_DAYS = 14
        self.RATING_PAUSE_DAYS = 30
        # Working days until a complaint is answered: our own promise, well under the thirty days of the
        # complaints law (11/2011, Art 28). Where somebody asks for money, others may be paying now.
        self.COMPLAINT_DAYS = 10
        self.COMPLAINT_MONEY_DAYS = 3
        # Working days until somebody has acted on an incident on the way abroad: 0 is before the desk closes.
        self.INCIDENT_URGENT_DAYS = 0
        self.INCIDENT_SERIOUS_DAYS = 3
        self.INCIDENT_DAYS = 10
        # What lapses within so many days is shown as urgent: a round for a language test is announced about
        # two months ahead, a health check and a new registration take weeks.
        self.POOL_WARN_DAYS = 60
        # Working days until a support claim is decided: our own promise, as long as a complaint's.
        self.SUPPORT_DECISION_DAYS = 10
        # Days before the end of the 180 in which a selected person must have left: from day 150 on there is
        # still time for a visa, and to ask the sender why.
        self.CASE_WARN_DAYS_LEFT = 30
        # Of so few people a ratio of cost to wage says who paid what: no page shows it below this number.
        self.COST_RATIO_LEAST = 10
        # The link by which somebody abroad tells how they are: it outlasts the longest pause between two
        # questions, and each question prolongs it.
        self.CHECK_IN_CODE_DAYS = 400
        # Days without a word after the question until the adviser calls: phones abroad are read on days off.
        self.CHECK_IN_GRACE_DAYS = 7
        # What else was going on is asked right after the answer; who takes the phone later sees it not.
        self.CHECK_IN_MORE_MINUTES = 30
        # Working days until "call me" is answered, and until a wage not as promised is looked at.
        self.CHECK_IN_CALL_DAYS = 1
        self.CHECK_IN_LOOK_DAYS = 3
        # Calls in vain after which the page proposes to open an incident "missing".
        self.ABROAD_TRIES = 3
        # How long the code opens the answer: people come back when they are at the commune again.
        self.COMPLAINT_CODE_DAYS = 180
        # A stored exchange rate older than this says nothing of today: rates move a few per cent a month.
        self.EXCHANGE_RATE_DAYS = 31
        # Validity of a referral letter, in days.
        self.LETTER_DAYS = 15
        self.ROSTER_ROWS = 10_000


def _key(text: str, name: str, length: int) -> bytes:
    try:
        key = urlsafe_b64decode(text.encode())
    except ValueError as error:
        raise SettingsError(f"{name} is not base64.") from error
    if len(key) != length:
        raise SettingsError(f"{name} has {len(key)} bytes; it needs {length}.")
    return key


def _database_url(url: str) -> str:
    """psycopg 3 by name, whatever the SQLAlchemy version takes `postgresql://` for."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite://", "postgresql+psycopg://")):
        # The value may hold a password: it is not repeated.
        raise SettingsError(
            "DATABASE_URL must begin with postgresql:// (postgresql://name:password@host/database) or sqlite:///."
        )
    return url
