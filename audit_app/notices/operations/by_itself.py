"""What the worker does by itself: the day's reminders, letters as they come, and what is forgotten at night."""

from audit_app.notices.operations.forgetting import forget
from audit_app.notices.operations.reminding import remind
from audit_app.notices.operations.sending import send_waiting
from audit_app.work.operations import periodic


@periodic("notices.remind", at="07:00")
def remind_every_day() -> None:
    """Make the day's reminders before people come to work."""
    remind()


@periodic("notices.send", minutes=1)
def send_every_minute() -> None:
    """Send the letters whose time has come."""
    send_waiting()


@periodic("notices.forget", at="03:30")
def forget_every_night() -> None:
    """Erase what is long over."""
    forget()
