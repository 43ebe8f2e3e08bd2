"""Lithuanian."""

import re
from collections.abc import Mapping, Sequence

from reporter.data.languages.language import (
    YEAR,
    Disagreement,
    Language,
    Sign,
    any_of,
    claims_of,
    every_year,
    number_in_words,
    numbered,
    words,
)

# The place of the number in a form.
NUMBER_PLACE = "{n}"
# Nouns that end like participles.
NOUNS = (
    r"(?:viet|dat|kvot|cit|grimas|drauguom|program|reklam|\w*ram|projekt|punkt|\w*akt|kontinent|kart|mest|krašt|"
    r"student|agent|advokat|kandidat|migrant|komitet|institut|universitet|dokument|biudžet|šimt|būst)"
)
PARTICIPLE = rf"(?<!\w)(?!{NOUNS}(?:as|a|i|os)\b)(?P<stem>\w{{2,}}(?:t|[aio]m))(?P<ending>as|a|i|os)(?<!imas)(?<!imai)"
# What may come between a participle and its number, or before an infinitive, which ends like a participle.
BETWEEN = r"(?P<between>(?:(?:iš\s+viso|viso|tik|dar|net|jau|ir|taip\s+pat)\s+)*)"
MODAL = r"(?:gal|tur|priva|reik|ketin|siek|planuo|nor|leis|leidž|numat|pavyk|skir|stengė|padė)\w*"
BEFORE = re.compile(rf"{PARTICIPLE}\s+{BETWEEN}$", re.I)
INFINITIVE = re.compile(rf"(?<!\w){MODAL}\s+\w+ti\s+{BETWEEN}$", re.I)
AFTER = re.compile(rf"\s+(?P<verb>(?:buvo|bus|yra)\s+)?{PARTICIPLE}\b", re.I)
ONE = re.compile(r"\w*(?:as|is|ys|us|uo|a|ė|i)")
FEW = re.compile(r"\w*(?:ai|os|ės|ys|ūs)")
# Prepositions, by the case they govern. "Iš viso 2 aukos" has another word between.
BEFORE_NUMBER = re.compile(
    r"(?<!\w)(?:(?P<genitive>iš|iki|nuo|be|dėl|prie|tarp|ant|virš|vietoj|vietoje)"
    r"|(?P<accusative>apie|per|prieš|pas|į|pagal)|(?P<instrumental>su))\s+"
    r"(?:(?:ne\s+)?(?:mažiau|daugiau)\s+(?:kaip|nei|negu)\s+|bent\s+|tik\s+|apie\s+)*$",
    re.I,
)
# The nominative and other cases by ending, for one and for a few.
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
# Irregular nouns.
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
    if preposition := BEFORE_NUMBER.search(before):
        case = next(name for name in CASES if preposition[name])
        return "governed", forms[0], preposition[case], _declined(forms, case)
    if (match := BEFORE.search(before)) and not (match["ending"] == "i" and INFINITIVE.search(before)):
        phrase = match[0].strip()
        start = [f"{match['stem']}{ending} {match['between']}" for ending in _endings(forms)]
        better = [f"{one}{NUMBER_PLACE} {form}" for one, form in zip(start, forms, strict=True)]
        return "before", phrase, "", better
    if (match := AFTER.match(after)) and (match["verb"] or match["ending"] != "i"):
        phrase = match[0].strip()
        verb = f"{match['verb'] or ''}{match['stem']}"
        better = [f"{NUMBER_PLACE} {form} {verb}{end}" for form, end in zip(forms, _endings(forms), strict=True)]
        return "behind", phrase, "", better
    return None


def _within(forms: Sequence[str]) -> Disagreement | None:
    """The forms with a participle before the number, each with its ending."""
    parts = [form.split(NUMBER_PLACE) for form in forms]
    matches = [BEFORE.search(start) for start, _ in parts]
    better = [
        f"{start[: match.start('ending')]}{ending}{start[match.end('ending') :]}{NUMBER_PLACE}{end}"
        for (start, end), match, ending in zip(parts, matches, _endings(forms), strict=True)
        if match
    ]
    wrong = [old for old, new in zip(forms, better, strict=False) if old != new]
    return ("form", wrong[0], "", better) if all(matches) and wrong else None


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
    # Words that belong to the noun change with the number; those in another case do not.
    turned = [
        " ".join(
            _turned(word, case, number) if n >= len(other) or other[n] != word or one == few else word
            for n, word in enumerate(words)
        )
        for number, (words, other) in enumerate(((one, few), (few, one)))
    ]
    # Large numbers take the genitive in every case. If one and few are alike, as for years, the noun is plural only.
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
    ending = next((suffix for suffix in endings if word.endswith(suffix)), "")
    return f"{word.removesuffix(ending)}{endings[ending]}" if ending else word


OF_NUMBERS = r"(?:i|is|ių|iems|iais|iuose|ios|ias|ioms|iomis|iose|eri|erios|erių|eris|erias)"
TEEN = r"(?:a|os|ai|ą|oje)"
UNITS = (
    r"vien(?:as|a|o|os|ą|am|ai|u|oje|ame|i|ų|us|iems|oms)",
    r"(?:du|dvi|dviejų|dviem|dviejuose|dviejose|dvejus|dveji|dvejų)",
    r"(?:trys|tris|trijų|trims|trimis|trijuose|trijose|treji|trejus|trejų)",
    *(rf"{stem}{OF_NUMBERS}" for stem in ("ketur", "penk", "šeš", "septyn", "aštuon", "devyn")),
    r"(?:dešimt(?:is|ies|į)?|dešimčiai?)",
    *(
        rf"{stem}lik{TEEN}"
        for stem in ("vienuo", "dvy", "try", "keturio", "penkio", "šešio", "septynio", "aštuonio", "devynio")
    ),
)
TENS = tuple(
    rf"{stem}dešimt(?:is|ies|į|ys)?"
    for stem in ("dvi", "tris", "keturias", "penkias", "šešias", "septynias", "aštuonias", "devynias")
)
SCALES = {
    r"šimt(?:as|o|ą|ai|ų|us|ui|u|ais|ams)": 100,
    r"tuzin(?:as|o|ą|ai|ų|us|u)": 12,
    r"tūkstan(?:tis|čio|tį|čiai|čių|čius|čiui|čiu)": 1000,
}
GLUE = r"\s+"
NUMBER = number_in_words(UNITS, TENS, SCALES, GLUE)
FRACTIONS = (
    (r"pus(?:ė|ę|ės|ei|e)|kas antr(?:as|a)|kiekvien\w+ antr\w+", 1, 2),
    (r"(?:du|dviejų|dviem|dvejus) trečdali\w+|(?:du|dvi|dviejų) iš trijų", 2, 3),
    (r"trečdal\w+|kas treči(?:as|a)|kiekvien\w+ treči\w+|vien\w+ iš trijų", 1, 3),
    (r"(?:trys|tris|trijų|trims|trimis) ketvirtadali\w+|trys iš keturių", 3, 4),
    (r"ketvirtadal\w+|ketvirt(?:is|į|yje) (?=\w+ų\b)|kas ketvirt(?:as|a)|vien\w+ iš keturių", 1, 4),
    (r"(?:du|dviejų|dviem) penktadali\w+", 2, 5),
    (r"(?:trys|tris|trijų|trims|trimis) penktadali\w+", 3, 5),
    (r"(?:keturi|keturis|keturių|keturiems|keturiais) penktadali\w+", 4, 5),
    (r"penktadal\w+|kas penkt(?:as|a)|vien\w+ iš penkių", 1, 5),
    (r"dešimtadal\w+|kas dešimt(?:a|as|oji)\b|vien\w+ iš dešimties", 1, 10),
)
SIGNS = (
    (Sign.LEAST, r"bent|mažiausiai|ne mažiau (?:kaip|nei|negu)"),
    (Sign.MOST, r"ne daugiau (?:kaip|nei|negu)|daugiausia"),
    (Sign.ABOVE, r"(?:daugiau|didesn\w+) (?:kaip|nei|negu)|virš|per"),
    (Sign.BELOW, r"(?:mažiau|mažesn\w+) (?:kaip|nei|negu)"),
    (Sign.NEARLY, r"beveik|kone|vos ne"),
    (Sign.ABOUT, r"apie|maždaug|apytiksliai|praktiškai"),
    (Sign.EXACT, r"tik|tiktai|vos|lygiai"),
)
SIGN = any_of(pattern for _, pattern in SIGNS)
SHARE = rf"(?:(?:{SIGN}) )?(?:{any_of(pattern for pattern, _, _ in FRACTIONS)})"
# Endings of nouns and adjectives, and of definite adjectives.
ENDING = (
    r"(?:i?(?:as|a|o|os|ą|ai|ams?|u|us|ų|ui|oms|ais|omis|uose|ose|ame|oje|e|"
    r"asis|ojo|ajam|ąjį|uoju|ajame|oji|osios|ajai|ąją|ąja|ojoje|ųjų|osioms|ąsias|osiomis|osiose|uosius|aisiais|"
    r"uosiuose)|i|is|į|ie|iems|ieji|iesiems|ims|imis|ė|ės|ę|ei|ėje|ėse|ėms|ėmis)"
)
# What a number is joined to: years of age or duration, frequency, number of kinds.
JOINED = (
    r"(?:vien|dvi|tri|ketur|penk(?:ia)?|šeš(?:ia)?|septyn(?:ia)?|aštuon(?:ia)?|devyn(?:ia)?|"
    r"\w*lik(?:a)?|\w*dešimt(?:ies)?|šimt|tūkstant|pus|kel(?:er)?)"
)
OF_TENS = "(?:dvi|tris|(?:ketur|penk|šeš|septyn|aštuon|devyn)ias)"
# Numbers and dates in every form. "Kovas" (March) has only its accusative in common with "kova" (fight).
NUMBERS = (
    rf"(?:nul|vien|ketur|penk|šeš|septyn|aštuon|devyn|šimt|milijon|milijard|tuzin|por){ENDING}|"
    rf"(?:vienuo|dvy|try|keturio|penkio|šešio|septynio|aštuonio|devynio)likt?{ENDING}|"
    r"dvi|du|dviej(?:ų|uose|ose)|dviem|abu|abi|abiej(?:ų|uose|ose)|abiem|tr(?:ys|is|ijų|ims|imis|ijuose|ijose)|"
    rf"(?:dvej|trej|ketver|penker|šešer|septyner|aštuoner|devyner)(?:et)?{ENDING}|ketvert{ENDING}|"
    rf"{OF_TENS}?dešim(?:t|tys|tyje|tyse|ties|čių|t{ENDING})|dešimtme[tč]{ENDING}|tūkstan(?:tyje|[tč]{ENDING})|"
    rf"(?:pirm|antr|treč|ketvirt|penkt|šešt|septint|aštunt|devint){ENDING}|"
    rf"(?:treč|(?:ketvirt|penkt|šešt|septint|aštunt|devint|dešimt)a)dal{ENDING}|"
    rf"pus(?:ė|ės|ei|ę|e|ėje|ių)|perpus|pusantr{ENDING}|"
    r"(?:vien|du|tris|keturis|penkis)(?:kart|syk)|kart(?:as|ą|o|us|ų|ais)|syk(?:į|ius|ių)|"
    rf"{JOINED}(?:me[tč]|mėnes|dien|valand|gub|lyp){ENDING}|(?:\w+is|\w*dešimt|antrą|trečią|pirmą)(?:kart|syk)|"
    rf"(?:dvej|trej|ketver|penker|šešer|septyner|aštuoner|devyner|dešimter|keler)(?:iop{ENDING}|i)?|(?:dvej|trej)op{ENDING}|"
    rf"keliolik{ENDING}|kelet{ENDING}|kel(?:ia|ios|is|ias)dešim(?:t|ties|t{ENDING}|čių)|vienintel{ENDING}|viene[tč]{ENDING}|"
    rf"nulin{ENDING}|(?:dv|tr|ketur|penk)ie?se|trise|abu?du|abidvi|abej{ENDING}|ketvir[tč]{ENDING}|pustreč{ENDING}|"
    rf"{OF_TENS}?dešimči(?:a|ai)|(?:dvi|tri|ketur|penkia)?(?:šimt|tūkstant)in?{ENDING}|pusiau|savaitgal{ENDING}"
)
DATES = (
    rf"(?:saus|vasar|baland|balandž|geguž|biržel|liep|rugpjū[tč]|rugsėj|spal|lapkri[tč]|gruo(?:d|dž)){ENDING}|"
    rf"kov(?:as|o|ui|ą|u|e)|(?:pavasar|žiem|ruden){ENDING}|ruduo|(?:pirma|antra|trečia|ketvirta|penkta|šešta|sekma)dien{ENDING}"
)
# Words that depend on a year or number, or have no meaning of their own.
SMALL = """
ir bei o ar nė arba kad nes kaip nei negu į iš su be už per po prie prieš nuo iki ant apie dėl pagal tarp taip tai yra
buvo būna bus m d mėn mėnesį mėnesio metai metų metais metus metams metuose pernai šiemet užpernai praėjusiais
praėjusius praėjusių ankstesniais tik viso maždaug beveik apytiksliai bent mln mlrd tūkst proc procentas procentai
procentų procento procentus nr šis ši šie šios šių šį šią šiais šiuos šias šiuo tas ta tie tos tų tą tuos tais tuo
kuris kuri kurie kurios kurių kurį kurią kuriuos kurias kuriais kuriems kurioms jis ji jie jos jų jo jam jai jiems
joms jį ją juos jas eur diena dieną dienos dienomis dienų kiekvienas kiekviena kiekvienais kiekvieną keli kelios kelių
kelis kelias vėl jau dabar tada tuomet anksčiau vėliau tačiau irgi pat toliau taigi vis
savaitė savaitės savaitę savaitei savaitėje savaičių savaites savaitėms savaitėmis mėnuo mėnesiui mėnesiu mėnesiai
mėnesių mėnesius mėnesiais mėnesiams valanda valandos valandą valandų valandas valandomis minutė minutės minučių
minutes kasmet kasdien kasmetinis kasmetinė kasmetiniai kasmetinių kasmetinį metinis metinė metinių metinį
euras euro eurų eurai eurus punktas punktai punktų punktu
"""
LAST = re.compile(r"(?<=\w\w)i?[aąeęėiįyouųū]{1,3}(?:s|ms|mis|mus|se|je|me|j)?$")
MONTHS = r"(?:sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio)"
PROVISION = r"(?:straipsn|dal[iy]|punkt|skyri|pried|priemon|prioritet|uždavin|protokol)"
# What is done with the persons and things counted.
FOUND = "nustatyt|nuteist|pradėt|užregistruot|patraukt|pripažint|išaiškint|perduot"
THAN = r"(?:nei|negu|kaip)"
EVER = rf"{THAN} (?:bet kada|bet kuriais|kada nors|kada|niekada|visais)\w*"
BE = r"(?:yra|buvo|bus|būna|būtų)"
MULTIPLES = r"dvigubai|trigubai|keturgubai|keleriopai|dukart|triskart|keliskart|(?:du|tris|keturis|penkis|kelis) kartus"
BEFORE_NOUN = r"(?:[\d¤]|vien|du|dvi|trys|trij|ketur|penk|šeš|septyn|aštuon|devyn|dešimt)"
# In order of precedence: at each place the first matching pattern counts.
CLAIMS = rf"""
nothing: (?:pirm|antr|kit|vien|abiej)\w+ pus\w+|pus(?:ė|ę|ės) (?:met|valand|dien|šimtmeč)\w+|iš pusės
    kas (?:antr|treč|ketvirt|penkt|dešimt)\w+ (?:met|mėnes|savait|dien)\w+|visų pirma|vis dar|visai
    (?:(?:{SIGN}) )?(?:(?:trečdali|ketvirtadali|penktadali|dešimtadali)(?:u|ais)|puse(?! vis))
    (?:ar|arba) (?:daugiau|mažiau)|(?:tautin|etnin|seksualin)\w+ mažum\w+|ne vis(?:i|os|ų)
    (?:du|tris|keturis|penkis|kelis) kartus per
    (?:susitik|susirink|posėdžia|rink|lank|vyk)\w+ (?:du|tris|kelis) kartus
ranked: vis(?:i|os|as|us),? išskyrus|mažum(?:a|ą|oje)|po lygiai|(?:vienod|lyg)\w+ (?:skaiči|dali)\w+
    (?:daugiau|mažiau|didesn\w+|mažesn\w+|aukštesn\w+|žemesn\w+) (?:nei|negu|kaip|už)(?: \w+){{0,3}} vidurk\w+
    (?:virši\w+|žemiau|aukščiau|virš)(?: \w+){{0,3}} vidurk\w+|(?:antr|treči|paskutin)\w+ viet(?:a|ą|oje)
most: pirmoje vietoje|liūto dal\w+
highest: pasiek\w+(?: \w+){{0,2}} (?:pik(?:ą|o)|aukštum\w+|viršūn\w+|maksimum\w+)
lowest: pasiek\w+(?: \w+){{0,2}} (?:dugn\w+|žemum\w+|minimum\w+)
highest lowest first: toki(?:o|ų)(?: \w+)? dar (?:niekada )?ne(?:buvo|būta)
unchanged: (?:su)?grįžo (?:į|prie|iki)(?: \d{{4}} m\.| \w+){{0,2}} lyg\w+|stagn\w+
    (?:iš)?liko tok(?:s|ia|ie|ios) pa(?:ts|ti|tys|čios)
nothing: (?:daugiau|mažiau) (?:kaip|nei|negu) (?=(?:pa)?(?:dvi|tri|ketur)gub|perpus)
    (?:daugiau|mažiau) (?:kaip|nei|negu) (?=\d|{NUMBER})
ranked: (?:antr|treči|ketvirt|penkt)\w+ pagal (?:dydį|dažnumą|skaičių)
nothing: daugiausiai? (?:dėmesio|pastangų)|(?<=\w\s)daugiausiai? (?:susij\w+|{BE} (?!\w+ų\b))
    ne (?:daugiau|mažiau) {THAN} (?=[\d¤])|(?:didesn\w+|mažesn\w+) {THAN} {BEFORE_NOUN}\w*|mažiausiai (?=[\d¤])
    daugiau (?:informacijos|apie|ar mažiau)|aukščiausi\w+ (?:teism|lyg)\w*|didžiausi\w* (?:dėmes|pastang)\w*
    k(?:ilo|yla)(?: \w+)? (?:klausim|grėsm|pavoj|įtarim|abejon|poreik|minti|idėj|problem|sunkum|kliū|neaišk|ginč|iš)\w*
highest: (?:daugiau|didesn\w+|aukštesn\w+)(?: \w+){{0,3}} {EVER}|kaip niekada (?:daug|didel)\w*
lowest: (?:mažiau|mažesn\w+|žemesn\w+)(?: \w+){{0,3}} {EVER}|kaip niekada maž\w*|mažiausi\w*|žemiausi\w*
most highest: (?:daugiau|didesn\w+)(?: \w+){{0,3}} {THAN} (?:bet kur\w+|vis\w+) kit\w+
first highest lowest: (?:dar )?niekada (?:anksčiau|dar)|dar niekada|kaip niekada|precedento neturin\w+
rose most: (?:vir|pra)šij\w+|pranok(?:o|sta)|lenkia|pralenkė
first: pirm(?:ą|ąjį|asis) (?:kart(?:ą|as)|sykį)|pirmąkart|pirmąsyk
highest lowest: rekord\w*
majority: daugum\w+|didži(?:oji|osios|ąją|ojoje|ajai) dal\w+|didesn\w+ dal\w+
majority amounts: (?:daugiau {THAN}|virš) pus\w+
amounts: {SHARE}|dešimtys(?= \w+ų\b)
zero: nė vien\w+|niek(?:as|o)(?= (?:\w+ )?ne)|nebuvo|nėra|jok\w+|ne(?:{FOUND})\w*
all: vis(?:i|os)(?= [\w¤])
    (?:vien(?: tik)?|tik(?:tai)?|išimtinai)(?= \w+\s*(?:$|[.,;:¤]))
rose fell unchanged: (?:metus|metai|metų|kartą) (?:iš eilės|paeiliui)
most: dažniausi(?!ai\b)\w+|labiausiai paplit\w+|gausiausi\w+|vyrauja|vyravo|dominuoja|dominavo
most highest: daugiausiai?
highest most: didžiausi\w+|aukščiausi\w+
rose most: (?:{MULTIPLES}) (?:daugiau|didesn\w+)
fell: (?:{MULTIPLES}|perpus) (?:mažiau|mažesn\w+)
rose fell most: dvigubai|trigubai|keleriopai|dukart|triskart|keliskart|(?:du|tris|kelis) kartus
fell rose: perpus
rose most: didesn\w+|aukštesn\w+ {THAN}
    daugiau (?=(?:\w+ ){{1,2}}(?:nei|negu) (?!pernai|prieš|anksčiau|praėj|\d))
unchanged: nepakit\w+|nekito|nekinta|nesikei\w+|nepasikei\w+|stabil\w+
    (?:tiek|toks|tokia|tokie|tokios|tokį|tokią) pat
rose: (?:ne|nebe)?(?:(?:pa|iš|su)?(?:didėj|daugėj|gausėj)\w+|(?:pa|iš|ūg)?aug(?:o|a|s|us\w*|ęs|im\w+|ant\w*))
    (?:ne|nebe)?(?:(?:pa|iš)?kilo|(?:pa)?kyla|(?:pa)?kil(?:ęs|us\w*)|(?:pa)?šok(?:telėj\w+|o)|pa(?:dvi|tri|ketur)gubėj\w+)
    ūgtelėj\w+|vis daugiau|daugiau|dažniau nei
fell: (?:ne|nebe)?(?:(?:su|pa|nu)?mažėj\w+|(?:nu)?(?:krit(?:o|ęs|us\w*|im\w+)|krinta|krenta))
    (?:ne|nebe)?(?:(?:nu|su)?smuk(?:o|ęs|us\w*|im\w+)|(?:su)?menk(?:o|ęs|us\w*|sta|ėj\w+)|(?:nu|at)slūg\w+)
    smunka|su(?:si)?traukė(?:si)?|traukiasi|(?:leidžiasi|leidosi|ritasi|slenka) žemyn|retėj\w+|mažiau|rečiau
    mažesn\w+|žemesn\w+ {THAN}
"""
NTHS = (r"antr\w+", r"treči\w+", r"ketvirt\w+", r"penkt\w+", r"šešt\w+", r"septint\w+", r"aštunt\w+", r"devint\w+")
MANY = ("dvejus|du", "trejus|tris", r"ketver\w+|keturi\w+", r"penk\w+", r"šeš\w+", r"septyn\w+", r"aštuon\w+")
IN_A_ROW = "(?:iš eilės|paeiliui)"
EVERY_YEAR = (
    rf"(?:jau )?(?:{numbered(NTHS, 'n')}|(?P<digits>\d{{1,2}})(?:-us|-uosius)?) (?:met\w+|kart\w+) {IN_A_ROW}"
    rf"|(?:jau )?(?:{numbered(MANY, 'm')}|(?P<digitsb>\d{{1,2}})) (?:met\w+) {IN_A_ROW}"
    r"|kasmet|kas met(?:ai|us)|kiekvienais metais|kiekvienerius metus|met(?:ai|us) iš met(?:ų|us)|nuolat\w*"
    r"|nuosekliai|nepertraukiamai|be pertrauk\w+|be perstojo|be išimties|iš eilės|paeiliui"
)


class Lithuanian(Language):
    raises_articles = True
    abbreviations = (
        "abs|adv|angl|dab|doc|gyv|lent|lot|mėn|min|mlrd|mln|pan|past|pav|plg|proc|prof|psl|punkt|pvz|red|skyr|str|"
        "tab|tūkst|val|vert|vid|vnt|vok|žin"
    )
    short_words = "jų|jo|ją|jį|ne"
    line_before = (
        r"Nr\.|psl\.|str\.|(?i:direktyv|reglament)[a-ž]+|"
        r"(?:saus|vasar|kov|baland|geguž|birž|liep|rugpjū|rugsėj|spal|lapkri|gruod)[a-ž]+"
    )
    line_behind = (
        r"(?:m|d|mln|mlrd|tūkst|proc|val|min|p|psl|str|pav|lent)\.(?!\d)|straipsn|dal(?:is|ies|į|yje)\b|punkt|skyri|"
        r"eur[aoųu]"
    )
    units, tens, scales, glue = UNITS, TENS, SCALES, GLUE
    subject_numerals = ("vienas", "du", "trys", "keturi", "penki", "šeši", "septyni", "aštuoni", "devyni")
    fractions, signs = FRACTIONS, SIGNS
    names = (
        # The number comes first: 147 ir 157 straipsniai; but kovo 3–5.
        rf"\b\d+(?:-\d+){{0,9}}(?:(?:,|\s+ir|\s+arba|\s+ar)\s*\d+(?:-\d+){{0,9}}){{0,20}}\s+{PROVISION}\w*",
        rf"\bNr\.\s*[\w-]+|\b{MONTHS}\s+\d{{1,2}}(?:\s*[–-]\s*\d{{1,2}})?\b",
        r"\b\d+-(?:asis|oji|ojo|osios|ąjį|ąją|ajame|ojoje)\b|\b\d+\s+(?:val|d)\.|\b\d+\s+met(?:ų|ai)\b",
    )
    percent = r"proc\.|procent\w+"
    roles: Mapping[str, str] = {"nuo": "from", "iki": "to"}
    more = r"\s+(?:daugiau|mažiau|didesn\w+|mažesn\w+)\b"
    # The instrumental case.
    by = words(r"(?:trečdali|ketvirtadali|penktadali|dešimtadali)(?:u|ais)|puse")
    lasting = r"\s+(?:met\w+|mėnes\w+|savai\w+|dien\w+|val\.|kart\w+)"
    number_words = re.compile(f"{NUMBERS}|{DATES}")
    small_words = frozenset(SMALL.split())
    irregular = dict.fromkeys(("asmuo", "niekas", "nieko", "niekam", "nieką", "niekuo"), "asmen")
    claims = tuple(claims_of(CLAIMS))
    denial = words(r"\b(?:ne|nebe|nėra|be)\s+$")
    denying_prefix = "ne"
    attributes = words(
        r"daugiau|mažiau|dažniau|rečiau|daugiausiai?|mažiausiai|"
        r"(?:didžiaus|mažiaus|aukščiaus|žemiaus|dažniaus|gausiaus|rekord|daugum|vis|paplit)\w*"
    )
    multiples = (
        (2, r"\w*dvigub\w+|dukart|du kartus|perpus"),
        (3, r"\w*trigub\w+|triskart|tris kartus"),
        (4, r"\w*keturgub\w+|keturis kartus"),
        (5, r"\w*penkiagub\w+|penkis kartus"),
        (10, r"dešimteriopai|dešimt kartų"),
    )
    since_word = words(r"\bnuo\b")
    since = words(
        rf"\b(?:(?:nuo|nei|negu|kaip|palyginti su|lyginant su|palyginus su)\s+"
        rf"|(?=\d{{4}}\s+m\.\s+lyg)){YEAR}(?:\s*m\.|\s+met\w+)?(?!\s+iki\b)"
    )
    every_year = every_year(EVERY_YEAR)
    than_another = words(r"\s*(?:nei|negu)\s+(?P<other>(?!pernai|prieš|anksčiau|praėjus|bet\b|\d)[^\d¤]*)")
    shares = words(r"\b(?:dal(?:is|į|ies|ys)|procent\w+|santyk\w+)\b")
    compared = words(r"\btiek\b|(?:toks|toki|daugiau|mažiau|dides|mažes|kart|dvigub|perpus|vir[sš]ij)")
    counted = words(
        r"skaiči\w+|rodikl\w+|dal(?:is|į|ies|yje)|lyg(?:is|io|į)|jis|ji|jie|jos|jų|juos|jas|tai|tie|tos|šis|šie|šios|abu|abi|"
        r"kit(?:i|os|ų|us|as|a)|prekyb\w+|išnaudojim\w+|nusikal\w+|form\w+|atvej\w+|asm\w+|žmon(?:ės|ių|es)|moter\w+|vyr\w+|"
        r"mergai\w+|bernui\w+|vaik\w+|nepilnameč\w+|suaugus\w+|užsienie\w+|piliet\w+|rūš\w+|grup\w+"
    )
    elsewhere = words(
        r"nei|negu|kaip|buvo|yra|bus|nuo|iki|ir|ar|bet|o|už|per|pagal|tarp|kai|kuri\w*|nustatyt\w+|metais|m|met\w+|iš|su|"
        r"\w+(?:ant|int|ama|oma)"
    )
    skipped = words(r"šių|tų|šie|šios")
    general = words(r"asm\w+|žmon\w+|kit\w+|ne\w+|vis\w+|išnaudojim\w+")
    persons = words(r"asm\w+|žmo\w+")
    unstated = words(r"\bne(?:nurod|žinom|nustat)")
    part_follows = words("")
    # Half of the costs of help "to victims" is not half of the victims.
    for_whom = re.compile(r"(?:oms|ams|ims|iems)$")
    case_ending = re.compile(ENDING)
    possible_before = words(
        r"\bgal(?:i|ima|ėtų|ėjo|ės)(?:\s+\w+){0,2}\s*$|\b(?:nereiškia|nebūtinai reiškia)\b[^.;]*$|\bar\s+[^.;]*$"
        r"|\bjei(?:gu)?\b[^.,;]*$|\bturėtų(?:\s+\w+){0,2}\s*$"
    )
    possible_behind = words(
        r"[^.,;]*\b(?:nebūtinai\s+reiškia|nereiškia)\b|\s*(?:\w+\s+){0,3}(?:gali|galėtų|turi|turėtų|privalo)\b"
        r"|[^.;]*\b(?:pasakyti|nustatyti|palyginti)\s+negalima\b"
    )
    happened = words(r"\b(?:buvo|ne\w+|\w+(?:ta|tas|ti|tos|tų))\b|¤")
    # A repeated action is not a count: "no child is heard alone".
    habit = re.compile(r"\bne\w+(?:[aoi]m)(?:as|a|i|os)\b")
    not_done = re.compile(rf"\bne(?:{FOUND})")
    # What does not exist is in the genitive, before or after the word.
    is_absent = words(r"(?!nė |niek)")
    absent_behind = words(r"(?!nėra)")
    # "No number was given."
    of_data = re.compile(r"duomen|skaič|žin|nurod|pateik|skelb|dal(?:is|ies)|lygin|įtrauk|form|lyt|amži")
    absent_noun = re.compile(r"\w*ų")
    rule_behind = words(r"\s+(?:ar|arba)\s+(?:daugiau|\w+)")
    happened_to = words(r"\s+(?:[\w-]+\s+){1,3}(?:buvo|yra)\b")
    count_ends = words(r"buvo|yra|ir|ar|arba|bet|o|su|be|per|iš|nuo|iki|dėl|apie|kuri\w*|met\w+|kart\w+")
    law_behind = r"straipsn|str\.|dal(?:is|ies|į|yje)\b"
    later = r"bus\b|reikia|įraš|paraš|papild|užpild|nurody|įterp|patikrin"

    def stem(self, word: str) -> str:
        stem = LAST.sub("", word)
        return f"{stem[:-2]}d" if stem.endswith("dž") else f"{stem[:-1]}t" if stem.endswith("č") else stem

    def label_stem(self, noun: str) -> str:
        return noun[:-2] if len(noun) <= 7 and noun.endswith(("ai", "ys", "os", "ės")) else noun

    disagreement = staticmethod(disagreement)
