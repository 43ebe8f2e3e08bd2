"""What may be chosen in the forms of the settings."""

from collections.abc import Callable, Mapping

from reporter.charts import CHARTS
from reporter.document.outline import parts
from reporter.edition.resources import lacks_words
from reporter.files.sources import Sources, known_countries
from reporter.files.workspace import packaged_folder
from reporter.i18n import Locale
from reporter.i18n.territories import letters_of
from reporter.model import Settings, Vintage
from reporter.model.label import OFFICIAL
from reporter.theme.tokens import known_themes
from reporter.web.forms.form_inputs import FormGround, Known
from reporter.web.forms.known_values import addresses_known, sources_known

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

    def of_key(record: str, key: str) -> Known:
        find = known.get((record, key))
        return find() if find else ()

    def suggested(record: str, key: str) -> Known:
        return tuple(addresses_known(vintage, locale)) if (record, key) == ("Permission", "figures") else ()

    return FormGround(locale, settings.languages, of_key, suggested)
