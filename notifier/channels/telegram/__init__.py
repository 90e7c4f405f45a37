"""The channel of Telegram; imported only where messages are sent, because its library takes seconds."""

from notifier.channels.telegram.channel import TelegramChannel, telegram_channel

__all__ = ["TelegramChannel", "telegram_channel"]
