"""The command line `hub`."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable

import uvloop

from core.errors import HubError
from core.logging import configure_logging
from core.settings import Settings, load_settings
from hub import nlu_commands, run
from hub.database_commands import upgrade_database

Command = Callable[[Settings], Awaitable[None]]

_COMMANDS: dict[tuple[str, ...], tuple[Command, str]] = {
    ("run",): (run.run_all, "everything in one process: pages, chat, scheduler, language model"),
    ("api",): (run.run_api, "pages and chat, with the language model"),
    ("scheduler",): (run.run_scheduler, "the regular jobs: live data, clean-up"),
    ("db", "upgrade"): (upgrade_database, "bring the database to the newest version"),
    ("nlu", "train"): (nlu_commands.train, "train the language model if its inputs changed"),
    ("nlu", "parse"): (nlu_commands.parse, 'JSON lines {"text": …} on stdin → the same lines with their understanding'),
    ("nlu", "evaluate"): (nlu_commands.evaluate, "measure the model on the development sentences"),
}


def main() -> None:
    """Run a command; a fault that the operator can mend is one sentence on standard error and exit code 1."""
    command = _parse_arguments()
    try:
        settings = load_settings()
        configure_logging(json=not settings.is_demo, level=settings.log_level)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_finish(command, settings))
    except HubError as error:
        sys.exit(str(error))
    except ExceptionGroup as group:
        expected, unexpected = group.split(HubError)
        if unexpected or not expected:
            raise
        sys.exit("\n".join(str(error) for error in _leaves(expected)))


async def _finish(command: Command, settings: Settings) -> None:
    await command(settings)


def _leaves(group: BaseExceptionGroup[HubError]) -> list[BaseException]:
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]


def _parse_arguments() -> Command:
    parser = argparse.ArgumentParser(prog="hub", description="City assistant: run it and look after it.")
    commands = parser.add_subparsers(required=True, metavar="command")
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for words, (command, description) in _COMMANDS.items():
        parent = commands
        if len(words) > 1:
            if words[0] not in groups:
                group = commands.add_parser(words[0], help=f"commands of {words[0]}")
                groups[words[0]] = group.add_subparsers(required=True, metavar="command")
            parent = groups[words[0]]
        parent.add_parser(words[-1], help=description).set_defaults(command=command)
    chosen: Command = parser.parse_args().command
    return chosen
