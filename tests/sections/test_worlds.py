"""Whatever the figures are, a generated sentence says what they prove."""

import re
import tempfile
from pathlib import Path

from hypothesis import given, reject, settings

from reporter.data.errors import WordedError
from reporter.editions.checked import CheckedDataset
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from tests.compare.sides import ENGLISH, made, years
from tests.fixtures import HERE
from tests.sections.worlds import (
    CLAIMS,
    KINDS,
    LAST,
    OF_A_COMPARISON,
    OF_A_PROFILE,
    OF_TWO_YEARS,
    REMARKS,
    Fact,
    World,
    false_claims,
    texts,
    worlds,
)
from tests.test_languages import gathered

DATA = HERE / "data"
# The modules that make sentences, headlines and captions of figures.
SPEAKING = (
    r"report/charts/\w+",
    "exchange/package/(letter|package_contents)",
    "text/(change_sentences|sentences|tally)",
    r"report/sections/(boxes|change_table|chapters|comparison|country_ranges|law_changes|lists|quality|text_changes)",
)


@settings(max_examples=20)
@given(worlds())
def test_each_sentence_of_a_profile_is_true_of_its_figures(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        document = document_of(CheckedDataset(world.load(Path(folder)), ()), Job("XX", LAST, "en"), ENGLISH)
    assert [] == false_claims(world, document, {**CLAIMS, **OF_A_PROFILE})


@settings(max_examples=20)
@given(worlds())
def test_each_sentence_of_a_comparison_is_true_of_its_figures(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dataset = world.load(Path(folder))
        try:
            two, three = (made(dataset, years(*world.years[-n:], country="XX")) for n in (2, 3))
        except WordedError as refusal:
            assert "{sides} have no figure in common" == refusal.words
            reject()
    assert [] == false_claims(world, two, {**CLAIMS, **OF_A_COMPARISON, **OF_TWO_YEARS})
    assert [] == false_claims(world, three, {**CLAIMS, **OF_A_COMPARISON})


def test_a_withheld_figure_of_the_year_before_is_not_called_missing(tmp_path: Path) -> None:
    facts = {code: {2019: Fact(is_hidden=True), 2020: Fact(3)} for code in KINDS}
    document = document_of(CheckedDataset(World(facts).load(tmp_path), ()), Job("XX", LAST, "en"), ENGLISH)
    said = set(texts(document))
    assert "no figure for 2019" not in said
    assert "not shown: a value is confidential or masked by the source" in said


def test_each_frame_of_a_sentence_on_figures_is_listed_below_the_tests_that_read_it() -> None:
    listed = (DATA / "sentences.txt").read_text().splitlines()
    frames = {each for each in listed if each and not each.startswith(("#", "["))}
    checked = {*CLAIMS, *OF_A_PROFILE, *OF_A_COMPARISON, *REMARKS}
    rooms = re.compile(rf"reporter/({'|'.join(SPEAKING)})\.py")
    made = {
        text
        for message in gathered()
        if any(rooms.fullmatch(name) for name, _ in message.locations)
        for text in (message.id if isinstance(message.id, tuple) else (message.id,))
        if re.search(r"\{\w", text)
    }
    # Of some frames a part alone claims something.
    unchecked = {each for each in made if not any(frame.rstrip(".") in each for frame in checked)}
    assert (set(), set()) == (unchecked - frames, frames - made)
