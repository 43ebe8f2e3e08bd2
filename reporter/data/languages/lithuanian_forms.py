"""Lithuanian words that do not go with every number. A participle agrees with the noun beside 1 and 2, and is neuter
where 10 makes the noun genitive: nustatyta 1 auka, nustatytos 2 aukos, nustatyta 10 aukų. Behind `apie` the noun is
accusative: apie 2 aukas. A preposition that somebody wrote before the number asks for its case: iš 2 šalių, per 2
metus, su 2 partneriais."""

import re
from collections.abc import Sequence

from reporter.data.languages.language import Disagreement

# The place of the number in a form.
NUMBER_PLACE = "{n}"
# Nouns with the endings of participles.
NOUNS = (
    r"(?:viet|dat|kvot|cit|grimas|drauguom|program|reklam|\w*ram|projekt|punkt|\w*akt|kontinent|kart|mest|krašt|"
    r"student|agent|advokat|kandidat|migrant|komitet|institut|universitet|dokument|biudžet|šimt|būst)"
)
PARTICIPLE = rf"(?<!\w)(?!{NOUNS}(?:as|a|i|os)\b)(?P<stem>\w{{2,}}(?:t|[aio]m))(?P<ending>as|a|i|os)(?<!imas)(?<!imai)"
# What may stand between a participle and its number; and before an infinitive, which ends as a participle does.
BETWEEN = r"(?P<between>(?:(?:iš\s+viso|viso|tik|dar|net|jau|ir|taip\s+pat)\s+)*)"
MODAL = r"(?:gal|tur|priva|reik|ketin|siek|planuo|nor|leis|leidž|numat|pavyk|skir|stengė|padė)\w*"
BEFORE = re.compile(rf"{PARTICIPLE}\s+{BETWEEN}$", re.I)
INFINITIVE = re.compile(rf"(?<!\w){MODAL}\s+\w+ti\s+{BETWEEN}$", re.I)
AFTER = re.compile(rf"\s+(?P<verb>(?:buvo|bus|yra)\s+)?{PARTICIPLE}\b", re.I)
ONE = re.compile(r"\w*(?:as|is|ys|us|uo|a|ė|i)")
FEW = re.compile(r"\w*(?:ai|os|ės|ys|ūs)")
# Prepositions, by the case that they ask for. "Iš viso 2 aukos" has another word between.
BEFORE_NUMBER = re.compile(
    r"(?<!\w)(?:(?P<genitive>iš|iki|nuo|be|dėl|prie|tarp|ant|virš|vietoj|vietoje)"
    r"|(?P<accusative>apie|per|prieš|pas|į|pagal)|(?P<instrumental>su))\s+"
    r"(?:(?:ne\s+)?(?:mažiau|daugiau)\s+(?:kaip|nei|negu)\s+|bent\s+|tik\s+|apie\s+)*$",
    re.I,
)
# The nominative and other cases, by their endings, beside one and beside a few.
CASES = {
    "accusative": (
        {"uo": "enį", "as": "ą", "is": "į", "ys": "į", "us": "ų", "a": "ą", "ė": "ę", "i": "ią"},
        {"iai": "ius", "ai": "us", "os": "as", "ės": "es", "ys": "is", "ūs": "us", "i": "us"},
    ),
    "instrumental": (
        {"uo": "eniu", "as": "u", "is": "iu", "ys": "iu", "us": "umi", "a": "a", "ė": "e", "i": "ia"},
        {"iai": "iais", "ai": "ais", "os": "omis", "ės": "ėmis", "ys": "imis", "ūs": "umis", "i": "ais"},
    ),
    "genitive": ({"uo": "ens", "as": "o", "is": "io", "ys": "io", "us": "aus", "a": "os", "ė": "ės", "i": "ios"}, {}),
}
# Nouns that decline otherwise.
IRREGULAR = {
    "mėnuo": {"accusative": "mėnesį", "instrumental": "mėnesiu", "genitive": "mėnesio"},
    "moteris": {"instrumental": "moterimi", "genitive": "moters"},
    "šalis": {"instrumental": "šalimi", "genitive": "šalies"},
}


def disagreement(before: str, forms: Sequence[str], after: str, *, about: bool) -> Disagreement | None:
    if len(forms) != 3 or not (ONE.fullmatch(_last(forms[0])) and FEW.fullmatch(_last(forms[1]))):
        return None
    if about:
        return "about", _noun(forms[0]), "apie", _declined(forms, "accusative")
    if NUMBER_PLACE in forms[0]:
        return _within(forms)
    if found := BEFORE_NUMBER.search(before):
        case = next(name for name in CASES if found[name])
        return "governed", forms[0], found[case], _declined(forms, case)
    if (match := BEFORE.search(before)) and not (match["ending"] == "i" and INFINITIVE.search(before)):
        said = match[0].strip()
        start = [f"{match['stem']}{ending} {match['between']}" for ending in _endings(forms)]
        better = [f"{one}{NUMBER_PLACE} {form}" for one, form in zip(start, forms, strict=True)]
        return "before", said, "", better
    if (match := AFTER.match(after)) and (match["verb"] or match["ending"] != "i"):
        said = match[0].strip()
        verb = f"{match['verb'] or ''}{match['stem']}"
        better = [f"{NUMBER_PLACE} {form} {verb}{end}" for form, end in zip(forms, _endings(forms), strict=True)]
        return "behind", said, "", better
    return None


def _within(forms: Sequence[str]) -> Disagreement | None:
    """The forms that hold a participle before the number, each with its ending."""
    parts = [form.split(NUMBER_PLACE) for form in forms]
    found = [BEFORE.search(start) for start, _ in parts]
    better = [
        f"{start[: match.start('ending')]}{ending}{start[match.end('ending') :]}{NUMBER_PLACE}{end}"
        for (start, end), match, ending in zip(parts, found, _endings(forms), strict=True)
        if match
    ]
    wrong = [old for old, new in zip(forms, better, strict=False) if old != new]
    return ("form", wrong[0], "", better) if all(found) and wrong else None


def _noun(form: str) -> str:
    return form.partition(NUMBER_PLACE)[2].strip() if NUMBER_PLACE in form else form


def _last(form: str) -> str:
    return _noun(form).rpartition(" ")[2]


def _endings(forms: Sequence[str]) -> tuple[str, str, str]:
    one, few = _last(forms[0]), _last(forms[1])
    is_feminine = few.endswith(("os", "ės")) or (one.endswith("is") and few.endswith("ys"))
    return ("a", "os", "a") if is_feminine else ("as", "i", "a")


def _declined(forms: Sequence[str], case: str) -> tuple[str, ...]:
    starts = [form.partition(NUMBER_PLACE)[0] if NUMBER_PLACE in form else None for form in forms]
    one, few = (_noun(form).split() for form in forms[:2])
    # What belongs to the noun changes with the number; what is in another case does not.
    turned = [
        " ".join(
            _turned(word, case, number) if n >= len(other) or other[n] != word or one == few else word
            for n, word in enumerate(words)
        )
        for number, (words, other) in enumerate(((one, few), (few, one)))
    ]
    # Many are genitive in every case. Where one and few are alike, as years, there is a plural alone.
    several = _noun(forms[2]) if case == "genitive" else turned[1]
    nouns = (several if one == few else turned[0], several, _noun(forms[2]))
    return tuple(
        noun if start is None else f"{starts[2]}{NUMBER_PLACE} {noun}"
        for start, noun in zip(starts, nouns, strict=True)
    )


def _turned(word: str, case: str, number: int) -> str:
    if number == 0 and case in IRREGULAR.get(word, {}):
        return IRREGULAR[word][case]
    endings = CASES[case][number]
    ending = next((each for each in endings if word.endswith(each)), "")
    return f"{word.removesuffix(ending)}{endings[ending]}" if ending else word
