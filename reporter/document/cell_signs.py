"""Tell the cells of a form apart, however its sheets are moved. Beside each the code of its figure is hidden, and the
words of its line, which must be those that are seen."""

import re

# Kept in the file's own properties, in its first sheet and in a hidden one.
IDENTITY = "Reporter form"
# The sheet that says what the form is, and lists the words that answer; nobody needs to see it.
LIST = "_codes"
# Above the columns of a sheet, in a row that is hidden, stands what they hold.
CODE, WORDS, ANSWER, REMARK, SOURCE = "code", "words", "answer", "remark", "source"
KNOWN = re.compile(r"(?P<country>[A-Z]{2}) (?P<year>[12]\d{3}) (?P<agency>[a-z][a-z0-9_]*)", re.ASCII)


def identity_of(country: str, year: int, agency: str) -> str:
    """What a form is, in one line: LT 2021 police."""
    return f"{country} {year} {agency}"
