"""Small counts do not leave for the public without a permission."""

import shutil
from pathlib import Path

import pytest

from reporter.data.errors import ReporterError
from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Audience, Vintage, vintage
from reporter.editions.public.public_files import for_audience
from reporter.exchange.publish.publishing import refuse_small_counts
from reporter.figures.analysis.small_counts import undecided, unpermitted
from reporter.figures.withhold.decisions import decide
from tests import small
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot
from tests.withhold.deciding_country import country_of, known_of, published


def refused(edition: Vintage, sources: Sources) -> list[str]:
    with pytest.raises(ReporterError) as problem:
        refuse_small_counts(edition, undecided(edition), sources)
    return str(problem.value).splitlines()


def remedies(sources: Sources) -> str:
    """What is said to help of the counts of 2020, before the lines of a permission."""
    told = " ".join(refused(known_of(sources, 2020), sources))
    return told.partition("hint: ")[2].partition(" publish_small_counts:")[0]


def test_they_are_told_in_the_order_of_the_file_five_at_most_with_the_lines_to_write(tmp_path: Path) -> None:
    people = "{men: 1, women: 2, girls: 1, boys: 1, children: 2, adults: 3}"
    content = f"{small.HEAD}figures:\n  victims.identified: {{total: 5, by person: {people}}}\n"
    edition = vintage(small.load(tmp_path, {small.YEAR: content}), "XX", 2020)
    first, *told, last, hint, either, key, line = refused(edition, snapshot(tmp_path))
    assert ("small counts would become public:", "  and 1 more") == (first, last)
    order = ["men", "women", "girls", "boys", "children"]
    assert [f"victims.identified.{code} 2020" for code in order] == [each.split(": ")[1] for each in told]
    assert "publish_small_counts:" == key
    assert "  - {country: XX, source: police, years: 2020, reason: {en: …}}" == line
    # One value withheld alone would follow from its neighbours.
    assert "reporter protect XX 2020 withholds them, with all values from which they could be derived" in hint
    assert "or, if they may be published, give the reason in reporter.yaml:" == either.strip()


def copied(root: Path, settings: str = "") -> Vintage:
    shutil.copytree(LITHUANIA, root)
    text = (root / "data/LT/2020.yaml").read_text(encoding="utf-8")
    (root / "data/LT/2021.yaml").write_text(text.replace("2020", "2021"), encoding="utf-8")
    if settings:
        (root / "reporter.yaml").write_text(settings, encoding="utf-8")
    dataset, _ = load_dataset(snapshot(root), ("LT",))
    return vintage(dataset, "LT", 2021)


def test_a_copied_year_has_no_permission_of_the_year_before(tmp_path: Path) -> None:
    of_2020 = vintage(load_dataset(snapshot(LITHUANIA), ("LT",)).dataset, "LT", 2020)
    assert () == undecided(of_2020)
    said = refused(copied(tmp_path / "copy"), snapshot(tmp_path / "copy"))
    assert ["victims.identified.children 2021"] == [each.split(": ")[1] for each in said if "data/LT" in each]
    assert "  - {country: LT, source: commission_page, years: 2021, reason: {en: …, lt: …}}" == said[-1]


VICTIMS = "victims.identified"
PEOPLE = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"
REST = f"{VICTIMS}: {{total: 61, by person: {{women: 42, men: 18}}, incomplete: [person]}}"
HELPS = "reporter protect XX 2020 withholds"
ALL = (
    f"{HELPS} them, with all values from which they could be derived or, if they may be published, give the reason in "
    "reporter.yaml:"
)
NONE = "no decision withholds them any more; give the reason for publication in reporter.yaml:"


@pytest.mark.parametrize("figures", [PEOPLE, REST])
def test_protect_is_offered_where_it_helps(figures: str) -> None:
    assert ALL == remedies(country_of({2020: figures}))


@pytest.mark.parametrize("figures", [PEOPLE, REST])
def test_where_it_does_not_as_all_was_published_a_permission_is(figures: str) -> None:
    sources = published(country_of({2019: figures}), 2019)
    again = {"data/XX/2020.yaml": b"year: 2020\nsource: police\nfigures: {persons.convicted: 30}\n"}
    assert NONE == remedies(sources.overlay(again))
    mixed = {"data/XX/2020.yaml": f"year: 2020\nsource: police\nfigures: {{{PEOPLE}}}\n".encode()}
    told = remedies(sources.overlay(mixed))
    name = f"{VICTIMS}.children" if figures is PEOPLE else f"{VICTIMS}, not stated by person"
    assert f"{HELPS} {VICTIMS}.children 2020, with all values from which they could be derived" in told
    assert f"no decision withholds {name} 2019 any more; give the reason for publication in reporter.yaml" in told


def test_a_count_that_no_decision_reaches_is_withheld_in_its_own_file() -> None:
    activity = "{kind: campaign, title: {en: Home}, period: 2020, figures: {posters: 3}}"
    more = {small.YEAR: f"{small.HEAD}figures: {{{VICTIMS}: 80}}\nactivities:\n  victims_home: {activity}\n"}
    told = remedies(country_of({}, more=more))
    assert f"{small.YEAR}:5:" in told
    assert (
        "activities.victims_home.posters is not a figure of the year: write confidentiality: A there to withhold it"
        in told
    )
    assert "protect" not in told
    more[small.YEAR] = more[small.YEAR].replace("posters: 3}", "posters: {value: 3, confidentiality: A}}")
    assert () == undecided(known_of(country_of({}, more=more), 2020))


@pytest.mark.parametrize("rounding", [(), (VICTIMS,)])
@pytest.mark.parametrize("limit", [5, 30])
@pytest.mark.parametrize("figures", [PEOPLE, REST])
def test_what_was_withheld_or_rounded_is_decided_for_who_knows_it_and_for_the_public(figures, limit, rounding) -> None:
    rules = f"disclosure: {{thresholds: [{{figures: [{VICTIMS}], by: person, below: {limit}}}]}}\n"
    sources = country_of({2019: figures, 2020: figures}, rules)
    before = undecided(known_of(sources, 2020))
    assert {2019, 2020} == {each.year for each in before}
    decided = decide(sources, "XX", 2020, rounding=rounding)
    laid = sources.overlay({decided.path: decided.text.encode()})
    assert () == undecided(known_of(laid, 2020))
    for each, expected in ((sources, before), (laid, ())):
        public = known_of(for_audience(each, Audience.PUBLIC), 2020)
        assert [one.name for one in expected] == [one.name for one in unpermitted(public)]
