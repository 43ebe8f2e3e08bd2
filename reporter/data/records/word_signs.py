"""Signs that Word sets in the place of those that are typed."""

import re

# The quotes of several languages.
WORD_QUOTES = "“”„‟«»‘’‚‛‹›"
ODD_BLANK = re.compile("[\t\u00a0\u2007\u2009\u202f\u3000]")
DASHES = "–—‑−"
APOSTROPHE = re.compile(r"(?<=\w)[’‘](?=\w)")
PLAIN = str.maketrans(dict.fromkeys(WORD_QUOTES, '"') | dict.fromkeys(DASHES, "-"))


def plainly(text: str) -> str:
    return ODD_BLANK.sub(" ", APOSTROPHE.sub("'", text).translate(PLAIN))
