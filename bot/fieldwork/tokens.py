"""What a deep link carries: random or derived from the deployment's secret; only its hash is ever kept."""

import base64
import hashlib
import hmac
import secrets

LENGTH = 22  # of base64: 132 bits


def drawn() -> str:
    return secrets.token_urlsafe(LENGTH)[:LENGTH]


def derived(secret: bytes, what: str) -> str:
    """The same again for the same words, so that it can be shown again although it is kept nowhere."""
    digest = hmac.new(secret, what.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode()[:LENGTH]


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
