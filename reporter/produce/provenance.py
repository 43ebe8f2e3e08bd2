"""Where a figure comes from and where it is printed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from reporter.disclosure.written_places import written_place
from reporter.document.printed import printed_values
from reporter.edition.checked import require_year
from reporter.edition.inputs import inputs_of
from reporter.edition.resources import locale_of
from reporter.edition.state import EditionState
from reporter.errors import Mark, UsageError
from reporter.i18n import CHANGED, Locale
from reporter.model import CountryData, Dataset, Observation, is_hidden, vintage
from reporter.produce.composed import documents_of
from reporter.sections.imprint import VOLUMES
from reporter.tables.tabulate import FLAG_WORDS

# Leads from a line of what an audience may see to the line that somebody wrote.
WrittenPlace = Callable[[Mark], Mark]


# Everything known about one value, in the edition's language, by what it is.
Trace = dict[str, str | int | tuple[str, ...]]


def trace(state: EditionState, whole: Dataset, written: WrittenPlace, language: str, address: str) -> Trace:
    """Trace a figure in an edition. `whole` has the later files, too, which may restate it, and `written` knows where
    its lines were written. Raises UsageError with the nearest names for an unknown figure."""
    job, checked = replace(state.job, language=language), state.checked
    require_year(checked, job.country, job.year)
    locale = locale_of(state.sources, language)
    known = vintage(checked.dataset, job.country, job.year)
    seen = known.observation(address)
    if seen is None:
        names = sorted({name for name, year in known.index if year == known.year})
        near = get_close_matches(address, names, 3, 0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "figures are named as in data/catalogue.yaml"
        raise UsageError(f"{address} has no value in the edition of {job.year}", hint=hint)
    indicator, source = known.catalogue.indicator(seen.indicator), known.catalogue.source(seen.source)
    printed = list[str]()
    for volume, document in documents_of(checked, job, locale, erratum=state.erratum).items():
        beside = f" ({locale.text(VOLUMES[volume])})" if volume else ""
        printed += (f"{each}{beside}" for each in printed_values(document) if each.observation == seen)
    data = whole.country(job.country)
    latest = vintage(whole, job.country, job.year, as_of=data.years[-1].year if data else None).data
    return {
        "address": address,
        "year": job.year,
        "standing": locale.text(CHANGED) if known.edition.changed else "",
        "value": locale.value(seen),
        "label": locale.label_of(seen, known.catalogue),
        "definition": dict(indicator.definitions)[seen.definition].text(language) if indicator else "",
        "place": str(written_place(inputs_of(state.sources, job), state.inputs, seen.mark)),
        "source": f"{source.publisher.text(language)}, {source.title.text(language)}" if source else seen.source,
        "flags": tuple(sorted(f"{flag.value}: {FLAG_WORDS[flag]}" for flag in seen.flags)),
        "notes": tuple(dict.fromkeys(note.text(language) for note in known.notes(seen))),
        "printed": tuple(dict.fromkeys(printed)),
        "vintages": tuple(_vintages(latest, written, seen, locale)),
    }


def _vintages(data: CountryData, written: WrittenPlace, seen: Observation, locale: Locale) -> Iterator[str]:
    stated = [each for each in data.observations if (each.address, each.year) == (seen.address, seen.year)]
    revised = [each for each in data.revisions if (each.figure, each.year) == (seen.address, seen.year)]
    if revised and not is_hidden(seen):
        yield from (f"edition {each.vintage}: {locale.value(each)} ({written(each.mark)})" for each in stated)
        for each in revised:
            reason = each.reason.text(locale.language)
            yield f"edition {each.now.vintage}: {locale.value(each.now)} ({written(each.mark)}) {reason}"
