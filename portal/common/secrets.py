"""Random codes, sealed values and blind indexes. Keys come from the settings."""

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESSIV

# Without 0/O, 1/I/L: people read these codes over the phone. 31 letters, 12 of them = 59.4 bits, 13 = 64.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
PUBLIC_CODE_LENGTH = 13


def public_code(length: int = PUBLIC_CODE_LENGTH) -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def tidy_code(typed: str) -> str:
    """What a person typed, as it was given: without blanks and hyphens, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def spaced_code(code: str) -> str:
    """In groups, as people read it over the phone."""
    return "-".join((code[:4], code[4:8], code[8:]))


def hash_code(key: bytes, code: str) -> str:
    """Codes are stored as a keyed hash, so a copy of the database opens nothing."""
    return hmac.new(key, b"code:" + tidy_code(code).encode(), hashlib.sha256).hexdigest()


def blind_index(key: bytes, value: str) -> str:
    return hmac.new(key, b"index:" + value.encode(), hashlib.sha256).hexdigest()


def seal(key: bytes, value: str, bound_to: str) -> bytes:
    """AES-SIV, bound to the row: a sealed value moved to another row does not open."""
    return AESSIV(key).encrypt(value.encode(), [bound_to.encode()])


def unseal(key: bytes, sealed: bytes, bound_to: str) -> str:
    return AESSIV(key).decrypt(sealed, [bound_to.encode()]).decode()
