"""The day and the person that commands write down."""

from datetime import date
from secrets import token_hex

import click

from reporter.cli import options
from reporter.data.errors import UsageError
from reporter.data.write.applying import Writer


def day_of(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A day as it is typed; left out, today. Raises UsageError for anything else."""
    try:
        return date.fromisoformat(value).isoformat() if value else options.local_now().date().isoformat()
    except ValueError:
        raise UsageError(f"--day {value!r} is no date", hint="write one such as 2022-03-03") from None


def writer_of(named: str) -> Writer:
    """Who writes into files now. What one command writes is taken back as one."""
    return Writer(options.person_of(named), options.local_now(), token_hex(8))
