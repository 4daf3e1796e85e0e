"""The seal on voice messages at rest: Fernet (AES and HMAC) by cryptography, with the keys of VOICE_KEY.

The first key seals, every key opens, so a key is changed by putting the new one before the old one.
"""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsError

Seal = MultiFernet


def seal_of(keys: Sequence[str]) -> Seal | None:
    """None: no key is set."""
    return MultiFernet([Fernet(key) for key in keys]) if keys else None


def opened(seal: Seal, sealed: bytes) -> bytes:
    try:
        return seal.decrypt(sealed)
    except InvalidToken as wrong:
        raise SettingsError(
            "VOICE_KEY does not open the voice messages that are kept: put the former key behind the new one."
        ) from wrong
