"""Rules for values in prose: they exist, every edition that prints them has them, and the words around them agree."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby, permutations, product

from reporter.check.prose_text import ParsedPassage, Reread, Sentence, paragraphs
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.check.texts import confirmation, is_shown, shown_blocks
from reporter.data.errors import Mark, nearest
from reporter.data.files.sources import SETTINGS
from reporter.data.i18n import N_, plural_form, plural_forms
from reporter.data.languages import known_language
from reporter.data.outline import BLOCKS
from reporter.data.records import ListKind, Observation, Qualifier, is_given, is_hidden
from reporter.data.records.label import OFFICIAL
from reporter.data.records.message import At, Told, joined_messages, tell
from reporter.figures.analysis.arithmetic import share
from reporter.text.claims import CLAIMS
from reporter.text.evaluation import is_unanswered
from reporter.text.expression import Expression, parse
from reporter.text.narrative import REFERENCES
from reporter.text.reused_texts import MOST

YEARS = ("year", "previous_year")
THINGS = ("activities.", "law.")
# A link to a chart or table: [Figure](#figure-investigations).
LINK = re.compile(r"\](?:\(|:\s*)<?#(?P<kind>figure|table)-(?:data-)?(?P<name>[\w.-]+)")


def unknown_figure(edition: CheckedEdition) -> Iterator[Problem]:
    for _, expression in expressions_of(edition):
        if not (expression.call or exists(edition, expression)):
            name = expression.address
            yield Problem(f"no figure is called {name!r}", expression.mark, nearest(name, _names(edition, name)))
    blocks = shown_blocks(edition)
    for kind, name, mark in _references(edition):
        if name not in (*blocks, *BLOCKS):
            yield Problem(f"no {kind} is called {name!r}", mark, nearest(name, blocks))


def chart_left_out(edition: CheckedEdition) -> Iterator[Problem]:
    blocks, instead = shown_blocks(edition), dict(edition.vintage.settings.charts.instead)
    for kind, name, mark in _references(edition):
        if name in BLOCKS and name not in blocks:
            message = f"the text refers to the chart {name}, which {SETTINGS} leaves out"
            hint = f"remove the reference from the text, or remove {name} from charts: in {SETTINGS}"
            if other := instead.get(name):
                message = f"the text refers to the chart {name}, which {SETTINGS} replaces with {other}"
                hint = f'write {{{{ {kind}("{other}") }}}} and what it shows, or remove the sentence'
            yield Problem(message, mark, hint)


def _references(edition: CheckedEdition) -> Iterator[tuple[str, str, Mark]]:
    """The figures and tables that texts refer to, each with its kind, name and place."""
    for parsed in edition.passages:
        for expression in parsed.expressions:
            if expression.call in REFERENCES:
                yield expression.call, expression.argument, expression.mark
        text = Sentence(parsed.passage.markdown, 0, parsed.passage.markdown, parsed.passage.mark)
        for link in LINK.finditer(text.text):
            yield link["kind"], link["name"], text.at(link.start())


def year_of_text(edition: CheckedEdition) -> Iterator[Problem]:
    """This year's value in a sentence that names an earlier year, in a text reused from that year."""
    for parsed in edition.passages:
        written = parsed.passage.year
        for expression in parsed.expressions:
            if is_of_the_year(expression) and names_its_year(edition, parsed, expression):
                frame = N_("a sentence about {written} prints the value of {figure} for {year}")
                message = tell(frame, figure=At(expression.address), year=edition.year, written=written)
                hint = f"write {{{{ year }}}} for the year, at({written}) for the value, or rewrite the section"
                yield Problem(message, expression.mark, hint, year=edition.year)


def names_its_year(edition: CheckedEdition, parsed: ParsedPassage, expression: Expression) -> bool:
    written = parsed.passage.year
    return written != edition.year and bool(re.search(rf"\b{written}\b", parsed.around(expression.mark)))


def is_of_the_year(expression: Expression) -> bool:
    named = expression.call or expression.address in YEARS or expression.year is not None
    return not named and not expression.address.startswith(THINGS)


def word_forms(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        language = parsed.passage.language
        for item in parsed.expressions:
            needed = plural_forms(language) if language in OFFICIAL else len(item.words)
            if item.filter == "counted" and len(item.words) != needed:
                message = f"{len(item.words)} forms of {item.words[0]!r}: the language {language} has {needed}"
                yield Problem(message, item.mark, "give the forms in the order of gettext: for 1, for few, for many")


def no_value(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed, expression in expressions_of(edition):
        if expression.call or not exists(edition, expression) or is_unanswered(expression, edition.vintage):
            continue
        if not is_printable(edition, expression):
            hint = _remedy(edition, parsed, expression)
            carried = edition.year if parsed.passage.year < edition.year else None
            yield Problem(f"{expression.address} has no value to print", expression.mark, hint, year=carried)


def expressions_of(edition: CheckedEdition) -> Iterator[tuple[ParsedPassage, Expression]]:
    for parsed in edition.passages:
        for expression in parsed.expressions:
            if expression.call != "note" and expression.address not in YEARS:
                yield parsed, expression


def exists(edition: CheckedEdition, expression: Expression) -> bool:
    if expression.call:
        return True
    family, _, name = expression.address.partition(".")
    if family == "countries":
        return name in tuple(ListKind)
    if expression.address.startswith(THINGS):
        return expression.address in edition.counts
    return edition.vintage.catalogue.split(expression.address)[0] is not None


def _names(edition: CheckedEdition, meant: str) -> Iterator[str]:
    """The names that are possible instead of an unknown one; those of cells only for a name with several codes."""
    yield from (f"countries.{kind}" for kind in ListKind)
    yield from edition.counts
    catalogue = edition.vintage.catalogue
    for indicator in catalogue.indicators:
        yield indicator.code
        codes = [[member.code for member in axis.codes] for axis in catalogue.axes(indicator)]
        yield from (f"{indicator.code}.{code}" for code in chain.from_iterable(codes))
        if meant.startswith(f"{indicator.code}.") and meant.count(".") > indicator.code.count(".") + 1:
            pairs = chain.from_iterable(product(*pair) for pair in permutations(codes, 2))
            yield from (f"{indicator.code}.{'.'.join(pair)}" for pair in pairs)


def is_printable(edition: CheckedEdition, expression: Expression) -> bool:
    """Return whether the edition has a value to print, by the same conditions as the narrative (reporter.text)."""
    vintage, address = edition.vintage, expression.address
    if address.startswith("countries."):
        return any(item.year == edition.year and address == f"countries.{item.kind}" for item in vintage.data.lists)
    if address.startswith(THINGS):
        return is_given(vintage.observation(address))
    changes = expression.filter in ("change", "change_sentence")
    observation = vintage.observation(address, edition.year if changes or expression.year is None else expression.year)
    if observation is None or not is_given(observation):
        return False
    total = vintage.observation(observation.figure, observation.year)
    return expression.filter != "share" or bool(observation.code and total and share(observation, total))


# How to write a paragraph for the public and for the restricted edition.
WITHHELD = (
    "it is withheld: rewrite the sentence without it, or write the paragraph twice, each mark on its own line:\n::: "
    "restricted\nthe paragraph as it is, for authorised readers\n:::\n::: public\nthe paragraph without the number, "
    "for the public\n:::"
)


def _remedy(edition: CheckedEdition, parsed: ParsedPassage, expression: Expression) -> str:
    written = parsed.passage.year
    year = None if expression.address.startswith(THINGS) else expression.year
    value = edition.vintage.observation(expression.address, year)
    total = edition.vintage.observation(value.figure, value.year) if value and expression.filter == "share" else None
    if is_hidden(value) or is_hidden(total):
        return WITHHELD
    if expression.filter == "share":
        return "a share needs a part, such as investigations.opened.sexual, and an exact total"
    if expression.year is not None:
        return f"the edition of {edition.year} has no figure for {expression.year}: name another year"
    if written == edition.year or expression.address.startswith(THINGS):
        return f"no figure is given for {edition.year}: add it, or rewrite the sentence"
    name = f"{{{{ {expression.address} | at({written}) }}}}"
    carried = f"carried over into {edition.year}, which has no value"
    return f"{carried}: write {name}, or rewrite the section for {edition.year}"


ANY_NUMBER = N_("'{words}' does not agree with every number")
MESSAGES = {
    "about": N_("{figure} is approximate: '{preposition}' does not go with '{words}'"),
    "governed": N_("'{preposition}' does not go with '{words}'"),
    "form": N_("'{words}' does not agree"),
    "before": ANY_NUMBER,
    "behind": ANY_NUMBER,
}


def word_agreement(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        language = parsed.passage.language
        lexicon = known_language(language)
        for before, expression, after in _counted(parsed):
            observation = edition.vintage.observation(expression.address, expression.year)
            # Printed with "about", and without the plural form used for many.
            is_about = observation is not None and is_given(observation) and observation.qualifier is Qualifier.ABOUT
            value = observation.value if observation and observation.value else 0
            about = is_about and plural_form(language, value) < len(expression.words) - 1
            if disagreement := lexicon.disagreement(before, expression.words, after, about=about):
                kind, phrase, preposition, forms = disagreement
                message = tell(MESSAGES[kind], figure=At(expression.address), preposition=preposition, words=phrase)
                year = f" | at({expression.year})" if expression.year is not None else ""
                quoted = ", ".join(f'"{form}"' for form in forms)
                place = {
                    "about": ", in the accusative",
                    "governed": f", behind {preposition!r}",
                    "before": f" instead of {phrase!r} and the value",
                    "behind": f" instead of the value and {phrase!r}",
                }.get(kind, "")
                hint = f"write {{{{ {expression.address}{year} | counted({quoted}) }}}}{place}"
                yield prose_problem(parsed, expression.mark, message, hint)


def _counted(parsed: ParsedPassage) -> Iterator[tuple[str, Expression, str]]:
    if not any(expression.filter == "counted" for expression in parsed.expressions):
        return
    for passage in filter(None, (parsed.passage.headline, parsed.passage)):
        pieces = parse(passage)[0]
        texts = ["" if piece.expression else piece.text for piece in (*pieces, pieces[0])]
        for number, piece in enumerate(pieces):
            if piece.expression and piece.expression.filter == "counted":
                yield texts[number - 1] if number else "", piece.expression, texts[number + 1]


CODE = "words-unchanged"
MOST_NAMED = 3


def words_unchanged(edition: CheckedEdition) -> Iterator[Problem]:
    """A text reused from an earlier year, while its figures changed. It is carried over from the previous edition, or
    written again in the narrative or in the file of the year. Confirming the text answers this too; for a text carried
    over, an `accepted:` entry may have done so already."""
    answered = {entry.figure for entry in edition.data.accepted if (entry.rule, entry.year) == (CODE, edition.year)}
    for parsed in edition.passages:
        if parsed.passage.year > edition.previous or not is_shown(parsed.passage.section, edition):
            continue
        if parsed.name in answered:
            yield from _carried(edition, parsed)
        elif edition.confirmed.isdisjoint((parsed.passage.section, parsed.passage.name)):
            waiting = parsed.passage.name
            hint = _rereading(edition, waiting)
            yield from (replace(fault, figure="", undecided=waiting, hint=hint) for fault in _carried(edition, parsed))
    for _, texts in groupby(edition.unread_texts, key=lambda text: (text.mark, text.name)):
        yield _used_again(edition, tuple(texts))


def _rereading(edition: CheckedEdition, name: str) -> str:
    return f"read it: if every word is still right, {confirmation(edition, name)}; else rewrite it for {edition.year}"


def _used_again(edition: CheckedEdition, texts: tuple[Reread, ...]) -> Problem:
    reuses = [text.reuse for text in texts if text.reuse]
    year = max(reuse.year for reuse in reuses)
    is_whole = all(reuse.share == 1 for reuse in reuses)
    is_most = all(reuse.share >= MOST for reuse in reuses)
    is_same = not is_whole or all(reuse.is_same for reuse in reuses)
    languages = ", ".join(text.language for text in texts)
    hint = _rereading(edition, texts[0].name)
    message = f"it contains a whole text of {year}, with words added ({languages})"
    if is_most:
        whose = f"{'the words are' if is_whole else 'most of the words are'} those of {year}"
        message = f"{whose}{'' if is_same else '; only numbers and years differ'} ({languages})"
    return Problem(message, texts[0].mark, hint, year=edition.year, undecided=texts[0].name)


def _carried(edition: CheckedEdition, parsed: ParsedPassage) -> Iterator[Problem]:
    # The data are checked against claims, and another rule reports a sentence that names its year.
    printing = [
        item
        for item in parsed.expressions
        if is_of_the_year(item) and item.filter not in CLAIMS and not names_its_year(edition, parsed, item)
    ]
    for paragraph in paragraphs(parsed.passage) if printing else ():
        yield from _changed(edition, parsed, [expression for expression in printing if expression.mark in paragraph])


def _changed(edition: CheckedEdition, parsed: ParsedPassage, expressions: Iterable[Expression]) -> Iterator[Problem]:
    places: dict[str, Expression] = {}
    moves: dict[str, Told] = {}
    values: list[Observation | None] = []
    for item in expressions:
        was, now = (edition.vintage.observation(item.address, year) for year in (edition.previous, edition.year))
        if was and now and is_given(was) and is_given(now) and (was.qualifier, was.value) != (now.qualifier, now.value):
            places[item.address] = item
            moves[item.address] = tell(N_("{figure} was {was}, is {now}"), figure=At(item.address), was=was, now=now)
            values += [was, now]
    if not places:
        return
    figures = joined_messages([*moves.values()][:MOST_NAMED], ", ", ", …" if len(moves) > MOST_NAMED else "")
    unchanged = N_("the words are unchanged since {year}, but the figures changed: {figures}")
    message = tell(unchanged, year=edition.previous, figures=figures)
    hint = f"read it again: if every word is still right, accept it with a reason; else rewrite it for {edition.year}"
    yield prose_problem(parsed, next(iter(places.values())).mark, message, hint, edition.year, values=values)
