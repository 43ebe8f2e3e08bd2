"""Words that do not go with every number that may stand beside them, in languages whose words agree with it."""

from collections.abc import Iterator

from reporter.check.prose_text import ParsedPassage
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.i18n import N_, plural_form
from reporter.languages import known_language
from reporter.model import Qualifier, is_given
from reporter.model.telling import At, tell
from reporter.prose.expression import Expression, parse

ANY_NUMBER = N_("'{words}' does not go with every number")
MESSAGES = {
    "about": N_("{figure} is about so much: '{preposition}' does not go with '{words}'"),
    "governed": N_("'{preposition}' does not go with '{words}'"),
    "form": N_("'{words}' does not agree"),
    "before": ANY_NUMBER,
    "behind": ANY_NUMBER,
}


def word_agreement(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        known = known_language(parsed.passage.language)
        for before, each, after in _counted(parsed):
            if found := known.disagreement(before, each.words, after, about=_is_about(edition, each, parsed)):
                kind, words, preposition, forms = found
                message = tell(MESSAGES[kind], figure=At(each.address), preposition=preposition, words=words)
                year = f" | at({each.year})" if each.year is not None else ""
                quoted = ", ".join(f'"{form}"' for form in forms)
                place = _place(kind, words, preposition)
                hint = f"write {{{{ {each.address}{year} | counted({quoted}) }}}}{place}"
                yield prose_problem(parsed, each.mark, message, hint)


def _place(kind: str, said: str, preposition: str) -> str:
    return {
        "about": ", in the accusative",
        "governed": f", behind {preposition!r}",
        "before": f" in the place of {said!r} and the value",
        "behind": f" in the place of the value and {said!r}",
    }.get(kind, "")


def _counted(parsed: ParsedPassage) -> Iterator[tuple[str, Expression, str]]:
    if not any(each.filter == "counted" for each in parsed.expressions):
        return
    for passage in filter(None, (parsed.passage.headline, parsed.passage)):
        pieces = parse(passage)[0]
        texts = ["" if piece.expression else piece.text for piece in (*pieces, pieces[0])]
        for number, piece in enumerate(pieces):
            if piece.expression and piece.expression.filter == "counted":
                yield texts[number - 1] if number else "", piece.expression, texts[number + 1]


def _is_about(edition: CheckedEdition, each: Expression, parsed: ParsedPassage) -> bool:
    """Return whether a value is printed with "about", and not beside the form for many."""
    seen = edition.known.observation(each.address, each.year)
    if seen is None or not is_given(seen) or seen.qualifier is not Qualifier.ABOUT:
        return False
    return plural_form(parsed.passage.language, seen.value or 0) < len(each.words) - 1
