"""`hub channel …`: the city's own channels in Telegram, to which announcements and alerts are posted as well."""

from collections.abc import Sequence
from importlib import import_module

from core.errors import HubError
from core.settings import Settings
from hub.bootstrap import address_vault
from hub.commands.base import CommandBase, command_base
from notifier.subscriptions.city_channels import CityChannels
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.topics import Topic


async def add(settings: Settings, name: str, topics: Sequence[Topic], by: str) -> None:
    """Post these topics to a channel, once Telegram says that the bot may."""
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        raise HubError("There is no bot: set TELEGRAM_BOT_TOKEN first.")
    rights = import_module("notifier.channels.telegram.rights")
    known: str = await rights.channel_to_post_to(token, settings.telegram_api_base, name)
    async with command_base(settings) as desk, desk.database.write() as session:
        running = await _channels(settings, desk).add(session, known, topics, by)
    print(f"{known} gets: {', '.join(running)}.")


async def list_channels(settings: Settings) -> None:
    """Print every channel and what goes there."""
    async with command_base(settings) as desk, desk.database.read() as session:
        every = await _channels(settings, desk).listed(session)
    for channel in every:
        print(f"{channel.name}: {', '.join(channel.topics) or 'nothing (removed, or the bot was taken off it)'}")
    if not every:
        print("The city has no channel yet: add one with `hub channel add`.")


async def remove(settings: Settings, name: str, by: str) -> None:
    """Post nothing more to a channel."""
    async with command_base(settings) as desk, desk.database.write() as session:
        await _channels(settings, desk).remove(session, name, by)
    print(f"{name} gets nothing more.")


def _channels(settings: Settings, desk: CommandBase) -> CityChannels:
    return CityChannels(Subscriptions(address_vault(settings), desk.clock), desk.clock)
