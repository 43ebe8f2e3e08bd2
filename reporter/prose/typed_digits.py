"""Digits that may be typed in prose. They stand in names, places and dates, and count nothing. Texts quote names of
other languages, so that those of all are looked for in each."""

import re

from reporter.languages import LANGUAGES
from reporter.languages.language import any_of

KNOWN = tuple(LANGUAGES.values())
PERCENT = re.compile(
    rf"\d+(?:[.,]\d+)?\s*(?:%|‰|{any_of(pattern for each in KNOWN for pattern in (each.percent, each.percent_points))})"
)
TYPED = (
    # websites, mail addresses, telephone numbers
    r"https?://\S+|www\.\S+|\S{1,64}@\S{1,255}\.\w+",
    r"\+\d[\d ()/-]{5,}\d",
    # percentages have a rule of their own
    PERCENT.pattern,
    *(name for each in KNOWN for name in each.names),
    # Directive 2011/36/EU; 2017-05-30, 2020
    r"\b\d+(?:/\d+)+(?:/[A-Z]+)?",
    r"\b(?:19|20)\d\d\b(?:-\d\d){0,2}\b",
    # items of a numbered list; STROM 2
    r"^\s*\d{1,2}[.)]\s",
    r"\b(?!EUR\b)[A-Z]{2,}[ -]\d+\b",
)
NAMES = re.compile("|".join(TYPED))
