"""Options that say what the columns of a diary mean, alike in every command that reads one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from counterpoint.cohort.table import DiaryLayout

MOST_DAYS = 100_000

Command = TypeVar("Command", bound=Callable[..., Any])


def diary_argument(command: Command) -> Command:
    """Add the argument DIARY."""
    argument = click.argument("diary", type=click.Path(path_type=Path), metavar="DIARY")
    return argument(command)


def layout_options(command: Command) -> Command:
    """Add the options that name the columns of a diary."""
    options = (
        click.option(
            "--connection",
            "connection_names",
            required=True,
            multiple=True,
            metavar="NAME[,NAME…]",
            help="Columns of connection, the first is its marker. A leading - turns an item.",
        ),
        click.option(
            "--self",
            "self_names",
            required=True,
            multiple=True,
            metavar="NAME[,NAME…]",
            help="Columns of self; write --self=-NAME to turn an item.",
        ),
        click.option(
            "--couple",
            default="couple",
            show_default=True,
            metavar="COLUMN",
            help="Column that names the couple.",
        ),
        click.option(
            "--member",
            default="member",
            show_default=True,
            metavar="COLUMN",
            help="Column that names the member (files with one row per member).",
        ),
        click.option(
            "--day",
            default="day",
            show_default=True,
            metavar="COLUMN",
            help="Column of the day: a whole number or a date as YYYY-MM-DD.",
        ),
        click.option(
            "--members",
            metavar="A,B",
            help="The two prefixes or suffixes of files with one row per couple and day, "
            "or the two labels in the member column. The first is member a.",
        ),
        click.option(
            "--range",
            "scale",
            metavar="LOW,HIGH",
            help="Ends of the answer scale; they become 0 and 100 points, and an answer at an end "
            "is known only to lie there or beyond. Without it 0,100, and every answer at its word.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def window_option(command: Command) -> Command:
    """Add the option that says how many days of a long diary are taken."""
    option = click.option(
        "--last-days",
        default="120",
        show_default=True,
        metavar="N|all",
        help="Take the last N calendar days of each couple; a longer diary is about how things "
        "were as much as about how they are. all: every day.",
    )
    return option(command)


def build_layout(
    *,
    connection_names: tuple[str, ...],
    self_names: tuple[str, ...],
    couple: str,
    member: str,
    day: str,
    members: str | None,
    scale: str | None,
    last_days: str = "all",
) -> DiaryLayout:
    """Turn the options into the layout of a diary.

    Raises
    ------
    DataError
        An option cannot be read.
    """
    from counterpoint.cohort.table import DiaryLayout, ItemColumn
    from counterpoint.errors import DataError

    written = "0,100" if scale is None else scale
    try:
        low, high = (float(part) for part in written.split(","))
    except ValueError:
        raise DataError(
            f"--range takes two numbers, the lower one first, such as 0,100; not '{written[:40]}'"
        ) from None
    return DiaryLayout(
        connection_items=tuple(map(ItemColumn.parse, _names(connection_names))),
        self_items=tuple(map(ItemColumn.parse, _names(self_names))),
        couple=couple,
        member=member,
        day=day,
        members=tuple(_names((members,))) if members is not None else (),
        low=low,
        high=high,
        has_ends=scale is not None,
        last_days=_window(last_days),
    )


def _window(text: str) -> int | None:
    """Read how many days are taken; ``None``: all."""
    from counterpoint.errors import DataError

    if text == "all":
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        raise DataError(
            f"--last-days takes a number of days from 1 to {MOST_DAYS:,}, or all; not '{text[:40]}'"
        )
    return int(text)


def _names(texts: tuple[str, ...]) -> list[str]:
    return [name.strip() for text in texts for name in text.split(",")]
