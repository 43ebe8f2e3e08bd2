"""Guess which expression was meant by one that is none. Each guess has one mistake less; whether it is an expression is
tried elsewhere."""

import re
from collections.abc import Callable, Iterator

from reporter.model.word_signs import WORD_QUOTES, plainly

# An expression that is not closed, or whose quotes do not pair, up to the end of its line.
LOOSE = re.compile(r"\{\{[^{}\n]*\}{0,2}")
ARGUMENTS = re.compile(r"\(([^()]*)\)")
YEAR = re.compile(r"\bat\s*(?:\(\s*[\"']?(\d{4})[\"']?\s*\)|[:=]?\s*[\"']?(\d{4})[\"']?)")
# A name with dots between single braces, which Markdown would print as it is typed.
SINGLE = re.compile(r"(?<!\{)\{\s*([a-z]\w*(?:\.\w+)+(?:\s*\|[^{}\n]*)?)\s*\}(?!\})", re.A)


def _closed(text: str) -> str:
    inner = text.rstrip().rstrip("}").rstrip()
    return f"{inner}{')' * (inner.count('(') - inner.count(')'))} }}}}"


def _quoted(text: str) -> str:
    def marked(found: re.Match[str]) -> str:
        words = (each.strip(f" \"'{WORD_QUOTES}") for each in found[1].split(","))
        return f"({', '.join(each if each.isdigit() else f'{chr(34)}{each}{chr(34)}' for each in words if each)})"

    return ARGUMENTS.sub(marked, text).replace("()", "")


def _lowered(text: str) -> str:
    parts = re.split(r"(\"[^\"]*\")", text)
    return "".join(each if each.startswith('"') else each.lower() for each in parts)


# What may be wrong, and the repair; each one comes on top of those before it.
STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("has signs that Word has set", plainly),
    ("is not closed", _closed),
    ("has words without quotes, or with one", _quoted),
    ("names a year otherwise than at(YEAR)", lambda text: YEAR.sub(r"at(\1\2)", text)),
    ("has capital letters", _lowered),
)


def guesses(text: str) -> Iterator[tuple[str, str]]:
    """Guess what was meant: what is wrong, and the expression. First with one repair, then with all up to each."""
    for what, mend in STEPS:
        if (mended := mend(text)) != text:
            yield _words(what, text), mended
    wrong, mended = "", text
    for what, mend in STEPS:
        if (better := mend(mended)) != mended:
            wrong, mended = wrong or _words(what, text), better
            yield wrong, mended


def _words(what: str, text: str) -> str:
    if what != STEPS[0][0]:
        return what
    return "has the quotes of Word" if set(text) & set(WORD_QUOTES) else "has a no-break space of Word"
