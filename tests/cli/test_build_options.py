"""How many documents are made at once: as many as there are processors, and as many as wanted."""

import os
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from reporter.cli import build_options
from reporter.cli.build_options import BuildChoices, make_due
from reporter.document.outline import Volume
from reporter.edition.job import Job
from reporter.files.workspace import Workspace
from reporter.produce.order import Order, Outcome
from tests import small

CHOICES = BuildChoices(("html",), quiet=True)


@pytest.mark.parametrize(
    ("processors", "languages", "jobs", "validate", "workers"),
    [
        (2, 3, None, False, 2),
        (8, 3, None, False, 3),
        (8, 6, None, False, 4),
        (None, 3, None, False, 1),
        # Who validates is not who makes them.
        (8, 3, None, True, 3),
        (1, 3, 5, False, 5),
        (8, 3, 2, True, 2),
    ],
)
def test_as_many_are_made_at_once_as_there_are_processors_and_no_more_than_four(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    processors: int | None,
    languages: int,
    jobs: int | None,
    validate: bool,
    workers: int,
) -> None:
    asked: list[int] = []

    def usual_executor(_orders: Sequence[Order], workers: int, _cache: Path) -> None:
        asked.append(workers)

    def build_all(
        _workspace: Workspace, orders: Sequence[Order], _executor: None, **_more: object
    ) -> Generator[Outcome, None, None]:
        yield from [Outcome(order.job) for order in orders]

    batch = SimpleNamespace(build_all=build_all, usual_executor=usual_executor)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr(build_options, "import_module", lambda _: batch)
    monkeypatch.setattr(build_options, "load_validate", lambda: SimpleNamespace(prove=None))
    workspace = Workspace(small.write(tmp_path))
    named = [Job("XX", 2020, language) for language in ("en", "lt", "lv", "et", "de", "fr")[:languages]]
    choices = replace(CHOICES, formats=("pdf",) if validate else ("html",), jobs=jobs, validate=validate)
    made = make_due(workspace, workspace.snapshot(), named, choices)
    wanted = [replace(job, volume=volume) for job in named for volume in (Volume.MAIN, Volume.METHODS)]
    assert (wanted, [workers]) == ([each.job for each in made], asked)
