"""Reading settings: the environment before what `trinvis up` left, and secrets that stay secret."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr
from temporalio.service import TLSConfig
from typer.testing import CliRunner

from cli import app
from runtime.settings import RUNNING, Settings, WrongSetting, state_folder

LEFT = {
    "database_url": "postgresql://left@127.0.0.1:1/trinvis",
    "owner_database_url": "postgresql://owner@127.0.0.1:1/trinvis",
    "records_database_url": "postgresql://records@127.0.0.1:1/trinvis",
    "temporal_address": "127.0.0.1:2",
}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own, and no setting from outside."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    monkeypatch.setenv("TRINVIS_STATE", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def left(state: Path) -> Path:
    """What `trinvis up` has left."""
    file = state / RUNNING
    file.write_text(json.dumps(LEFT))
    return file


def test_without_anything_there_is_no_server() -> None:
    assert (Settings().database_url, Settings().temporal_address) == (None, None)


@pytest.mark.usefixtures("left")
def test_what_up_left_is_used_by_the_other_commands() -> None:
    assert Settings().url("app") == LEFT["database_url"]
    assert Settings().url("records") == LEFT["records_database_url"]
    assert Settings().temporal_address == LEFT["temporal_address"]


@pytest.mark.usefixtures("left")
def test_the_environment_goes_before_what_up_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example:7233")
    assert Settings().temporal_address == "temporal.example:7233"
    assert Settings().url("app") == LEFT["database_url"]


@pytest.mark.usefixtures("left")
def test_whoever_names_a_database_gets_nothing_of_what_up_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINVIS_DATABASE_URL", "postgresql://own@db.example/trinvis")
    assert Settings().url("owner") == "postgresql://own@db.example/trinvis"
    assert Settings().temporal_address is None


@pytest.mark.usefixtures("left")
def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINVIS_DATABASE_URL", "")
    assert Settings().url("app") == LEFT["database_url"]


def test_the_state_folder_is_the_same_from_every_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRINVIS_STATE", "state")
    monkeypatch.chdir(tmp_path)
    assert state_folder() == tmp_path / "state"


def test_each_login_has_the_password_of_its_own_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for login in ("DATABASE", "OWNER", "RECORDS"):
        (tmp_path / login).write_text(f"password of {login}\n")
        monkeypatch.setenv(f"TRINVIS_{login}_PASSWORD_FILE", str(tmp_path / login))
    monkeypatch.setenv("TRINVIS_DATABASE_URL", "postgresql://app@db.example/trinvis")
    monkeypatch.setenv("TRINVIS_OWNER_DATABASE_URL", "postgresql://owner@db.example/trinvis")
    settings = Settings()
    assert settings.password("app") == "password of DATABASE"
    assert settings.password("owner") == "password of OWNER"
    assert settings.password("records") == "password of DATABASE", "a URL of its own is missing, so is its login"


def test_the_mail_password_comes_from_its_file_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRINVIS_SMTP_PASSWORD", "from the environment")
    assert Settings().mail_password == "from the environment"  # noqa: S105 - made up here
    (tmp_path / "smtp").write_text("from the file\n")
    monkeypatch.setenv("TRINVIS_SMTP_PASSWORD_FILE", str(tmp_path / "smtp"))
    assert Settings().mail_password == "from the file"  # noqa: S105 - made up here


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    settings = Settings.model_validate({"database_password_file": tmp_path / "missing"})
    with pytest.raises(WrongSetting, match="missing"):
        settings.password("app")


def test_temporal_is_reached_in_the_clear_unless_tls_is_asked_for() -> None:
    assert Settings().tls is False


def test_temporal_is_reached_by_tls_with_the_certificates_that_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEMPORAL_TLS", "true")
    assert Settings().tls == TLSConfig()
    for variable in ("SERVER_CA_CERT", "CLIENT_CERT", "CLIENT_KEY"):
        (tmp_path / variable).write_text(f"PEM of {variable}")
        monkeypatch.setenv(f"TEMPORAL_TLS_{variable}_PATH", str(tmp_path / variable))
    assert Settings().tls == TLSConfig(
        server_root_ca_cert=b"PEM of SERVER_CA_CERT",
        client_cert=b"PEM of CLIENT_CERT",
        client_private_key=b"PEM of CLIENT_KEY",
    )


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINVIS_CONNECTIONS", "secret-by-mistake")
    with pytest.raises(WrongSetting, match="TRINVIS_CONNECTIONS") as caught:
        Settings()
    assert "secret-by-mistake" not in str(caught.value)


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_trinvis_settings_names_every_variable_and_no_secret(
    form: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRINVIS_DATABASE_URL", "postgresql://app:pass-1@db.example:5432/trinvis")
    monkeypatch.setenv("TRINVIS_OWNER_DATABASE_URL", "postgresql://db.example/trinvis?user=owner&password=pass-2")
    monkeypatch.setenv("TRINVIS_SMTP_PASSWORD", "pass-3")
    monkeypatch.setenv("TRINVIS_SMTP_PASSWORD_FILE", str(tmp_path / "smtp"))
    (tmp_path / "smtp").write_text("pass-4")
    shown = CliRunner().invoke(app, ["settings", *form])
    assert shown.exit_code == 0
    assert "pass-" not in shown.output
    assert "db.example" in shown.output
    for field in Settings.model_fields.values():
        assert str(field.validation_alias) in shown.output


def test_secrets_are_hidden_when_settings_are_printed() -> None:
    urls = ("database_url", "owner_database_url", "records_database_url")
    settings = Settings.model_validate(
        {"smtp_password": SecretStr("pass-5"), **dict.fromkeys(urls, "postgresql://app:pass-6@db.example/trinvis")}
    )
    assert "pass-" not in repr(settings)
