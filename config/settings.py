"""What a deployment sets in its environment or in a file `.env`, checked at the start; and the study file.

A missing or wrong setting becomes one sentence with the remedy, never a traceback. Imports nothing of the rest.
"""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

HERE = Path(__file__).parent
SHORTEST_SECRET = 32
_FERNET_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")  # 32 bytes

REMEDIES = {
    "TELEGRAM_TOKEN": (
        "Open Telegram, write /newbot to @BotFather, answer its two questions and copy the token it gives "
        "(like 123456789:AAE...) into .env as TELEGRAM_TOKEN=... No account yet? `make demo` needs none."
    ),
    "BOT_SECRET": (
        "Make one with `python -c 'import secrets; print(secrets.token_urlsafe(32))'`, put it into .env as "
        "BOT_SECRET=... and keep it: the class QR codes in use depend on it."
    ),
    "ADMIN_IDS": "Give Telegram user ids separated by commas, like ADMIN_IDS=123456789,987654321.",
    "COORDINATOR_IDS": "Give Telegram user ids separated by commas, like COORDINATOR_IDS=123456789.",
    "WEBHOOK_URL": (
        "Give the public https address of this bot, like WEBHOOK_URL=https://survei.example.go.id/telegram, "
        "and start it with `python -m bot run --webhook`; leave it empty to poll."
    ),
    "PORT": "Give the port to listen on behind your https, like PORT=8080.",
    "VOICE_KEY": (
        "Make one with `python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'`; several are "
        "separated by commas, the first one seals. Keep it off the machine too: without it no voice message can be heard again."
    ),
    "TRANSCRIBER": "Give a command with closed quotes, like TRANSCRIBER=/usr/local/bin/to-text --language id.",
    "LOG_LEVEL": "Use DEBUG, INFO, WARNING or ERROR.",
}


def _keys(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    keys = [part.strip() for part in value.split(",") if part.strip()]
    for key in keys:
        if not _FERNET_KEY.fullmatch(key):
            raise ValueError("it is not a key")
    return tuple(keys)


VoiceKeys = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_keys)]


class SettingsProblem(Exception):
    """Its text is for the operator: what is missing or wrong, and the remedy."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    telegram_token: SecretStr
    bot_secret: SecretStr
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    coordinator_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    telegram_api_url: str = Field("https://api.telegram.org", pattern=r"^https?://[^\s]+$")
    database_url: str = "sqlite:///bungo.db"
    erasure_register: Path | None = None
    voice_key: VoiceKeys = ()
    transcriber: Annotated[tuple[str, ...], NoDecode] = ()
    study_file: Path = HERE / "study.toml"
    texts_dir: Path = HERE / "texts"
    questionnaires_dir: Path = HERE / "questionnaires"
    webhook_url: str = Field("", pattern=r"^(https?://[^\s/]+(/[^\s?#]*)?)?$")
    port: int = Field(8080, ge=1, le=65535)
    clock_url: str = Field("", pattern=r"^(https?://[^\s]+)?$")
    log_level: str = Field("INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, token: SecretStr) -> SecretStr:
        number, _, secret = token.get_secret_value().partition(":")
        if not number.isdigit() or not secret:
            raise ValueError("it is not a token")
        return token

    @field_validator("bot_secret")
    @classmethod
    def _secret(cls, secret: SecretStr) -> SecretStr:
        if len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"it is shorter than {SHORTEST_SECRET} characters")
        return secret

    @field_validator("transcriber", mode="before")
    @classmethod
    def _command(cls, value: Any) -> Any:
        return tuple(shlex.split(value)) if isinstance(value, str) else value

    @field_validator("admin_ids", "coordinator_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("study_file", "texts_dir", "questionnaires_dir")
    @classmethod
    def _exists(cls, path: Path) -> Path:
        if not path.exists():
            raise ValueError("it does not exist")
        return path


class BackupSettings(BaseSettings):
    """What a backup and its restoring need: what was erased since is known by the secret."""

    model_config = Settings.model_config

    bot_secret: SecretStr
    database_url: str = "sqlite:///bungo.db"
    erasure_register: Path | None = None


class VoiceSettings(BaseSettings):
    """What writing down voice messages by hand needs."""

    model_config = Settings.model_config

    database_url: str = "sqlite:///bungo.db"
    voice_key: VoiceKeys = ()


class StoreSettings(BaseSettings):
    """What commands need that touch the database only: no token is asked for a migration or an export."""

    model_config = Settings.model_config

    database_url: str = "sqlite:///bungo.db"
    study_file: Path = HERE / "study.toml"
    texts_dir: Path = HERE / "texts"
    questionnaires_dir: Path = HERE / "questionnaires"


def load_settings(*, by_webhook: bool = False) -> Settings:
    try:
        settings = Settings()  # type: ignore[call-arg]  # the fields come from the environment
    except ValidationError as wrong:
        raise SettingsProblem(_sentences(wrong)) from None
    if by_webhook and not settings.webhook_url:
        raise SettingsProblem(f"WEBHOOK_URL is not set. {REMEDIES['WEBHOOK_URL']}")
    return settings


def load_store_settings() -> StoreSettings:
    try:
        return StoreSettings()
    except ValidationError as wrong:
        raise SettingsProblem(_sentences(wrong)) from None


def load_voice_settings() -> VoiceSettings:
    try:
        return VoiceSettings()
    except ValidationError as wrong:
        raise SettingsProblem(_sentences(wrong)) from None


def load_backup_settings() -> BackupSettings:
    try:
        return BackupSettings()  # type: ignore[call-arg]  # the secret comes from the environment
    except ValidationError as wrong:
        raise SettingsProblem(_sentences(wrong)) from None


def load_study(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as missing:
        raise SettingsProblem(
            f"STUDY_FILE: {path} cannot be read. Point it at a study.toml."
        ) from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise SettingsProblem(
            f"{path.name} is not valid TOML: {wrong}. Correct that line."
        ) from wrong


def _sentences(wrong: ValidationError) -> str:
    return "\n".join(_sentence(error) for error in wrong.errors())


def _sentence(error: Any) -> str:
    """Without the value: it may be a secret."""
    name = str(error["loc"][0]).upper()
    problem = "is not set" if error["type"] == "missing" else f"is wrong: {_reason(error)}"
    return f"{name} {problem}. {REMEDIES.get(name, 'See .env.example.')}"


def _reason(error: Any) -> str:
    return str(error["msg"]).removeprefix("Value error, ").rstrip(".")
