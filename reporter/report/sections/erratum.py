"""The page of a corrigendum: which edition it replaces, why, and every difference before and now, with the words for
the records and fields that differ."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import Literal, get_origin

from reporter.data import records as model
from reporter.data.i18n import KIND_WORDS, N_, NP_, STATUS_WORDS, UNIT_WORDS
from reporter.data.records import is_hidden
from reporter.data.records.statement import FieldStatement, Form
from reporter.figures.compare.erratum import Aspect, Erratum, FigureCorrection, figure_corrections, record_changes
from reporter.figures.compare.figures import Manner, Side, Sides
from reporter.figures.compare.law import Event
from reporter.report.charts.countries import TITLES
from reporter.report.context import Context
from reporter.report.document.document import Block, Column, Entries, Entry, Table
from reporter.report.sections.imprint import release_name
from reporter.report.sections.lists import GROUPS, STATE_WORDS, TASK_WORDS, title_of
from reporter.report.sections.methodology import HEADINGS
from reporter.report.sections.profile_tables import provision_name
from reporter.report.sections.text_changes import texts_corrected
from reporter.report.tables.tabulate import SIGN_WORDS, Line, TableHeader, tabulate
from reporter.text.markdown import part_title
from reporter.text.tree import paragraph

ASPECT_WORDS = {
    Aspect.VALUE: N_("value"),
    Aspect.FLAGS: NP_("sign printed next to a value", "flag"),
    Aspect.DEFINITION: N_("Definition"),
    Aspect.PERIOD: N_("Period"),
    Aspect.SOURCE: N_("Source"),
    Aspect.NOTES: N_("Note"),
    Aspect.COMPARABLE: N_("comparability"),
    Aspect.CONFIDENTIAL: N_("Confidentiality"),
}
TURNS = {Event.NEW: N_("added"), Event.AMENDED: N_("changed"), Event.ENDED: N_("removed")}
SAME = N_("No figure differs from the previously published edition.")


def erratum_about(context: Context) -> Entries | None:
    """Every corrigendum up to this one, the latest first, with number, date, reason and the edition replaced."""
    erratum, locale = context.erratum, context.locale
    if erratum is None:
        return None
    entries = []
    for before, now in zip(erratum.releases, erratum.releases[1:], strict=False):
        reason = locale.put("{}: {}", locale.text("Reason"), now.reason.text(locale.language))
        replaced = locale.put("{}: {}", locale.text("Replaces"), release_name(before, locale))
        entries.append(Entry(release_name(now, locale), (reason, replaced)))
    return Entries("", tuple(reversed(entries)))


def erratum_figures(context: Context) -> Block | None:
    """The figures that differ, before and now, or a sentence if none do. The earlier value of a figure that is now
    confidential is not shown."""
    erratum = context.erratum
    if erratum is None:
        return None
    corrections = figure_corrections(erratum.before, context.vintage)
    if not corrections:
        return paragraph(context.text(SAME))
    names = (N_("Year"), N_("Before"), N_("Now"), N_("What differs"))
    columns = tuple(Column(context.text(name), text=name == names[-1]) for name in names)
    heads = TableHeader(
        code="erratum_figures",
        caption=context.text("Figures that differ"),
        unit_line=_unit_line(context, erratum),
        stub=context.text("Number of"),
        columns=columns,
    )
    return tabulate(heads, [_figure(context, row) for row in corrections], context.vintage, context.locale)


def _unit_line(context: Context, erratum: Erratum) -> str:
    before = release_name(erratum.replaced, context.locale)
    return context.text("Before: {before}; now: {now}", before=before, now=release_name(erratum.now, context.locale))


def _figure(context: Context, row: FigureCorrection) -> Line:
    what = context.locale.listed(context.locale.inside(context.text(ASPECT_WORDS[aspect])) for aspect in row.aspects)
    year = "" if row.value.owner else str(row.year)
    label = context.locale.label_of(row.value, context.vintage.catalogue)
    owner = next((item for item in context.vintage.data.things if row.value.owner.endswith(f".{item.code}")), None)
    if row.value.owner and owner:
        label = context.locale.put("{}: {}", thing_name(context, owner), label)
    if row.now is not None and is_hidden(row.now):
        before = context.text(SIGN_WORDS["c"])
    else:
        before = context.locale.value(row.before) if row.before else "–"
    return Line(label, [year, before, row.now or "–", what])


def erratum_things(context: Context) -> Table | None:
    """All other data that differ: every record, such as a law, an office or a source, with the fields that differ."""
    erratum = context.erratum
    changes = record_changes(erratum.before, context.vintage) if erratum else ()
    if erratum is None or not changes:
        return None
    names = (NP_("added, amended or ended", "Change"), N_("Before"), N_("Now"))
    columns = tuple(Column(context.text(name), text=True) for name in names)
    heads = TableHeader(
        code="erratum_things",
        caption=context.text("Other differences"),
        unit_line=_unit_line(context, erratum),
        stub=context.text("What changed"),
        columns=columns,
    )
    lines = list[Line]()
    for kind, title in KINDS.items():
        mine = [change for change in changes if isinstance(change.thing, kind)]
        lines += [Line(context.text(title), heading=True)] if mine else []
        for record in mine:
            lines.append(Line(thing_name(context, record.thing), [context.text(TURNS[record.turn]), "", ""]))
            for field in record.fields:
                was, is_now = (getattr(side, field.name) for side in (record.before, record.now))
                if field.is_pairs:
                    was, is_now = (
                        tuple(pair for pair in one if pair not in other)
                        for one, other in ((was, is_now), (is_now, was))
                    )
                words = (_words(context, erratum.before, field, was), _words(context, context.vintage, field, is_now))
                lines.append(Line(context.text(FIELDS[field.name]), ["", *words], level=1))
    return tabulate(heads, lines, context.vintage, context.locale, (context.vintage.country.source,))


def erratum_texts(context: Context) -> tuple[Block, ...]:
    """The sections whose text differs, word by word."""
    erratum = context.erratum
    if erratum is None:
        return ()
    before = erratum.before
    sides = (Side(before.year, before, before), Side(context.vintage.year, context.vintage, context.vintage))
    return texts_corrected(replace(context, sides=Sides(Manner.EDITIONS, sides)))


def erratum_files(context: Context) -> Entries | None:
    """The files that differ, so that no change is concealed. None where readers see no difference: what is withheld now
    is withheld in the earlier edition, too."""
    erratum = context.erratum
    if erratum is None or not erratum.files:
        return None
    entries = tuple(Entry(name, (context.text(TURNS[turn]),)) for name, turn in erratum.files)
    return Entries(context.text("Files that differ"), entries)


KINDS: Mapping[type, str] = {
    model.Provision: N_("Legal provisions"),
    model.Plan: N_("Plans"),
    model.Institution: N_("Institutions"),
    model.Role: N_("Roles of institutions"),
    model.Contact: N_("Contacts"),
    model.Reference: N_("Resources"),
    model.Activity: N_("Activities"),
    model.CountryList: N_("Countries named"),
    model.Country: N_("Country and publisher"),
    model.YearFile: N_("Years"),
    model.Revision: N_("Revisions"),
    model.Restated: N_("Figures of earlier years that the source repeats"),
    model.Accepted: N_("Findings accepted"),
    model.Difference: N_("Differences from other publications"),
    model.Recommendation: N_("Recommendations"),
    model.FollowUp: N_("Follow-up to earlier recommendations"),
    model.Source: N_("Sources"),
    model.Indicator: N_("Indicators"),
    model.Dimension: N_("Breakdowns"),
    model.Code: N_("Categories"),
    model.Abbreviation: N_("Abbreviations"),
    model.Duty: N_("Article 19a of Directive 2011/36/EU"),
    model.DutyItem: N_("Article 19a of Directive 2011/36/EU"),
    model.Split: N_("Article 19a of Directive 2011/36/EU"),
    model.Settings: N_("Settings of the report"),
    model.ChartChoice: N_("Settings of the report"),
}
FIELDS = {
    "law": N_("Law"),
    "article": N_("Article"),
    "subject": N_("Subject"),
    "since": N_("Since"),
    "until": N_("Until"),
    "stated": N_("Stated by a source"),
    "least": N_("Lightest penalty"),
    "note": N_("Note"),
    "name": N_("Name"),
    "period": N_("Period"),
    "framework": N_("Framework programme"),
    "adopted": N_("Adopted"),
    "evaluated": N_("Evaluated"),
    "focus": N_("Purpose"),
    "role": N_("Role"),
    "tasks": N_("Tasks"),
    "listed_from": N_("Listed from the edition of"),
    "founded": N_("Set up in"),
    "dissolved": N_("Ceased to exist in"),
    "person": N_("Person"),
    "telephone": N_("Telephone"),
    "email": N_("E-mail"),
    "website": N_("Website"),
    "ngo": N_("Non-governmental organisation"),
    "group": N_("Group"),
    "title": N_("Title"),
    "url": N_("Address"),
    "kind": N_("Kind"),
    "organiser": N_("Organiser"),
    "audience": N_("Audience"),
    "target": N_("An aim, not a result"),
    "part_of": N_("Part of"),
    "source": N_("Source"),
    "year": N_("Year"),
    "vintage": N_("Stated in the file of"),
    "countries": N_("Countries"),
    "main": N_("Main countries"),
    "groups": N_("Groups of countries"),
    "rapporteur": N_("Rapporteur"),
    "rapporteur_since": N_("First year of the rapporteur"),
    "publisher": N_("Publisher"),
    "place": N_("Place"),
    "found_at": N_("Address of the profiles"),
    "mappings": N_("Other publication"),
    "methodology": N_("Methodology"),
    "headings": N_("Headings on the Commission’s page"),
    "status": N_("Status"),
    "published": N_("Published"),
    "data_cutoff": N_("Data as of"),
    "was": N_("Published before"),
    "reason": N_("Reason"),
    "comparable": N_("Comparable"),
    "accessed": N_("Accessed"),
    "offices": N_("Addressed to"),
    "by": N_("To be done by"),
    "answers": N_("Challenge"),
    "state": N_("State"),
    "label": N_("Label"),
    "unit": N_("Unit"),
    "population": N_("Who or what is counted"),
    "definition": N_("Definition"),
    "further": N_("Other definitions"),
    "names": N_("Label"),
    "dimensions": N_("Breakdowns"),
    "terms": N_("Terms used in texts"),
    "rose": N_("Headline for a rise"),
    "fell": N_("Headline for a fall"),
    "genitive": N_("Name after “the number of”"),
    "key": N_("Rank"),
    "within": N_("Part of"),
    "combines": N_("Combination of"),
    "residual": N_("Residual category"),
    "subset": N_("Need not add up to the total"),
    "short": N_("Short form"),
    "full": N_("Full form"),
    "dimension": N_("Breakdown"),
    "codes": N_("Categories"),
    "splits": N_("Breakdowns"),
    "languages": N_("Languages"),
    "theme": N_("Theme"),
    "machine_translation": N_("Settings of the report"),
    "annexes": N_("Annexes"),
    "licence": N_("Licence"),
    "reuse": NP_("terms of the licence", "Reuse"),
    "percent_base": N_("Smallest base of a percentage"),
    "jump": N_("Change that needs a comment"),
    "jump_count": N_("Largest change that needs no comment"),
    "leave_out": N_("Left out"),
    "instead": N_("Shown instead"),
}
OF_KINDS = (N_("training"), N_("campaign"), N_("cooperation"), N_("coordination"))
ACTIVITIES = dict(zip(model.ActivityKind, OF_KINDS, strict=True))
LISTS = (UNIT_WORDS, KIND_WORDS, STATUS_WORDS, GROUPS, STATE_WORDS, TASK_WORDS, ACTIVITIES)
WORDS: Mapping[object, str] = {
    **dict(chain.from_iterable(words.items() for words in LISTS)),
    model.Annexes.SHORT: N_("in a separate document"),
    model.Annexes.FULL: N_("in the profile"),
    True: N_("Yes"),
    False: N_("No"),
}
NOTHING = "–"


def thing_name(context: Context, thing: object) -> str:
    """The name of a record among others of its kind."""
    language = context.locale.language
    if isinstance(thing, model.Provision):
        return context.locale.put("{}: {}", provision_name(context, thing), thing.subject.text(language))
    if isinstance(thing, model.CountryList):
        return context.locale.put("{}: {}", thing.year, context.text(TITLES[thing.kind]))
    if isinstance(thing, model.YearFile):
        return str(thing.year)
    if isinstance(thing, (model.Revision, model.Restated, model.Accepted, model.Difference)):
        return _of_figure(context, thing)
    if isinstance(thing, (model.Recommendation, model.FollowUp)):
        return title_of(context.vintage, thing.code, language)
    if isinstance(thing, model.Country):
        return context.locale.name_of(thing)
    named = (getattr(thing, name, None) for name in ("name", "title", "label", "full", "role"))
    label = next((candidate for candidate in named if isinstance(candidate, model.Label)), model.Label())
    return label.text(language) or context.text(KINDS[type(thing)])


def _of_figure(context: Context, thing: model.Revision | model.Restated | model.Accepted | model.Difference) -> str:
    observation = context.vintage.observation(thing.figure, thing.year)
    label = context.locale.label_of(observation, context.vintage.catalogue) if observation else thing.figure
    if isinstance(thing, model.Accepted):
        return context.locale.put("{}, {} ({})", label, thing.year, thing.rule)
    source = context.vintage.catalogue.source(thing.publication) if isinstance(thing, model.Difference) else None
    title = source.title.text(context.locale.language) if source else ""
    return context.locale.put("{}, {} ({})" if title else "{}, {}", label, thing.year, title)


def _words(context: Context, vintage: model.Vintage, field: FieldStatement, value: object) -> str:
    locale = context.locale
    if isinstance(value, tuple):
        several = locale.ordered(value) if field.form is Form.COUNTRY else value
        return locale.joined("; ", (_item(context, vintage, field, item) for item in several)) or NOTHING
    if isinstance(value, model.Label):
        return value.text(locale.language) or NOTHING
    if isinstance(value, (Decimal, float)):
        return locale.number(Decimal(str(value)))
    if value in (None, ""):
        return NOTHING
    if isinstance(value, (bool, Enum)) or get_origin(field.hint) is Literal:
        return context.text(WORDS[value])
    return _text(context, vintage, field, str(value))


def _text(context: Context, vintage: model.Vintage, field: FieldStatement, value: str) -> str:
    locale = context.locale
    if field.form in (Form.DATE, Form.PERIOD):
        since, _, until = value.partition("/")
        return locale.period(since, until)
    if field.form is Form.COUNTRY:
        return context.country(value)
    named: Iterable[model.Source | model.Activity] = vintage.catalogue.sources if field.form is Form.SOURCE else ()
    if field.name == "answers":
        return part_title(vintage.data.passages, model.CHALLENGES, value, locale.language)
    if field.name == "part_of":
        named = vintage.data.activities
    titles = [record.title for record in named if record.code == value]
    if field.name in ("within", "combines"):
        titles = [code.label for axis in vintage.catalogue.dimensions if (code := axis.get(value))]
    return titles[0].text(locale.language) if titles else value


def _item(context: Context, vintage: model.Vintage, field: FieldStatement, item: object) -> str:
    """One of several values; of a pair with its name."""
    if not isinstance(item, tuple):
        return _words(context, vintage, field, item)
    key, value = item
    name = context.text(HEADINGS[key]) if isinstance(key, model.Esms) else str(key)
    return context.locale.put("{}: {}", name, _words(context, vintage, field, value))
