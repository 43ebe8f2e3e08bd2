"""The snapshot that the public may see, with many files and whole workspaces."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reporter.data.files.sources import DATA, Sources, folder_sources
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Audience, Status
from reporter.editions.public.public_files import for_audience
from tests.withhold.test_public import public
from tests.withhold.withholding import SECRET, pairs

WORKSPACES = {"XX": "tests/data/ruritania", "LT": "tests/data/lithuania"}
CASES = [("XX", 0), ("XX", 1), ("XX", 2), ("LT", 3)]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_the_public_snapshot_does_not_depend_on_withheld_values(both: tuple[Sources, Sources]) -> None:
    first, second = map(public, both)
    assert first == second
    assert not [path for path, text in first.items() if SECRET in text or "error" in text]


@pytest.mark.parametrize(("code", "seed"), CASES)
def test_any_values_of_a_workspace_can_be_withheld(code: str, seed: int) -> None:
    """It is read as before, without them; their numbers do not matter."""
    whole = folder_sources(Path(WORKSPACES[code]))
    sources = whole.only(lambda path: not path.startswith(f"{DATA}/") or path.split("/")[1] in (code, "catalogue.yaml"))
    chosen = random.Random(seed)
    before, problems = load_dataset(sources, [code])
    data = before.countries[0]
    told = [each for each in data.observations if each.status is Status.GIVEN and each.confidentiality == "F"]
    hidden = {(each.address, each.year) for each in chosen.sample(told, 12)}
    made = for_audience(sources, Audience.PUBLIC, hidden)
    after, found = load_dataset(made, [code])
    assert (problems, before.settings.title) == (found, after.settings.title)
    index = {(each.address, each.year): each for each in after.countries[0].observations}
    assert {Status.SUPPRESSED} == {index[key].status for key in hidden}
    free = [each for each in told if (each.address, each.year) not in hidden]
    now = [index[each.address, each.year] for each in free]
    assert [(each.value, each.flags) for each in free] == [(each.value, each.flags) for each in now]
    assert made.contents == for_audience(made, Audience.PUBLIC).contents
