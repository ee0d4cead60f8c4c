"""Random secrets, of which only a hash is kept."""

import hashlib
import hmac
import secrets

BITS_256 = r"^[A-Za-z0-9_-]{43}$"  # 256 bits as base64url without padding


def new_token() -> str:
    """Return 256 random bits as base64url."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return the SHA-256 of `token` as hex. No salt: the token has 256 random bits itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def same_hash(one: str, other: str) -> bool:
    """Compare in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)
