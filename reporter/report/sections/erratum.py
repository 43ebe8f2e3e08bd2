"""The page of a corrigendum. Which edition it replaces, why, and everything that differs from it, before and now."""

from dataclasses import replace

from reporter.data.i18n import N_, Locale
from reporter.data.records import Release, is_hidden
from reporter.figures.compare.erratum import Aspect, Corrected, Erratum, altered_things, corrected_figures
from reporter.figures.compare.law import Turn
from reporter.figures.compare.sides import Manner, Side, Sides
from reporter.report.context import Context
from reporter.report.document.document import Block, Column, Entries, Entry, Table
from reporter.report.sections.erratum_words import FIELDS, KINDS, field_sides, thing_name
from reporter.report.sections.imprint import release_name
from reporter.report.sections.lines import paragraph
from reporter.report.sections.text_changes import texts_corrected
from reporter.report.tables.tabulate import SIGN_WORDS, Heads, Line, tabulate

ASPECT_WORDS = {
    Aspect.VALUE: N_("value"),
    Aspect.FLAGS: N_("flag"),
    Aspect.DEFINITION: N_("definition"),
    Aspect.PERIOD: N_("period"),
    Aspect.SOURCE: N_("source"),
    Aspect.NOTES: N_("note"),
    Aspect.COMPARABLE: N_("comparability"),
    Aspect.CONFIDENTIAL: N_("confidentiality"),
}
TURNS = {Turn.NEW: N_("added"), Turn.AMENDED: N_("changed"), Turn.ENDED: N_("taken out")}
SAME = N_("No figure differs from the edition that was published before.")


def erratum_about(context: Context) -> Entries | None:
    """List every corrigendum up to this one, the latest first. Its number and date, its reason, and what it
    replaces."""
    erratum, locale = context.erratum, context.locale
    if erratum is None:
        return None
    pairs = zip(erratum.releases, erratum.releases[1:], strict=False)
    return Entries("", tuple(_about(before, now, locale) for before, now in reversed(list(pairs))))


def _about(before: Release, now: Release, locale: Locale) -> Entry:
    lines = (
        locale.text("Reason: {reason}", reason=now.reason.text(locale.language)),
        locale.text("Replaces: {edition}", edition=release_name(before, locale)),
    )
    return Entry(release_name(now, locale), lines)


def erratum_figures(context: Context) -> Block | None:
    """The table of figures that differ, before and now. What is confidential now is not shown as it was. A sentence
    when none does."""
    erratum = context.erratum
    if erratum is None:
        return None
    found = corrected_figures(erratum.before, context.vintage)
    if not found:
        return paragraph(context.text(SAME))
    names = (N_("Year"), N_("Before"), N_("Now"), N_("What differs"))
    columns = tuple(Column(context.text(name), text=name == names[-1]) for name in names)
    heads = Heads(
        code="erratum_figures",
        caption=context.text("Figures that differ"),
        unit_line=_unit_line(context, erratum),
        stub=context.text("Number of"),
        columns=columns,
    )
    return tabulate(heads, [_figure(context, each) for each in found], context.vintage, context.locale)


def _unit_line(context: Context, erratum: Erratum) -> str:
    before = release_name(erratum.replaced, context.locale)
    return context.text("Before: {before}; now: {now}", before=before, now=release_name(erratum.now, context.locale))


def _figure(context: Context, each: Corrected) -> Line:
    what = context.locale.listed(context.text(ASPECT_WORDS[aspect]) for aspect in each.aspects)
    year = "" if each.seen.owner else str(each.year)
    label = context.locale.label_of(each.seen, context.vintage.catalogue)
    owner = next((item for item in context.vintage.data.things if each.seen.owner.endswith(f".{item.code}")), None)
    return Line(
        context.locale.put("{}: {}", thing_name(context, owner), label) if each.seen.owner and owner else label,
        [
            year,
            context.text(SIGN_WORDS["c"])
            if each.now is not None and is_hidden(each.now)
            else context.locale.value(each.before)
            if each.before
            else "–",
            each.now or "–",
            what,
        ],
    )


def erratum_things(context: Context) -> Table | None:
    """The table of everything else in the data that differs. Every record, such as a law, an office or a source, each
    with the fields that differ."""
    erratum = context.erratum
    found = altered_things(erratum.before, context.vintage) if erratum else ()
    if erratum is None or not found:
        return None
    columns = tuple(Column(context.text(name), text=True) for name in (N_("Change"), N_("Before"), N_("Now")))
    heads = Heads(
        code="erratum_things",
        caption=context.text("What differs besides figures and texts"),
        unit_line=_unit_line(context, erratum),
        stub=context.text("What changed"),
        columns=columns,
    )
    lines = list[Line]()
    for kind, title in KINDS.items():
        mine = [each for each in found if isinstance(each.thing, kind)]
        lines += [Line(context.text(title), heading=True)] if mine else []
        for each in mine:
            lines.append(Line(thing_name(context, each.thing), [context.text(TURNS[each.turn]), "", ""]))
            for field in each.fields:
                words = field_sides(context, erratum.before, each, field)
                lines.append(Line(context.text(FIELDS[field.name]), ["", *words], level=1))
    return tabulate(heads, lines, context.vintage, context.locale, (context.vintage.country.source,))


def erratum_texts(context: Context) -> tuple[Block, ...]:
    """Show the sections whose text differs, word by word."""
    erratum = context.erratum
    if erratum is None:
        return ()
    before = erratum.before
    sides = (Side(before.year, before, before), Side(context.vintage.year, context.vintage, context.vintage))
    return texts_corrected(replace(context, sides=Sides(Manner.EDITIONS, sides)))


def erratum_files(context: Context) -> Entries | None:
    """List the files that differ. So nothing is changed without a word."""
    erratum = context.erratum
    if erratum is None:
        return None
    entries = tuple(Entry(name, (context.text(TURNS[turn]),)) for name, turn in erratum.files)
    return Entries(context.text("Files that differ"), entries)
