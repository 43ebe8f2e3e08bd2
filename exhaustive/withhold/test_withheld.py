"""Whatever is withheld, nothing that leaves for the public depends on it: two snapshots that are else equal."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path

import yaml

from reporter.data.errors import DataError, UsageError
from reporter.data.files.sources import Sources
from reporter.data.i18n import load_locale
from reporter.data.records import Confidentiality, EditionStatus, vintage
from reporter.editions.checked import CheckedDataset, blocking_findings, load_checked
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of, documents_of
from reporter.editions.making.exports import MAKERS, comparison_text, extract_of, make_xlsx
from reporter.editions.state import context_of, edition_state
from reporter.figures.compare.erratum import figure_corrections
from reporter.figures.compare.figures import Manner
from reporter.formats.export import comparison_csv, table_csv
from tests.fixtures import RURITANIA
from tests.snapshots import snapshot

ENGLISH = load_locale("en")
COUNTRY = "XX"

NOTE = "NOTE-OF-WHAT-IS-WITHHELD"


class Withheld(Enum):
    """By what a value is withheld: a code beside it, the file of decisions, or a later file."""

    CODED = "coded"
    DECIDED = "decided"
    LATER = "later"


@dataclass(frozen=True)
class Secret:
    """A number as one of the two snapshots has it: in its place, repeated, and published before."""

    value: str
    qualifier: str
    note: str

    @property
    def published(self) -> int:
        """The number as another publication has it."""
        return abs(int(float(self.value)))


CODES = tuple(each.value for each in Confidentiality if each is not Confidentiality.FREE)
# The place of a number in the list of all, by what it is withheld, and with which code.
Places = Sequence[tuple[int, Withheld, str]]
Tree = dict[str, object]


@dataclass(frozen=True)
class Place:
    """Where a number stands in the file of its year."""

    address: str
    year: int


@cache
def places_of(root: Path) -> tuple[Place, ...]:
    """The numbers of a country that can be withheld."""
    data = load_checked(snapshot(root), COUNTRY).dataset.country(COUNTRY)
    assert data is not None
    return tuple(Place(seen.address, seen.year) for seen in data.observations if seen.value is not None)


def withholding(root: Path, chosen: Places, secrets: Sequence[Secret]) -> Sources:
    """The snapshot that withholds some numbers, which are those of the secrets."""
    sources = snapshot(root)
    paths = {year: f"data/{COUNTRY}/{year}.yaml" for year in sorted({each.year for each in places_of(root)})}
    files: dict[int, Tree] = {year: yaml.safe_load(sources[path].content) for year, path in paths.items()}
    last = max(files)
    decided: dict[int, Tree] = {}
    for (number, wanted, code), secret in zip(chosen, secrets, strict=False):
        place = places_of(root)[number]
        # Nothing comes after the last file that could withhold what it says.
        how = Withheld.DECIDED if wanted is Withheld.LATER and place.year == last else wanted
        _put(files[place.year], place.address, secret, code if how is Withheld.CODED else "")
        if how is Withheld.DECIDED:
            decided.setdefault(place.year, {})[place.address] = {"because": "small", "reason": {"en": f"{NOTE} of it"}}
        if place.year < last:
            _repeat(files[last], place, secret, how)
    made = {paths[year]: _written(tree) for year, tree in files.items()}
    made[f"data/{COUNTRY}/protection/{last}.yaml"] = _written({"withheld": decided})
    return sources.overlay(made)


def _written(tree: Tree) -> bytes:
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=100_000).encode()


def _put(file: Tree, address: str, secret: Secret, code: str) -> None:
    """Write a secret where the number of an address stands."""
    parts, name = _found(file["figures"], address)
    entry = parts[name] if isinstance(parts[name], dict) else {}
    told = "total" if "total" in entry or parts is file["figures"] else "value"
    entry = entry | {told: f"{secret.qualifier}{secret.value}"}
    if code:
        entry["confidentiality"] = code
    if secret.note:
        entry["note"] = {"en": secret.note}
    parts[name] = entry


def _found(figures: object, address: str) -> tuple[Tree, str]:
    assert isinstance(figures, dict)
    if address in figures:
        return figures, address
    name = next(each for each in figures if address.startswith(f"{each}."))
    part = address.removeprefix(f"{name}.")
    return next((each, part) for key, each in figures[name].items() if key.startswith("by ") and part in each)


def _repeat(file: Tree, place: Place, secret: Secret, how: Withheld) -> None:
    """Say of a number of an earlier year what the latest file can say of it."""
    told = {"figure": place.address, "year": place.year}
    _list(file, "differences").append(
        {"publication": "statistics_office", **told, "published": secret.published, "reason": {"en": NOTE}}
    )
    _list(file, "accepted").append(
        {
            "rule": "jump",
            "figure": place.address,
            "values": {place.year: {place.address: secret.value}},
            "reason": {"en": f"{NOTE}: {secret.value}"},
        }
    )
    if how is Withheld.LATER:
        told |= {"was": secret.value, "now": "suppressed", "reason": {"en": f"{NOTE}: {secret.value}"}}
        _list(file, "revisions").append(told)
    else:
        earlier = file.setdefault("earlier", {})
        assert isinstance(earlier, dict)
        earlier.setdefault(place.year, {})[place.address] = secret.value


def _list(file: Tree, name: str) -> list[object]:
    entries = file.setdefault(name, [])
    assert isinstance(entries, list)
    return entries


def everything(sources: Sources) -> dict[str, object]:
    """Everything that leaves for the public but pages that are laid out: documents, their files, exports, comparisons.
    It is made of the files as they lie in the workspace, with all that they withhold."""
    years = sorted(
        int(path.rpartition("/")[2].removesuffix(".yaml"))
        for path in sources
        if path.startswith(f"data/{COUNTRY}/") and path.count("/") == 2 and path[-9:-5].isdigit()
    )
    last, made = years[-1], dict[str, object]()
    sides = tuple(map(str, years[-2:]))
    state = edition_state(sources, Job(COUNTRY, last, ""))
    made["files"], made["checksum"], made["findings"] = state.inputs.contents, state.checksum, state.checked.findings
    job = Job(COUNTRY, last, "en", draft=True)
    made["draft"] = document_of(_as_draft(state.checked, last), job, ENGLISH)
    made |= dict(_documents(sources, Job(COUNTRY, last, "en")))
    made |= dict(_exports(state.checked, Job(COUNTRY, last, "en")))
    for job in (
        Job(COUNTRY, last, "en", Manner.YEARS, sides),
        Job(COUNTRY, years[-2], "en", Manner.EDITIONS, sides),
        Job(COUNTRY, last, "en", Manner.COUNTRIES, (COUNTRY, COUNTRY)),
    ):
        made |= dict(_compared(sources, job))
    dataset = state.checked.dataset
    made["corrected"] = figure_corrections(vintage(dataset, COUNTRY, years[-2]), vintage(dataset, COUNTRY, last))
    return made


def _documents(sources: Sources, job: Job) -> Iterator[tuple[str, object]]:
    state = edition_state(sources, job)
    try:
        documents = documents_of(state.checked, job, ENGLISH)
    except DataError as problem:  # a text prints what is withheld
        yield f"{job.name}", problem.findings
        return
    for volume, document in documents.items():
        yield f"{job.name}, {volume}", document
        yield f"{job.name} files, {volume}", [table_csv(each.table) for each in document.figures()]


def _exports(checked: CheckedDataset, job: Job) -> Iterator[tuple[str, object]]:
    # What follows from other numbers stops an export, and would here stop most.
    faults = blocking_findings(checked, job.year, (job.language,))
    extract = replace(extract_of(replace(checked, findings=()), job, ENGLISH), checked=checked, faults=faults)
    for name, make in {**MAKERS, "xlsx": make_xlsx}.items():
        try:
            yield from make(extract).items()
        except DataError as problem:
            yield name, problem.findings


def _compared(sources: Sources, job: Job) -> Iterator[tuple[str, object]]:
    dataset = edition_state(sources, job).checked.dataset
    try:
        context = context_of(dataset, job, ENGLISH)
    except UsageError as problem:
        yield job.name, str(problem)
        return
    yield from _documents(sources, job)
    yield f"{job.name} csv", (comparison_csv(context), comparison_text(context))


def _as_draft(checked: CheckedDataset, year: int) -> CheckedDataset:
    """The same data as a draft, which prints its findings."""
    drafts = tuple(
        replace(
            data,
            years=tuple(
                replace(each, status=EditionStatus.DRAFT) if each.year == year else each for each in data.years
            ),
        )
        if data.country.code == COUNTRY
        else data
        for data in checked.dataset.countries
    )
    return replace(checked, dataset=replace(checked.dataset, countries=drafts))


def test_whatever_is_withheld_nothing_that_leaves_the_house_depends_on_it():
    """Documents, drafts with their findings, data of charts, exports, workbooks, comparisons."""
    chance = random.Random(4)
    numbers = chance.sample(range(len(places_of(RURITANIA))), 8)
    chosen = [(number, [*Withheld][at % 3], CODES[at % len(CODES)]) for at, number in enumerate(numbers)]
    one = [Secret(value, "", NOTE) for value in ("1", "770003")] * 4
    other = [Secret(value, "at least ", "") for value in ("770001", "4")] * 4
    made, again = (everything(withholding(RURITANIA, chosen, secrets)) for secrets in (one, other))
    assert [] == [name for name, content in made.items() if content != again[name]]
    assert [] == [name for name, content in made.items() if NOTE in str(content) or "77000" in str(content)]
