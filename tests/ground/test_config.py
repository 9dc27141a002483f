"""Settings with which the service starts, and those with which it must not."""

import threading
from pathlib import Path

import pytest

import config
from config import Console, Notify, Post, Settings, Unsafe, settings

KEY = "k3PqX9vR2mT7wLz4Jc8Bn6Hd1Fs5Gy0A"


def production(instance: Path, **more: str) -> Settings:
    """The settings of a production environment; an empty value takes one away."""
    given = {"AUDIT_ENVIRONMENT": "production", "SECRET_KEY": KEY, "COUNCIL_NAME": "Northmere"} | more
    return settings({"INSTANCE": str(instance)} | {name: value for name, value in given.items() if value})


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def test_production_starts_with_a_key_and_a_name(instance: Path) -> None:
    made = production(instance)
    assert (made.environment, made.secret_key, made.council_name) == ("production", KEY, "Northmere")
    assert made.secure_cookies
    assert not made.demonstration


def test_what_is_not_said_is_production(instance: Path) -> None:
    assert production(instance, AUDIT_ENVIRONMENT="").environment == "production"


@pytest.mark.parametrize("name", ["development", "Production", "prod", "demonstration "])
def test_an_unknown_environment_is_refused(instance: Path, name: str) -> None:
    with pytest.raises(Unsafe, match="AUDIT_ENVIRONMENT"):
        production(instance, AUDIT_ENVIRONMENT=name)


@pytest.mark.parametrize("key", ["", "short", "k" * 64, "change-me" * 1, "abcabcabc" * 10])
def test_production_refuses_a_key_that_can_be_guessed(instance: Path, key: str) -> None:
    with pytest.raises(Unsafe, match="SECRET_KEY"):
        production(instance, SECRET_KEY=key)


@pytest.mark.parametrize("name", ["", "   "])
def test_production_refuses_to_be_nobodys(instance: Path, name: str) -> None:
    with pytest.raises(Unsafe, match="COUNCIL_NAME"):
        production(instance, COUNCIL_NAME=name)


def test_the_folder_of_an_installation_is_for_its_owners_eyes_only(instance: Path) -> None:
    production(instance)
    assert instance.stat().st_mode & 0o777 == 0o700


def test_production_refuses_a_folder_that_is_open_to_others(instance: Path) -> None:
    instance.mkdir()
    for mode in (0o750, 0o701, 0o777):
        instance.chmod(mode)
        with pytest.raises(Unsafe, match="chmod 700"):
            production(instance)
    instance.chmod(0o700)
    assert production(instance).instance == instance


@pytest.mark.parametrize("name", ["PROXIES", "SESSION_HOURS", "SESSION_IDLE_MINUTES", "UPLOAD_MEGABYTES"])
@pytest.mark.parametrize("value", ["-1", "many", "1.5", "٣", "99999999"])
def test_a_number_that_is_none_is_refused_by_name(instance: Path, name: str, value: str) -> None:
    with pytest.raises(Unsafe, match=name):
        production(instance, **{name: value})


def test_a_session_of_no_length_is_refused_and_no_proxies_are_fine(instance: Path) -> None:
    with pytest.raises(Unsafe, match="SESSION_HOURS"):
        production(instance, SESSION_HOURS="0")
    assert production(instance, PROXIES="0").proxies == 0


def test_the_hosts_that_are_answered_to_are_a_list(instance: Path) -> None:
    assert production(instance).hosts == ()
    assert production(instance, HOSTS="audit.council.gov.uk, audit").hosts == ("audit.council.gov.uk", "audit")


@pytest.mark.parametrize("begins", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_a_postgresql_may_be_written_as_people_write_it(instance: Path, begins: str) -> None:
    made = production(instance, DATABASE_URL=f"{begins}audit@db/audit")
    assert made.database_url == "postgresql+psycopg://audit@db/audit"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://db/audit", "audits.sqlite3"])
def test_a_database_that_keeps_nothing_or_is_unknown_is_refused(instance: Path, url: str) -> None:
    with pytest.raises(Unsafe, match="DATABASE_URL"):
        production(instance, DATABASE_URL=url)


def test_a_file_on_a_network_disk_is_refused(instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/share {tmp_path / 'shared folder'} nfs4 rw 0 0\n")
    mounts.write_text(mounts.read_text().replace("shared folder", "shared\\040folder"))
    monkeypatch.setattr(config, "MOUNTS", mounts)
    with pytest.raises(Unsafe, match="network disk"):
        production(instance, DATABASE_URL=f"sqlite:///{tmp_path / 'shared folder' / 'audits.sqlite3'}")
    near = f"sqlite:///{tmp_path / 'shared folder of mine' / 'audits.sqlite3'}"
    assert production(instance, DATABASE_URL=near).database_url == near


def test_a_demonstration_keeps_a_key_of_its_own(instance: Path) -> None:
    env = {"AUDIT_ENVIRONMENT": "demonstration", "INSTANCE": str(instance)}
    made = settings(env)
    assert made.demonstration
    assert len(made.secret_key) >= 48
    assert settings(env).secret_key == made.secret_key
    assert [(one.name, one.stat().st_mode & 0o777) for one in instance.iterdir()] == [("secret_key", 0o600)]


def test_processes_that_start_at_once_share_one_key(instance: Path) -> None:
    together, keys = threading.Barrier(8), list[str]()

    def start() -> None:
        together.wait()
        keys.append(settings({"AUDIT_ENVIRONMENT": "demonstration", "INSTANCE": str(instance)}).secret_key)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(keys) == 8
    assert len(set(keys)) == 1 and keys[0]
    assert [one.name for one in instance.iterdir()] == ["secret_key"]


def test_settings_are_frozen(instance: Path) -> None:
    with pytest.raises(AttributeError):
        production(instance).secret_key = "another"  # type: ignore[misc]


POST = {"SMTP_HOST": "mail.council.example", "MAIL_FROM": "audits@council.example"}
URL = "https://audits.council.example"


def test_without_a_mail_server_no_letters_are_sent(instance: Path) -> None:
    assert production(instance).post is None


def test_letters_travel_encrypted_unless_said_otherwise(instance: Path) -> None:
    made = production(instance, SERVICE_URL=URL, SMTP_USER="audits", SMTP_PASSWORD="quiet words", **POST)
    assert isinstance(made.post, Post)
    assert (made.post.tls, made.post.port, made.service_url) == ("starttls", 587, f"{URL}/")
    assert "quiet words" not in repr(made)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"SERVICE_URL": ""}, "SERVICE_URL must be set"),
        ({"SERVICE_URL": "http://audits.council.example"}, "SERVICE_URL"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "audits@council.example\r\nBcc: all@council.example"}, "MAIL_FROM"),
        ({"SMTP_TLS": "none"}, "unencrypted"),
        ({"SMTP_TLS": "ssl"}, "SMTP_TLS"),
        ({"SMTP_PORT": "smtp"}, "SMTP_PORT"),
        ({"SMTP_AUTHORITIES": "/no/such/file"}, "SMTP_AUTHORITIES"),
    ],
)
def test_production_refuses_letters_that_are_not_safe(instance: Path, more: dict[str, str], why: str) -> None:
    with pytest.raises(Unsafe, match=why):
        production(instance, **{"SERVICE_URL": URL} | POST | more)


def test_a_mail_server_on_this_machine_may_speak_plainly(instance: Path) -> None:
    made = production(instance, SERVICE_URL=URL, **POST | {"SMTP_HOST": "localhost", "SMTP_TLS": "none"})
    assert isinstance(made.post, Post)
    assert made.post.port == 25


TEMPLATE = "1f2e3d4c-0000-4000-8000-0123456789ab"
NOTIFY = {"NOTIFY_API_KEY": f"audits-{TEMPLATE}-{TEMPLATE}", "NOTIFY_TEMPLATE": TEMPLATE}


def test_letters_can_go_by_notify_and_its_key_is_not_shown(instance: Path) -> None:
    made = production(instance, SERVICE_URL=URL, **NOTIFY)
    assert isinstance(made.post, Notify)
    assert made.post.url == "https://api.notifications.service.gov.uk"
    assert NOTIFY["NOTIFY_API_KEY"] not in repr(made)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"NOTIFY_TEMPLATE": ""}, "NOTIFY_TEMPLATE is ''"),
        ({"NOTIFY_API_KEY": ""}, "NOTIFY_API_KEY is not"),
        ({"NOTIFY_API_KEY": TEMPLATE}, "not a key"),
        ({"NOTIFY_TEMPLATE": "letters"}, "NOTIFY_TEMPLATE"),
        ({"NOTIFY_REPLY_TO": "audits@council.example"}, "NOTIFY_REPLY_TO"),
        ({"NOTIFY_URL": "http://localhost:9/"}, "NOTIFY_URL"),
        ({"NOTIFY_URL": "https://"}, "NOTIFY_URL"),
        ({"SERVICE_URL": ""}, "SERVICE_URL must be set"),
        (POST, "MAIL_BY"),
        ({"MAIL_BY": "smtp"}, "SMTP_HOST is not set"),
        ({"MAIL_BY": "pigeon"}, "MAIL_BY"),
        ({"MAIL_BY": "console"}, "console"),
    ],
)
def test_notify_that_is_set_by_half_keeps_the_service_from_starting(
    instance: Path, more: dict[str, str], why: str
) -> None:
    with pytest.raises(Unsafe, match=why):
        production(instance, **{"SERVICE_URL": URL} | NOTIFY | more)


def test_of_two_ways_the_named_one_is_taken(instance: Path) -> None:
    for by, kind in (("smtp", Post), ("notify", Notify)):
        assert isinstance(production(instance, SERVICE_URL=URL, MAIL_BY=by, **NOTIFY | POST).post, kind)


def test_whoever_tries_things_out_can_read_letters_in_the_log(instance: Path) -> None:
    more = {"AUDIT_ENVIRONMENT": "demonstration", "MAIL_BY": "console", "SERVICE_URL": "http://localhost:8000"}
    assert isinstance(production(instance, **more).post, Console)
