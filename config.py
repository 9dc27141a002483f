"""Settings: frozen, read once from the environment; production refuses anything unsafe."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = ("production", "demonstration", "test")
SHORTEST_KEY = 32
POSTGRES = "postgresql+psycopg://"
MOUNTS = Path("/proc/mounts")
SHARED_DISKS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
)


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
    hosts: tuple[str, ...] = ()
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
    if environment not in ENVIRONMENTS:
        raise Unsafe(f"AUDIT_ENVIRONMENT is {environment!r}; it must be {', '.join(ENVIRONMENTS[:2])} or test.")
    instance = Path(env.get("INSTANCE", HERE / "instance")).resolve()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    given, council = env.get("SECRET_KEY", ""), env.get("COUNCIL_NAME", "").strip()
    production = environment == "production"
    if production:
        _refuse_guessable(given)
        _refuse_open_to_others(instance)
        if not council:
            raise Unsafe("COUNCIL_NAME must be set in production.")
    return Settings(
        environment=environment,
        instance=instance,
        secret_key=given or _kept_secret(instance),
        database_url=_database(env.get("DATABASE_URL") or f"sqlite:///{instance / 'audits.sqlite3'}"),
        service_name=env.get("SERVICE_NAME", "Case audit and moderation"),
        council_name=council or "Northmere Council",
        marking=env.get("MARKING", "OFFICIAL-SENSITIVE"),
        hosts=tuple(host.strip() for host in env.get("HOSTS", "").split(",") if host.strip()),
        secure_cookies=production,
        proxies=_number(env, "PROXIES", 0, least=0),
        session_idle_minutes=_number(env, "SESSION_IDLE_MINUTES", 60),
        session_hours=_number(env, "SESSION_HOURS", 12),
        upload_megabytes=_number(env, "UPLOAD_MEGABYTES", 20),
    )


def _number(env: Mapping[str, str], name: str, usual: int, *, least: int = 1) -> int:
    text = env.get(name, "").strip() or str(usual)
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or int(text) < least:
        raise Unsafe(f"{name} is {text!r}; it must be a whole number of at least {least}.")
    return int(text)


def _refuse_guessable(key: str) -> None:
    if len(key) < SHORTEST_KEY or len(set(key)) < SHORTEST_KEY // 4:
        raise Unsafe(f"SECRET_KEY must be set to at least {SHORTEST_KEY} random characters in production.")


def _refuse_open_to_others(folder: Path) -> None:
    if folder.stat().st_mode & 0o077:
        raise Unsafe(f"{folder} is open to other accounts of this machine. Close it: chmod 700 {folder}")


def _database(url: str) -> str:
    """The address of the database, checked: a file on a disk of this machine's own, or PostgreSQL."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return POSTGRES + url.removeprefix(short)
    if url.startswith(POSTGRES):
        return url
    file = url.removeprefix("sqlite:///")
    if file in (url, "") or file.startswith(":memory:"):
        raise Unsafe("DATABASE_URL must begin with sqlite:/// and name a file, or begin with postgresql://")
    if (disk := _disk_of(Path(file).resolve())) in SHARED_DISKS:
        raise Unsafe(f"The database {file} lies on a network disk ({disk}), where SQLite loses work. Use PostgreSQL.")
    return url


def _disk_of(file: Path) -> str:
    """What kind of disk a file lies on, where the machine tells."""
    found = (0, "")
    for line in MOUNTS.read_text().splitlines() if MOUNTS.exists() else ():
        _, place, kind, *_ = line.split()
        place = place.replace("\\040", " ")
        if file.is_relative_to(place) and len(place) >= found[0]:
            found = (len(place), kind)
    return found[1]


def _kept_secret(instance: Path) -> str:
    """A random key that is made once and kept beside the database, readable by its owner only."""
    file, mine = instance / "secret_key", instance / f"secret_key.{secrets.token_hex(8)}"
    if not file.exists():
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # two processes may start at once: both take the one that stands
            os.link(mine, file)
        mine.unlink()
    return file.read_text()
