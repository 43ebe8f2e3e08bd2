"""How many documents are made at once: as many as there are processors, and as many as wanted."""

import os
from types import SimpleNamespace

import pytest

from reporter.cli import build_options
from reporter.cli.build_options import BuildChoices, make_due
from reporter.edition.job import Job
from reporter.files.workspace import Workspace
from reporter.produce.order import Outcome
from tests import small


def test_as_many_are_made_at_once_as_there_are_processors_and_no_more_than_four(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    batch = SimpleNamespace(
        usual_executor=lambda _orders, workers, _cache: asked.append(workers),
        build_all=lambda _workspace, orders, _executor, **_: (Outcome(order.job) for order in orders),
    )
    monkeypatch.setattr(build_options, "import_module", lambda _: batch)
    workspace = Workspace(small.write(tmp_path))
    languages = ("en", "lt", "lv", "et", "de", "fr")
    # Processors, languages, and how many were wanted.
    for processors, number, jobs in (
        (2, 3, None),
        (8, 3, None),
        (8, 6, None),
        (None, 3, None),
        (1, 3, 5),
        (8, 1, None),
    ):
        monkeypatch.setattr(os, "cpu_count", lambda found=processors: found)
        named = [Job("XX", 2020, language) for language in languages[:number]]
        make_due(workspace, workspace.snapshot(), named, BuildChoices(("html",), jobs=jobs, quiet=True))
    assert [2, 3, 4, 1, 5, 2] == asked
