"""Settings: frozen, read once from the environment; production refuses anything unsafe."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = ("production", "demonstration", "test")
SHORTEST_KEY = 32
POSTGRES = "postgresql+psycopg://"
MOUNTS = Path("/proc/mounts")
SHARED_DISKS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
)


UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
NOTIFY_URL = "https://api.notifications.service.gov.uk"
NOTIFY_KEY = re.compile(rf"[\w.-]+-{UUID}-{UUID}")
MAIL_BY = ("smtp", "notify", "console")
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class Unsafe(Exception):
    """Settings with which the service must not start."""


@dataclass(frozen=True, slots=True)
class Post:
    """The mail server that letters go through, and whom they come from."""

    sender: str
    host: str
    port: int = 587
    tls: str = "starttls"  # starttls, tls, or none for a server on this machine
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: Path | None = None  # a file, where the server has a certificate of one’s own
    patience: float = 20.0  # seconds for each answer

    @property
    def place(self) -> str:
        """Where letters are from: the part of the address behind the @."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Notify:
    """GOV.UK Notify: the key of an API, the template that letters fill, and where it answers."""

    key: str = field(repr=False)
    template: str
    url: str = NOTIFY_URL
    reply_to: str = ""  # the id of a reply-to address that is known there
    patience: float = 20.0  # seconds for each answer
    place: str = "notify.invalid"  # letters have a name of their own all the same


@dataclass(frozen=True, slots=True)
class Console:
    """Letters are shown in the log and go nowhere: for trying things out."""

    place: str = "console.invalid"


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
    work: str = ""
    link_hours: int = 72
    argon2_memory_kib: int = 19_456
    argon2_rounds: int = 2
    service_url: str = ""  # where people reach the service: what letters link to
    post: Post | Notify | Console | None = None  # without one, people are told in the service only

    @property
    def demonstration(self) -> bool:
        """Whether fictional people may be listed on the sign-in page."""
        return self.environment == "demonstration"

    @property
    def works_at_once(self) -> bool:
        """Whether long work is carried out in the request that asks for it, for want of a worker process."""
        return (self.work or ("at_once" if self.environment == "test" else "worker")) == "at_once"


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
        service_url=(url := _address(env.get("SERVICE_URL", "").strip(), production)),
        post=_post(env, url, production),
        work=_one_of(env, "WORK", ("worker", "at_once")),
    )


def _number(env: Mapping[str, str], name: str, usual: int, *, least: int = 1) -> int:
    text = env.get(name, "").strip() or str(usual)
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or int(text) < least:
        raise Unsafe(f"{name} is {text!r}; it must be a whole number of at least {least}.")
    return int(text)


def _one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = env.get(name, "").strip()
    if text and text not in choices:
        raise Unsafe(f"{name} is {text!r}; it must be {' or '.join(choices)}.")
    return text


def _address(url: str, production: bool) -> str:
    """Where people reach the service, ending in a slash."""
    begins = ("https://",) if production else ("https://", "http://")
    if url and (not url.startswith(begins) or not url.isascii() or not url.isprintable() or " " in url):
        raise Unsafe(f"SERVICE_URL is {url!r}; it must begin with {' or '.join(begins)}.")
    return url.rstrip("/") + "/" if url else ""


def _post(env: Mapping[str, str], url: str, production: bool) -> Post | Notify | Console | None:
    """How letters go out, if they do: by a mail server, by GOV.UK Notify, or only into the log."""
    named = {"smtp": bool(env.get("SMTP_HOST", "").strip()), "notify": bool(env.get("NOTIFY_API_KEY", "").strip())}
    if env.get("NOTIFY_TEMPLATE", "").strip() and not named["notify"]:
        raise Unsafe("NOTIFY_TEMPLATE is set, but NOTIFY_API_KEY is not.")
    by = _one_of(env, "MAIL_BY", MAIL_BY)
    if not by and all(named.values()):
        raise Unsafe("Both SMTP_HOST and NOTIFY_API_KEY are set. Say in MAIL_BY which one letters go by.")
    by = by or next((one for one, is_named in named.items() if is_named), "")
    if not by:
        return None
    if by in named and not named[by]:
        raise Unsafe(f"MAIL_BY is {by}, but {'SMTP_HOST' if by == 'smtp' else 'NOTIFY_API_KEY'} is not set.")
    if by == "console" and production:
        raise Unsafe("MAIL_BY is console, which shows letters in the log. In production set smtp or notify.")
    if not url:
        raise Unsafe("SERVICE_URL must be set where letters are sent: it is what they link to.")
    if by == "console":
        return Console()
    return _smtp(env, production) if by == "smtp" else _notify(env, production)


def _notify(env: Mapping[str, str], production: bool) -> Notify:
    """GOV.UK Notify, set whole; its key never travels unencrypted beyond this machine."""
    key, template = env.get("NOTIFY_API_KEY", "").strip(), env.get("NOTIFY_TEMPLATE", "").strip()
    reply_to = env.get("NOTIFY_REPLY_TO", "").strip()
    if not NOTIFY_KEY.fullmatch(key):
        raise Unsafe("NOTIFY_API_KEY is not a key of GOV.UK Notify: a name and two ids, joined by hyphens.")
    for name, given in (("NOTIFY_TEMPLATE", template), ("NOTIFY_REPLY_TO", reply_to)):
        if not re.fullmatch(UUID, given) and (given or name == "NOTIFY_TEMPLATE"):
            raise Unsafe(f"{name} is {given!r}; it must be an id, as GOV.UK Notify shows it.")
    address = env.get("NOTIFY_URL", "").strip() or NOTIFY_URL
    place = urlsplit(address)
    here = place.scheme == "http" and place.hostname in THIS_MACHINE and not production
    if not here and (place.scheme != "https" or not place.hostname):
        raise Unsafe(f"NOTIFY_URL is {address!r}; it must begin with https://")
    return Notify(key, template, address, reply_to)


def _smtp(env: Mapping[str, str], production: bool) -> Post:
    """The mail server; in production nothing travels unencrypted beyond this machine."""
    host, sender = env.get("SMTP_HOST", "").strip(), env.get("MAIL_FROM", "").strip()
    tls, user = env.get("SMTP_TLS", "starttls").strip() or "starttls", env.get("SMTP_USER", "")
    if tls not in SMTP_PORTS:
        raise Unsafe(f"SMTP_TLS is {tls!r}; it must be {', '.join(SMTP_PORTS)}.")
    if production and tls == "none" and host not in THIS_MACHINE:
        raise Unsafe(f"Letters would travel unencrypted to {host}. Set SMTP_TLS to starttls or tls.")
    if sender.count("@") != 1 or not sender.isascii() or not sender.isprintable() or " " in sender.strip():
        raise Unsafe("MAIL_FROM must be the address that letters come from, such as audits@council.example.")
    file = env.get("SMTP_AUTHORITIES", "").strip()
    if file and not Path(file).is_file():
        raise Unsafe(f"SMTP_AUTHORITIES names no file: {file}")
    port = _number(env, "SMTP_PORT", SMTP_PORTS[tls])
    return Post(sender, host, port, tls, user, env.get("SMTP_PASSWORD", ""), Path(file) if file else None)


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
