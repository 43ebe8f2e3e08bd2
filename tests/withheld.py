"""Two sets of data that are equal but for what they withhold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from reporter.check import check
from reporter.comparison import Manner
from reporter.comparison.erratum import corrected_figures
from reporter.edition.checked import CheckedDataset, blocking_findings
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.errors import DataError, UsageError
from reporter.export import comparison_csv, comparison_json, table_csv
from reporter.i18n import load_locale
from reporter.model import (
    Confidentiality,
    CountryData,
    Dataset,
    Difference,
    EditionStatus,
    Label,
    Observation,
    Qualifier,
    Restated,
    Revision,
    Status,
    vintage,
)
from reporter.produce.comparison_output import comparison_text
from reporter.produce.composed import document_of, documents_of
from reporter.produce.exports import MAKERS, Extract
from reporter.produce.workbook import make_xlsx

ENGLISH = load_locale("en")

NOTE = "NOTE-OF-WHAT-IS-WITHHELD"
WITHHELD = tuple(each for each in Confidentiality if each is not Confidentiality.FREE)
LIKELY = st.integers(0, 9)
# Numbers that no message has by chance.
STRIKING = st.integers(770000, 770099)
NUMBERS = st.one_of(LIKELY, STRIKING, st.sampled_from([Decimal("-770001"), Decimal("770002.5")])).map(Decimal)


@dataclass(frozen=True)
class Secret:
    """A number as one of the two sets has it: in its place, repeated, and published before."""

    value: Decimal
    qualifier: Qualifier
    note: str


SECRETS = st.builds(Secret, NUMBERS, st.sampled_from(Qualifier), st.sampled_from(["", NOTE, f"{NOTE} 2"]))
SECRET_LISTS = st.lists(SECRETS, min_size=8, max_size=8)
Places = Sequence[tuple[int, Confidentiality | None]]


def places(data: CountryData) -> st.SearchStrategy[Places]:
    """Some of the numbers of a country, and by what each is withheld: None by a later file."""
    count = len(numbers(data))
    withheld = st.sampled_from([*WITHHELD, None])
    return st.lists(
        st.tuples(st.integers(0, count - 1), withheld), min_size=1, max_size=8, unique_by=lambda each: each[0]
    )


def numbers(data: CountryData) -> list[Observation]:
    """The numbers that can be withheld, those of activities included."""
    return [each for each in _all(data) if each.value is not None]


def withholding(dataset: Dataset, country: str, chosen: Places, secrets: Sequence[Secret]) -> Dataset:
    """The dataset that withholds some numbers, which are those of the secrets."""
    data = dataset.country(country)
    assert data is not None
    there = numbers(data)
    made = {id(there[place]): (why, secret) for (place, why), secret in zip(chosen, secrets, strict=False)}

    def hidden(seen: Observation) -> Observation:
        why, secret = made.get(id(seen), (None, None))
        if why is None or secret is None:
            return seen
        notes = (Label((("en", secret.note),)),) if secret.note else ()
        return replace(seen, value=secret.value, qualifier=secret.qualifier, confidentiality=why, notes=notes)

    later = [(seen, *made[id(seen)]) for seen in data.observations if id(seen) in made]
    changed = replace(
        data,
        observations=tuple(map(hidden, data.observations)),
        activities=tuple(replace(each, figures=tuple(map(hidden, each.figures))) for each in data.activities),
        revisions=(*data.revisions, *_revisions(data, later)),
        restated=(*data.restated, *_restated(data, later)),
        differences=(*data.differences, *_differences(data, later)),
    )
    return replace(dataset, countries=tuple(changed if each is data else each for each in dataset.countries))


Later = Sequence[tuple[Observation, Confidentiality | None, Secret]]


def _as_draft(checked: CheckedDataset, country: str, year: int) -> CheckedDataset:
    """The same data as a draft, which prints its findings."""
    drafts = tuple(
        replace(
            data,
            years=tuple(
                replace(each, status=EditionStatus.DRAFT) if each.year == year else each for each in data.years
            ),
        )
        if data.country.code == country
        else data
        for data in checked.dataset.countries
    )
    return replace(checked, dataset=replace(checked.dataset, countries=drafts))


def _all(data: CountryData) -> Iterator[Observation]:
    yield from data.observations
    yield from (seen for each in data.activities for seen in each.figures)


def _revisions(data: CountryData, later: Later) -> Iterator[Revision]:
    """What the latest file says of earlier years: some numbers are revised, and some withheld from then on."""
    last = data.years[-1].year
    for seen, why, secret in later:
        if seen.year < last:
            # What is withheld from then on was known before; what is withheld anyhow may be another number each time.
            was = seen.value if why is None else secret.value
            now = replace(seen, vintage=last, value=None if why is None else secret.value + 1, notes=())
            now = replace(now, status=Status.SUPPRESSED if why is None else Status.GIVEN)
            yield Revision(seen.address, seen.year, was, now, Label((("en", "Counted again."),)), seen.mark)


def _restated(data: CountryData, later: Later) -> Iterator[Restated]:
    last = data.years[-1].year
    for seen, _, secret in later:
        if seen.year < last:
            yield Restated(seen.address, seen.year, replace(seen, vintage=last, value=secret.value, notes=()))


def _differences(data: CountryData, later: Later) -> Iterator[Difference]:
    last = data.years[-1].year
    for seen, why, secret in later:
        if why is not None or seen.year < last:
            yield Difference(
                publication="statistics_office",
                figure=seen.address,
                year=seen.year,
                vintage=last,
                published=str(abs(secret.value.to_integral_value())),
                reason=Label((("en", "Counted otherwise."),)),
                mark=seen.mark,
            )


def everything(dataset: Dataset, country: str) -> dict[str, object]:
    """Everything that leaves the house but pages that are laid out: documents, their files, exports, comparisons."""
    data = dataset.country(country)
    assert data is not None
    checked, years = CheckedDataset(dataset, check(data, dataset)), [each.year for each in data.years]
    last, made = years[-1], dict[str, object]()
    sides = tuple(map(str, years[-2:]))
    made["draft"] = document_of(_as_draft(checked, country, last), Job(country, last, "en", draft=True), ENGLISH)
    for manner, beside in ((None, ()), (Manner.YEARS, sides), (Manner.EDITIONS, sides)):
        job = Job(country, years[-2] if manner is Manner.EDITIONS else last, "en", manner, beside)
        try:
            context = context_of(dataset, job, ENGLISH)
        except UsageError as problem:
            made[job.name] = str(problem)
            continue
        try:
            for document in documents_of(checked, job, ENGLISH, context=context).values():
                made[f"{job.name}, {document.edition.subtitle}"] = document
                made[f"{job.name} files, {document.edition.subtitle}"] = [
                    table_csv(each.table) for each in document.figures()
                ]
        except DataError as problem:
            made[job.name] = problem.findings
        if manner:
            made[f"{job.name} json"] = comparison_csv(context), comparison_json(context), comparison_text(context)
        else:
            # What is private stops every export, and is told on screen only.
            faults = tuple(each for each in blocking_findings(checked, job.year, (job.language,)) if not each.private)
            extract = Extract(
                context, replace(checked, findings=checked.printed), job.name, context.vintage, faults=faults
            )
            for name, make in {**MAKERS, "xlsx": make_xlsx}.items():
                try:
                    made |= make(extract)
                except DataError as problem:  # a text prints what is withheld
                    made[name] = problem.findings
    known = vintage(dataset, country, last)
    made["corrected"] = corrected_figures(vintage(dataset, country, years[-2]), known)
    return made
