"""The conversation with the mail server."""

import datetime as dt
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from audit_app.notices.letters import Letter
from audit_app.wording.placeholders import in_one_line
from config import Post

LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a try: nothing wrong, or what; whether never to try again; whether the server is the trouble."""

    problem: str = ""
    for_good: bool = False
    server: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter on its way: to whom, what it says, its name that stays the same at every try, and which try this is."""

    to: str
    name: str
    letter: Letter
    message_id: str
    made_at: dt.datetime
    tries: int


def envelope(
    letter: Letter, to: str, name: str, message_id: str, made_at: dt.datetime, *, sender: str, service: str
) -> EmailMessage:
    """A letter as mail: plain words only; the library refuses headers with line breaks."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=in_one_line(service), addr_spec=sender)
    message["To"] = Address(display_name=in_one_line(name), addr_spec=to)
    message["Subject"] = letter.subject
    message["Date"] = made_at
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence is answered to
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body, cte="quoted-printable")
    return message


def is_address(text: str) -> bool:
    """Whether letters can be addressed to this: one name at one place, in plain signs."""
    name, at, place = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(' ()<>[],;:\\"')
    labels = place.split(".")
    return plain and bool(name and at) and "@" not in name and all(labels) and len(text) <= LONGEST_ADDRESS


def connect(post: Post) -> smtplib.SMTP:
    """A conversation begun: encrypted and signed in as the settings say; raises what `trouble` understands."""
    context = ssl.create_default_context(cafile=str(post.authorities) if post.authorities else None)
    me = post.sender.rpartition("@")[2]
    if post.tls == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            post.host, post.port, local_hostname=me, timeout=post.patience, context=context
        )
    else:
        line = smtplib.SMTP(post.host, post.port, local_hostname=me, timeout=post.patience)
    try:
        if post.tls == "starttls":
            line.starttls(context=context)
        if post.user:
            line.login(post.user, post.password)
    except BaseException:
        line.close()
        raise
    return line


def deliver(line: smtplib.SMTP, message: EmailMessage, sender: str, to: str) -> Outcome:
    """Hand one letter over, and say what came of it."""
    try:
        line.send_message(message, sender, [to])
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        return Outcome("address refused" if code >= 500 else "asked to come later", for_good=code >= 500)
    except smtplib.SMTPDataError as refused:
        code = refused.smtp_code
        return Outcome("letter refused" if code >= 500 else "asked to come later", for_good=code >= 500)
    except (OSError, smtplib.SMTPException) as error:
        return trouble(error)
    return Outcome()


def trouble(error: Exception) -> Outcome:
    """What is wrong with the server or with how it is asked: every letter would meet it, so none is to blame."""
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Outcome("no answer in time", server=True)
    if isinstance(error, ssl.SSLError):
        return Outcome("certificate or encryption not accepted", server=True)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Outcome("sign-in refused", server=True)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Outcome("sender refused", server=True)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Outcome("the server lacks what is needed", server=True)
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return Outcome("no connection", server=True)
    return Outcome("conversation broken off", server=True)
