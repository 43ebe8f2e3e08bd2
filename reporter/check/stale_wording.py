"""Rule for texts that stay the same while their figures change."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from reporter.check.decisions import confirmation
from reporter.check.expressions import is_of_the_year, names_its_year
from reporter.check.prose_text import ParsedPassage
from reporter.check.rereading import Reread, paragraphs
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.check.sections import is_shown
from reporter.i18n import N_
from reporter.model import Observation, is_given
from reporter.model.telling import At, Told, tell, told_together
from reporter.prose.claims import CLAIMS
from reporter.prose.expression import Expression
from reporter.prose.reused_words import MOST

CODE = "words-unchanged"
MOST_NAMED = 3


def words_unchanged(edition: CheckedEdition) -> Iterator[Problem]:
    """A text in the words of an earlier year, with other figures. It is carried over from the edition before; or it was
    written again, in the narrative or in the file of the year. Who confirms it answers this as well; of a text that is
    carried over an entry under `accepted:` may have answered it before."""
    answered = {each.figure for each in edition.data.accepted if (each.rule, each.year) == (CODE, edition.year)}
    for parsed in edition.passages:
        if parsed.passage.year > edition.previous or not is_shown(parsed.passage.section, edition):
            continue
        if parsed.name in answered:
            yield from _carried(edition, parsed)
        elif edition.confirmed.isdisjoint((parsed.passage.section, parsed.passage.name)):
            waiting = parsed.passage.name
            hint = _remedy(edition, waiting)
            yield from (replace(each, figure="", undecided=waiting, hint=hint) for each in _carried(edition, parsed))
    for _, texts in groupby(edition.unread_texts, key=lambda each: (each.mark, each.name)):
        yield _used_again(edition, tuple(texts))


def _remedy(edition: CheckedEdition, name: str) -> str:
    return f"read it: if every word holds, {confirmation(edition, name)}; else rewrite it for {edition.year}"


def _used_again(edition: CheckedEdition, texts: tuple[Reread, ...]) -> Problem:
    found = [each.reuse for each in texts if each.reuse]
    year = max(each.year for each in found)
    is_whole = all(each.share == 1 for each in found)
    is_most = all(each.share >= MOST for each in found)
    is_same = not is_whole or all(each.is_same for each in found)
    languages = ", ".join(each.language for each in texts)
    hint = _remedy(edition, texts[0].name)
    message = f"it contains a whole text of {year}, with words added ({languages})"
    if is_most:
        whose = f"{'the words are' if is_whole else 'most of the words are'} those of {year}"
        message = f"{whose}{'' if is_same else '; only numbers and years differ'} ({languages})"
    return Problem(message, texts[0].mark, hint, year=edition.year, undecided=texts[0].name)


def _carried(edition: CheckedEdition, parsed: ParsedPassage) -> Iterator[Problem]:
    # A claim prints words that the data must bear out; of a sentence that names its year another rule speaks.
    printing = [
        each
        for each in parsed.expressions
        if is_of_the_year(each) and each.filter not in CLAIMS and not names_its_year(edition, parsed, each)
    ]
    for paragraph in paragraphs(parsed.passage) if printing else ():
        inside = [each for each in printing if each.mark in paragraph]
        yield from _changed(edition, parsed, inside)


def _changed(edition: CheckedEdition, parsed: ParsedPassage, expressions: Iterable[Expression]) -> Iterator[Problem]:
    found: dict[str, Expression] = {}
    told: dict[str, Told] = {}
    values: list[Observation | None] = []
    for each in expressions:
        was, now = (edition.known.observation(each.address, year) for year in (edition.previous, edition.year))
        if was and now and is_given(was) and is_given(now) and (was.qualifier, was.value) != (now.qualifier, now.value):
            found[each.address] = each
            told[each.address] = tell(N_("{figure} was {was}, is {now}"), figure=At(each.address), was=was, now=now)
            values += [was, now]
    if not found:
        return
    figures = told_together([*told.values()][:MOST_NAMED], ", ", ", …" if len(told) > MOST_NAMED else "")
    unchanged = N_("the words are those of {year}, the figures are not: {figures}")
    message = tell(unchanged, year=edition.previous, figures=figures)
    hint = f"read it again: if every word still holds, accept it with a reason; else rewrite it for {edition.year}"
    mark = next(iter(found.values())).mark
    yield prose_problem(parsed, mark, message, hint, edition.year, values=values)
