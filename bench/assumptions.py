"""What the plan of capacities takes for granted: a bad winter day, and the limits of the providers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Assumptions:
    """Shares of the residents, and the providers' limits; each with its reason in `REASONS`."""

    subscribers: float = 0.20
    by_telegram: float = 0.5
    parts_an_sms: int = 2
    messages_a_year: int = 60
    asking: float = 0.05
    questions_each: int = 2
    busiest_hour: float = 0.20
    peak: float = 2.0
    open_pages: float = 0.01
    streams_a_process: int = 2000
    telegram_a_second: float = 29
    telegram_paid_a_second: float = 1000
    sms_parts_a_second: float = 10
    sms_price: float = 0.20
    within_minutes: int = 30
    used: float = 0.5


REASONS: dict[str, tuple[str, str]] = {
    "subscribers": ("share of residents who subscribe", "one household member in two or three; a high guess"),
    "by_telegram": ("share of subscribers by Telegram, the others by SMS", "unknown before the first winter"),
    "parts_an_sms": ("parts of an SMS", "an alert without Polish letters, about 200 characters"),
    "messages_a_year": ("messages a year to each subscriber", "a winter of smog and an announcement a month"),
    "asking": ("share of residents who ask on a day of smog", "ten times an ordinary day"),
    "questions_each": ("questions of each of them", "the air, and one more"),
    "busiest_hour": ("share of the day's questions in the busiest hour", "all read the alert at the same time"),
    "peak": ("busiest minute as a multiple of that hour's mean", "the first minutes after the alert"),
    "open_pages": ("share of residents with the page open at that moment", "each holds one stream of events"),
    "streams_a_process": ("open streams of one web process", "the limit of api/chat_events.py"),
    "telegram_a_second": ("Telegram messages a second of one bot, free", "Telegram's 30, kept to 29 by the product"),
    "telegram_paid_a_second": ("Telegram messages a second, paid", "Telegram's paid broadcasts; not built in yet"),
    "sms_parts_a_second": ("parts of SMS a second of one number", "SMS_PARTS_PER_SECOND; a contract may give more"),
    "sms_price": ("price of a part in PLN", "SMS_PRICE"),
    "within_minutes": ("minutes in which an alert shall reach everyone", "the aim of this plan"),
    "used": ("share of a process's measured rate that is planned with", "room for a lost process and for peaks"),
}
