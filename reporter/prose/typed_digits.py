"""Digits that may be typed in prose. They stand in names, places and dates, and count nothing. Texts quote names of
other languages, so that those of all are looked for in each."""

import re
from functools import cache

from reporter.languages import LANGUAGES, Language
from reporter.languages.language import any_of

KNOWN = tuple(LANGUAGES.values())
PERCENT = re.compile(
    rf"\d+(?:[.,]\d+)?\s*(?:%|‰|{any_of(pattern for each in KNOWN for pattern in (each.percent, each.percent_points))})"
)
COMMON = (
    # websites, mail addresses, telephone numbers
    r"https?://\S+|www\.\S+|\S{1,64}@\S{1,255}\.\w+",
    r"\+\d[\d ()/-]{5,}\d",
    # Directive 2011/36/EU; 2017-05-30, 2020
    r"\b\d+(?:/\d+)+(?:/[A-Z]+)?",
    r"\b(?:19|20)\d\d\b(?:-\d\d){0,2}\b",
    # items of a numbered list; STROM 2
    r"^\s*\d{1,2}[.)]\s",
    r"\b(?!EUR\b)[A-Z]{2,}[ -]\d+\b",
)
# Percentages have a rule of their own.
NAMES = re.compile("|".join((PERCENT.pattern, *(name for each in KNOWN for name in each.names), *COMMON)))


@cache
def names_of(known: Language) -> re.Pattern[str]:
    return re.compile("|".join((*known.names, *COMMON)))
