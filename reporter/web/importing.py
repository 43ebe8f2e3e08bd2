"""Figures of another publication, for a workspace that is there or begins with them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from reporter.edition.resources import locale_lookup
from reporter.errors import FileError, ReporterError, UsageError, nearest
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.intake.imports.importing import ImportOrder, ImportPlan, plan_import
from reporter.intake.imports.readers import READERS
from reporter.load.dataset import load_dataset
from reporter.model import vintage
from reporter.start.codes import check_country_code
from reporter.start.making import begun_files, brought_files, new_country, new_workspace
from reporter.start.new_year import text_file
from reporter.submission.message_state import clean


def plan_figures(
    before: Sources,
    country: str,
    form: str,
    file: tuple[str, bytes],
    day: date,
    *,
    languages: tuple[str, ...] = (),
    years: frozenset[int] = frozenset(),
) -> tuple[ImportPlan, Mapping[str, bytes]]:
    """Plan what a file, by name and content, brings to a country, and the files that begin with it: those of a
    workspace, of a country, the first texts. Raises ReporterError."""
    # A country that is here already may have a code of its own.
    code = country if f"{DATA}/{country}/country.yaml" in before else check_country_code(country)
    begun = (
        new_workspace(code, languages, None, brought_files())
        if SETTINGS not in before
        else {}
        if f"{DATA}/{code}/country.yaml" in before
        else new_country(before, code, None)
    )
    sources = before.overlay(begun)
    plan = _plan(sources, code, form, file, day, years)
    return plan, {**begun, **_first_texts(sources, plan)}


def _plan(
    sources: Sources, country: str, form: str, file: tuple[str, bytes], day: date, years: frozenset[int]
) -> ImportPlan:
    if form not in READERS:
        raise UsageError(f"no format is called {form!r}", hint=nearest(form, READERS))
    dataset, _ = load_dataset(sources, (country,))
    data = dataset.country(country)
    if data is None:
        hint = f"look at it: reporter check {country}"
        raise ReporterError(f"{DATA}/{country}/country.yaml cannot be read", hint=hint)
    known = vintage(dataset, country, data.years[-1].year) if data.years else None
    name, content = file
    try:
        figures = READERS[form](content, name, dataset.catalogue_of(country), data.country, known)
    except FileError as problem:
        raise FileError(problem.findings, "nothing was taken in") from None
    figures, speak = replace(figures, file=clean(Path(name).name)), locale_lookup(sources)
    order = ImportOrder(sources, country, figures, years, day=day.isoformat(), speak=speak, begin=begun_files)
    return plan_import(order)


def _first_texts(sources: Sources, plan: ImportPlan) -> Mapping[str, bytes]:
    folder = f"{DATA}/{plan.country}/text/"
    if not plan.made or any(path.startswith(folder) for path in sources):
        return {}
    after = sources.overlay(plan.files)
    dataset, year, speak = load_dataset(after, (plan.country,)).dataset, plan.made[-1], locale_lookup(after)
    return {
        f"{folder}{language}/{year}.md": text_file(dataset, plan.country, year, speak(language))
        for language in dataset.settings.languages
    }
