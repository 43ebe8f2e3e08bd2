"""The same edition exports the same bytes elsewhere, in every format."""

import os

import pytest

from reporter.produce.exports import MAKERS
from tests.cli.running import process
from tests.fixtures import LITHUANIA

FORMATS = (*MAKERS, "xlsx")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_edition_gives_the_same_bytes(right_editions, form):
    assert right_editions[0][form] == right_editions[1][form]


@pytest.fixture(scope="module")
def right_editions(tmp_path_factory) -> list[dict[str, dict[str, bytes]]]:
    """The Lithuanian files of each format made by two processes that hash otherwise."""
    made = []
    for seed in ("1", "2"):
        folder = tmp_path_factory.mktemp("seed")
        for form in FORMATS:
            environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
            done = process(
                "export", "LT", "2020", "--format", form, "-o", f"{folder}/{form}/", cwd=LITHUANIA, env=environment
            )
            assert (0, "") == (done.returncode, done.stderr)
        made.append({form: {each.name: each.read_bytes() for each in (folder / form).iterdir()} for form in FORMATS})
    return made
