"""Dates as ISO text, the only way the model writes them."""

from collections.abc import Iterable
from datetime import date, datetime, time


def date_of(iso: str) -> date:
    """The day an ISO text names; raises ValueError when there is no such day."""
    return date.fromisoformat(iso)


def year_of(iso: str) -> int | None:
    """The year of an ISO text, or None of an empty one."""
    return int(iso[:4]) if iso else None


def year_runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Years that follow each other, as the first and last of each run, in their order."""
    runs: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def midnight(iso: str) -> datetime:
    """The beginning of a day, for formats that want a time as well."""
    return datetime.combine(date_of(iso), time())
