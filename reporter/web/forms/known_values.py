"""What may be chosen in the forms of a year, and in those of the settings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from reporter.charts import CHARTS
from reporter.document.outline import parts
from reporter.edition.resources import lacks_words
from reporter.files.sources import Sources, known_countries
from reporter.files.workspace import packaged_folder
from reporter.i18n import UNIT_WORDS, Locale
from reporter.i18n.territories import letters_of
from reporter.model import CHALLENGES, Esms, Passage, Settings, Vintage
from reporter.model.label import OFFICIAL
from reporter.prose.passages import part_title
from reporter.sections.methodology import HEADINGS
from reporter.theme.tokens import known_themes
from reporter.web.forms.form_inputs import FormGround, Known

Find = Callable[[Vintage, Locale], Iterable[tuple[str, str]]]
ACTIVITY, LAW = "activity.", "law."


def year_ground(vintage: Vintage, locale: Locale, languages: tuple[str, ...], within: str = "") -> FormGround:
    """What is known around the records of a year and its country. `within` is the dimension whose codes are meant."""

    def known(record: str, key: str) -> Known:
        find = KNOWN.get((record, key)) or ANYWHERE.get(key)
        if (record, key) in OF_DIMENSION:
            axis = vintage.catalogue.dimension(within)
            return tuple((each.code, each.label.text(locale.language)) for each in (axis.codes if axis else ()))
        return tuple(dict(find(vintage, locale)).items()) if find else ()

    def suggested(record: str, key: str) -> Known:
        find = SUGGESTED.get((record, key)) or SUGGESTED.get(("", key))
        return tuple(dict(find(vintage, locale)).items()) if find else ()

    return FormGround(locale, languages, known, suggested)


def sources_known(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, str]]:
    return ((each.code, each.title.text(locale.language)) for each in vintage.catalogue.sources)


def indicators_known(vintage: Vintage, locale: Locale, family: str = "") -> Iterator[tuple[str, str]]:
    for each in vintage.catalogue.indicators:
        of_family = each.code.startswith(family) if family else not each.code.startswith((ACTIVITY, LAW))
        if of_family:
            label = each.label.text(locale.language)
            yield each.code.removeprefix(family), locale.put("{}, {}", label, locale.text(UNIT_WORDS[each.unit]))


def addresses_known(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, str]]:
    for each in vintage.catalogue.indicators:
        if each.code.startswith((ACTIVITY, LAW)):
            continue
        label = each.label.text(locale.language)
        yield each.code, label
        for axis in filter(None, map(vintage.catalogue.dimension, each.dimensions)):
            for code in axis.codes:
                yield f"{each.code}.{code.code}", locale.put("{}, {}", label, code.label.text(locale.language))


def figure_label(address: str, vintage: Vintage, locale: Locale) -> str:
    """The name of a figure or part; else its address."""
    known, _, part = vintage.catalogue.split(address)
    if known is None:
        return address
    label = known.label.text(locale.language)
    return locale.put("{}, {}", label, part.label.text(locale.language)) if part else label


def parts_known(section: str, vintage: Vintage, locale: Locale) -> Iterator[tuple[str, str]]:
    passages: tuple[Passage, ...] = vintage.data.passages
    codes = (each.part for each in passages if each.section == section and each.part)
    return ((code, part_title(passages, section, code, locale.language)) for code in codes)


# By record and key; then by key, whatever the record.
KNOWN: Mapping[tuple[str, str], Find] = {
    ("Activity", "figures"): partial(indicators_known, family=ACTIVITY),
    ("Activity", "part_of"): lambda vintage, locale: (
        (each.code, each.title.text(locale.language)) for each in vintage.data.activities
    ),
    ("Provision", "figures"): partial(indicators_known, family=LAW),
    ("Recommendation", "to"): lambda vintage, locale: (
        *((each.code, each.name.text(locale.language)) for each in vintage.country.contacts),
        *((each.code, each.name.text(locale.language)) for each in vintage.country.institutions),
    ),
    ("Recommendation", "answers"): partial(parts_known, CHALLENGES),
    ("Country", "methodology"): lambda _, locale: ((str(each), locale.text(HEADINGS[each])) for each in Esms),
    ("Code", "mappings"): lambda vintage, _: (
        (name, name) for axis in vintage.catalogue.dimensions for code in axis.codes for name, _ in code.mappings
    ),
    ("Country", "headings"): lambda _, locale: ((each.code, locale.text(each.title)) for each in parts()),
    ("Indicator", "mappings"): lambda vintage, _: (
        (name, name) for each in vintage.catalogue.indicators for name, _ in each.mappings
    ),
    ("Indicator", "dimensions"): lambda vintage, locale: (
        (each.code, each.label.text(locale.language)) for each in vintage.catalogue.dimensions
    ),
    ("Indicator", "terms"): lambda vintage, locale: (
        (each, locale.opened(locale.language_name(each))) for each in vintage.settings.languages
    ),
}
ANYWHERE: Mapping[str, Find] = {"source": sources_known, "publication": sources_known}
OF_DIMENSION = (("Code", "within"), ("Code", "combines"))
SUGGESTED: Mapping[tuple[str, str], Find] = {
    ("", "figure"): addresses_known,
    ("Indicator", "population"): lambda vintage, _: (
        (each.population, each.population) for each in vintage.catalogue.indicators
    ),
}

ASSETS = "assets"


def settings_ground(vintage: Vintage, locale: Locale, settings: Settings, sources: Sources) -> FormGround:
    countries = tuple((code, locale.country(code)) for code in known_countries(sources))
    named = {code: locale.opened(locale.language_name(code)) for code in (*settings.languages, *OFFICIAL)}
    for code in filter(lacks_words, named):
        named[code] = locale.text("{language} (partly in English)", language=named[code])
    languages = tuple((code, named[code]) for code in settings.languages)
    others = sorted(OFFICIAL - set(settings.languages), key=lambda code: letters_of(named[code], locale.language))
    # The charts of the profile, each with the section that has it.
    shown = {name: part.title for part in parts() for name in part.blocks if name in CHARTS}
    known: Mapping[tuple[str, str], Callable[[], Known]] = {
        ("Workspace", "country"): lambda: countries,
        ("Workspace", "theme"): lambda: tuple((name, name) for name in known_themes(packaged_folder(ASSETS), sources)),
        ("Workspace", "languages"): lambda: (*languages, *((code, named[code]) for code in others)),
        ("ChartChoice", "leave_out"): lambda: tuple(
            (name, locale.put("{}: {}", locale.text(title), name)) for name, title in shown.items()
        ),
        ("ChartChoice", "instead"): lambda: (),
        ("Recipient", "language"): lambda: languages,
        ("Deadline", "to"): lambda: tuple((each.code, each.name.text(locale.language)) for each in settings.recipients),
        ("Permission", "country"): lambda: countries,
        ("Permission", "source"): lambda: tuple(sources_known(vintage, locale)),
    }

    def suggested(record: str, key: str) -> Known:
        return tuple(addresses_known(vintage, locale)) if (record, key) == ("Permission", "figures") else ()

    return FormGround(locale, settings.languages, lambda *key: known.get(key, tuple)(), suggested)
