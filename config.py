"""Settings: frozen, read once from the environment; production refuses anything unsafe."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Unsafe(Exception):
    """Settings with which the service must not start."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ from one installation to another."""

    environment: str
    instance: Path
    secret_key: str
    database_url: str
    service_name: str = "Case audit and moderation"
    council_name: str = "Your council"
    marking: str = "OFFICIAL-SENSITIVE"
    secure_cookies: bool = True
    proxies: int = 0
    session_idle_minutes: int = 60
    session_hours: int = 12
    upload_megabytes: int = 20
    link_hours: int = 72
    argon2_memory_kib: int = 19_456
    argon2_rounds: int = 2

    @property
    def demonstration(self) -> bool:
        """Whether fictional people may be listed on the sign-in page."""
        return self.environment == "demonstration"


def settings(env: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment (by default this process's)."""
    env = os.environ if env is None else env
    environment = env.get("AUDIT_ENVIRONMENT", "production")
    if environment not in ("production", "demonstration", "test"):
        raise Unsafe(f"AUDIT_ENVIRONMENT is {environment!r}; it must be production, demonstration or test.")
    instance = Path(env.get("INSTANCE", HERE / "instance")).resolve()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    production = environment == "production"
    given = env.get("SECRET_KEY", "")
    if production and len(given) < 32:
        raise Unsafe("SECRET_KEY must be set to at least 32 random characters in production.")
    if production and env.get("COUNCIL_NAME", "") == "":
        raise Unsafe("COUNCIL_NAME must be set in production.")
    return Settings(
        environment=environment,
        instance=instance,
        secret_key=given or _kept_secret(instance),
        database_url=env.get("DATABASE_URL", f"sqlite:///{instance / 'audits.sqlite3'}"),
        service_name=env.get("SERVICE_NAME", "Case audit and moderation"),
        council_name=env.get("COUNCIL_NAME", "Northmere Council"),
        marking=env.get("MARKING", "OFFICIAL-SENSITIVE"),
        secure_cookies=production,
        proxies=int(env.get("PROXIES", "0")),
        session_idle_minutes=int(env.get("SESSION_IDLE_MINUTES", "60")),
        session_hours=int(env.get("SESSION_HOURS", "12")),
        upload_megabytes=int(env.get("UPLOAD_MEGABYTES", "20")),
    )


def _kept_secret(instance: Path) -> str:
    """A random key that is made once and kept beside the database, readable by its owner only."""
    file = instance / "secret_key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text()
