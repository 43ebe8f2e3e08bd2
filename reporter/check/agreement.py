"""Lithuanian words that do not go with every number. A participle agrees with the noun beside 1 and 2, and is neuter
where 10 makes the noun genitive: nustatyta 1 auka, nustatytos 2 aukos, nustatyta 10 aukų. Behind `apie` the noun is
accusative: apie 2 aukas. A preposition that somebody wrote before the number asks for its case: iš 2 šalių, per 2
metus, su 2 partneriais."""

import re
from collections.abc import Iterator, Sequence

from reporter.check.prose_text import ParsedPassage
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.i18n import N_, plural_form
from reporter.model import Qualifier, is_given
from reporter.model.telling import At, tell
from reporter.prose.expression import NUMBER_PLACE, Expression, parse

LANGUAGE = "lt"
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


def word_agreement(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        if parsed.passage.language == LANGUAGE and any(each.filter == "counted" for each in parsed.expressions):
            for before, each, after in _counted(parsed):
                if found := _about(edition, each) or _governed(before, each) or _wrong(before, each, after):
                    message, forms, place = found
                    year = f" | at({each.year})" if each.year is not None else ""
                    quoted = ", ".join(f'"{form}"' for form in forms)
                    hint = f"write {{{{ {each.address}{year} | counted({quoted}) }}}}{place}"
                    yield prose_problem(parsed, each.mark, message, hint)


Found = tuple[str, Sequence[str], str]


def _counted(parsed: ParsedPassage) -> Iterator[tuple[str, Expression, str]]:
    for passage in filter(None, (parsed.passage.headline, parsed.passage)):
        pieces = parse(passage)[0]
        texts = ["" if piece.expression else piece.text for piece in (*pieces, pieces[0])]
        for number, piece in enumerate(pieces):
            if piece.expression and piece.expression.filter == "counted" and len(piece.expression.words) == 3:
                yield texts[number - 1] if number else "", piece.expression, texts[number + 1]


def _about(edition: CheckedEdition, each: Expression) -> Found | None:
    seen = edition.known.observation(each.address, each.year)
    if seen is None or not is_given(seen) or seen.qualifier is not Qualifier.ABOUT or not _nominative(each.words):
        return None
    if plural_form(LANGUAGE, seen.value or 0) == 2:
        return None
    forms = _declined(each.words, "accusative")
    message = tell(
        N_("{figure} is about so much: 'apie' does not go with '{words}'"),
        figure=At(each.address),
        words=_noun(each.words[0]),
    )
    return message, forms, ", in the accusative"


def _governed(before: str, each: Expression) -> Found | None:
    found = BEFORE_NUMBER.search(before)
    if not found or NUMBER_PLACE in each.words[0] or not _nominative(each.words):
        return None
    case = next(name for name in CASES if found[name])
    message = tell(N_("'{preposition}' does not go with '{words}'"), preposition=found[case], words=each.words[0])
    return message, _declined(each.words, case), f", behind {found[case]!r}"


def _wrong(before: str, each: Expression, after: str) -> Found | None:
    if not _nominative(each.words):
        return None
    if NUMBER_PLACE in each.words[0]:
        parts = [form.split(NUMBER_PLACE) for form in each.words]
        found = [BEFORE.search(start) for start, _ in parts]
        if not all(found):
            return None
        endings = _endings(each.words)
        forms = tuple(
            f"{start[: match.start('ending')]}{ending}{start[match.end('ending') :]}{NUMBER_PLACE}{end}"
            for (start, end), match, ending in zip(parts, found, endings, strict=True)
            if match
        )
        wrong = [old for old, new in zip(each.words, forms, strict=True) if old != new]
        return (tell(N_("'{words}' does not agree"), words=wrong[0]), forms, "") if wrong else None
    if (match := BEFORE.search(before)) and not (match["ending"] == "i" and INFINITIVE.search(before)):
        said = match[0].strip()
        start = [f"{match['stem']}{ending} {match['between']}" for ending in _endings(each.words)]
        forms = tuple(f"{one}{NUMBER_PLACE} {form}" for one, form in zip(start, each.words, strict=True))
        return (
            tell(N_("'{words}' does not go with every number"), words=said),
            forms,
            f" in the place of {said!r} and the value",
        )
    if (match := AFTER.match(after)) and (match["verb"] or match["ending"] != "i"):
        said = match[0].strip()
        verb = f"{match['verb'] or ''}{match['stem']}"
        ends = zip(each.words, _endings(each.words), strict=True)
        forms = tuple(f"{NUMBER_PLACE} {form} {verb}{ending}" for form, ending in ends)
        return (
            tell(N_("'{words}' does not go with every number"), words=said),
            forms,
            f" in the place of the value and {said!r}",
        )
    return None


def _noun(form: str) -> str:
    return form.partition(NUMBER_PLACE)[2].strip() if NUMBER_PLACE in form else form


def _last(form: str) -> str:
    return _noun(form).rpartition(" ")[2]


def _nominative(forms: Sequence[str]) -> bool:
    return bool(ONE.fullmatch(_last(forms[0])) and FEW.fullmatch(_last(forms[1])))


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
