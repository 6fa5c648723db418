"""What an installation can set, by environment variables or by the file that `trinvis up` leaves."""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from temporalio.service import TLSConfig

from domain.words import Language

RUNNING = "running.json"
"""What `trinvis up` writes into its state folder: where its servers are."""


def config_folder() -> Path:
    """Where a user keeps configuration; keys lie there, apart from what they open."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "trinvis"


def state_folder() -> Path:
    """Where this installation keeps what is not in the database."""
    return Path(os.environ.get("TRINVIS_STATE") or ".trinvis").resolve()


class WrongSetting(Exception):  # noqa: N818 - says what was found
    """A setting that cannot be used; the message names its variable and what is wrong, never its value."""

    def __init__(self, message: str, found: Sequence[tuple[str, str, dict[str, object]]] = ()) -> None:
        super().__init__(message)
        self.found = found
        """Each variable that is wrong, with the code of what is wrong and the values that its sentence needs."""


_DATABASE = re.compile(r"postgres(ql)?://([^@/?#]*@)?[^@/?#:,]*(:\d{1,5})?(,[^@/?#:,]*(:\d{1,5})?)*([/?#].*)?")


def _names_a_database(url: str) -> str:
    if not _DATABASE.fullmatch(url):
        raise PydanticCustomError("not_a_database", "must be written postgresql://LOGIN@HOST:PORT/DATABASE")
    return url


Database = Annotated[str, AfterValidator(_names_a_database)]
"""Where a PostgreSQL is."""


class Settings(BaseSettings):
    """The settings of one process; what each is for stands with the other texts, under its variable.

    Raises: WrongSetting, when made.
    """

    model_config = SettingsConfigDict(
        extra="ignore", frozen=True, populate_by_name=True, validate_default=False, env_ignore_empty=True
    )

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - the fields below, by name
        try:
            super().__init__(**given)
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_input=False)
            found = [(str(each["loc"][0]), each["type"], dict(each.get("ctx", {}))) for each in wrong]
            message = "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in wrong)
            raise WrongSetting(message, found) from None

    database_url: Database | None = Field(
        None,
        validation_alias="TRINVIS_DATABASE_URL",
        repr=False,
    )
    database_password_file: Path | None = Field(None, validation_alias="TRINVIS_DATABASE_PASSWORD_FILE")
    owner_database_url: Database | None = Field(
        None,
        validation_alias="TRINVIS_OWNER_DATABASE_URL",
        repr=False,
    )
    owner_password_file: Path | None = Field(None, validation_alias="TRINVIS_OWNER_PASSWORD_FILE")
    records_database_url: Database | None = Field(
        None,
        validation_alias="TRINVIS_RECORDS_DATABASE_URL",
        repr=False,
    )
    records_password_file: Path | None = Field(None, validation_alias="TRINVIS_RECORDS_PASSWORD_FILE")
    connections: int = Field(10, validation_alias="TRINVIS_CONNECTIONS", ge=1, le=200)
    temporal_address: str | None = Field(None, validation_alias="TEMPORAL_ADDRESS")
    temporal_namespace: str = Field("default", validation_alias="TEMPORAL_NAMESPACE")
    temporal_tls: bool = Field(default=False, validation_alias="TEMPORAL_TLS")
    temporal_ca_file: Path | None = Field(
        None,
        validation_alias="TEMPORAL_TLS_SERVER_CA_CERT_PATH",
    )
    temporal_certificate_file: Path | None = Field(None, validation_alias="TEMPORAL_TLS_CLIENT_CERT_PATH")
    temporal_key_file: Path | None = Field(None, validation_alias="TEMPORAL_TLS_CLIENT_KEY_PATH")
    key_file: Path = Field(
        default_factory=lambda: config_folder() / "keys.json",
        validation_alias="TRINVIS_KEY_FILE",
    )
    outbox: Path = Field(
        default_factory=lambda: state_folder() / "outbox",
        validation_alias="TRINVIS_OUTBOX",
    )
    smtp_host: str | None = Field(None, validation_alias="TRINVIS_SMTP_HOST")
    smtp_port: int = Field(25, validation_alias="TRINVIS_SMTP_PORT", ge=1, le=65535)
    smtp_username: str | None = Field(None, validation_alias="TRINVIS_SMTP_USERNAME")
    smtp_password: SecretStr | None = Field(None, validation_alias="TRINVIS_SMTP_PASSWORD")
    smtp_password_file: Path | None = Field(None, validation_alias="TRINVIS_SMTP_PASSWORD_FILE")
    smtp_start_tls: bool = Field(default=False, validation_alias="TRINVIS_SMTP_START_TLS")
    sender: str = Field("trinvis@localhost", validation_alias="TRINVIS_SENDER")
    patience_seconds: int = Field(
        3 * 24 * 3600,
        validation_alias="TRINVIS_PATIENCE_SECONDS",
        ge=1,
    )
    sweep_seconds: float = Field(30, validation_alias="TRINVIS_SWEEP_SECONDS", gt=0)
    heartbeat: Path | None = Field(
        None,
        validation_alias="TRINVIS_HEARTBEAT",
    )
    workflow_cache: int = Field(
        300,
        validation_alias="TRINVIS_WORKFLOW_CACHE",
        ge=0,
    )
    language: Language = Field("da", validation_alias="TRINVIS_LANGUAGE")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", validation_alias="TRINVIS_LOG_LEVEL")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was said at the call, then the environment, then what `trinvis up` left."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, InitSettingsSource(settings_cls, _running())

    def url(self, of: Literal["app", "owner", "records"]) -> str | None:
        """Where PostgreSQL is for those who work, migrate or erase."""
        return {
            "app": self.database_url,
            "owner": self.owner_database_url or self.database_url,
            "records": self.records_database_url or self.database_url,
        }[of]

    def password(self, of: Literal["app", "owner", "records"]) -> str | None:
        """The password from its file, or None when the URL says it."""
        own = {"app": None, "owner": self.owner_database_url, "records": self.records_database_url}[of]
        file = {
            "app": self.database_password_file,
            "owner": self.owner_password_file if own else self.database_password_file,
            "records": self.records_password_file if own else self.database_password_file,
        }[of]
        return _secret(file) if file else None

    @property
    def tls(self) -> TLSConfig | bool:
        """How Temporal is reached. Raises: WrongSetting when a file cannot be read."""
        if not self.temporal_tls:
            return False
        authority, certificate, key = (
            _content(file) if file else None
            for file in (self.temporal_ca_file, self.temporal_certificate_file, self.temporal_key_file)
        )
        return TLSConfig(server_root_ca_cert=authority, client_cert=certificate, client_private_key=key)

    @property
    def mail_password(self) -> str | None:
        """The mail server's password, from its file or as it was set."""
        if self.smtp_password_file:
            return _secret(self.smtp_password_file)
        return self.smtp_password.get_secret_value() if self.smtp_password else None


def _secret(file: Path) -> str:
    return _content(file).decode("utf-8", errors="replace").strip()


def _content(file: Path) -> bytes:
    """What a file says that a setting names. Raises: WrongSetting when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongSetting(f"the file {file} cannot be read ({error.strerror})") from None


def _running() -> dict[str, object]:
    """What `trinvis up` left, unless servers of one's own are named."""
    path = state_folder() / RUNNING
    if os.environ.get("TRINVIS_DATABASE_URL") or not path.exists():
        return {}
    left: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return left
