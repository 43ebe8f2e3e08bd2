"""Words that claim something: each has its meaning, a binding must say the same, and innocent words are left alone."""

import re

import pytest

from reporter.check import check
from reporter.data.errors import Finding
from reporter.data.languages import LANGUAGES
from reporter.text.lexicon import claim_words, lookup
from tests.fixtures import RURITANIA
from tests.small import TEXT, write
from tests.snapshots import ROOT, dataset_of

# The language and the claims that can bear words out; then sentences, in which those words stand between stars.
CLAIMING = """
en rose: Convictions *rose* | Investigations are *rising* | Convictions *went up* | Convictions *are up* |
  Investigations *up* sharply | Convictions *up*, a record year | Convictions *surged* | Convictions *jumped* | A
  *growing* number of cases | Steady *growth* of convictions | Victims *doubled* | *More* victims | Victims: *more* than
  in 2019 | Victims *rose for the third year running* | *quintupled* | *twofold increase* | *growing*
en rose,most: *Twice as many* victims | *Three times as many* victims | *More* women than men | *A higher number* of
  convictions | *Exceeded* that of 2019 | *three times as many*
en fell: Convictions *fell* | Convictions *shrank* | Convictions *went down* | Victims *are down* | Victims *down* by a
  third | Convictions *plummeted* | The number of victims *dwindled* | *Half as many* victims | *Fewer* victims | The
  number *is lower* than before | Victims *fell every year since 2017* | *falling without pause* | The *downward* trend
  in convictions continued | *fallen continuously since 2017*
en unchanged: Convictions *unchanged* | *As many* victims as before | Convictions *remained stable* | *The same number*
  of convictions | *remained at the level* | *returned to the level* | *stagnated* | *stayed flat* | *not changed*
en highest,most: The *highest* number of convictions | *The most* victims since 2014 | The *largest* group are women
en highest: The *largest ever* | *More victims than ever* | *More convictions than in any* other year | Convictions
  reached a *record high* | Convictions *peaked* | *five-year high* | *last this high* | *record level*
en most,highest: *More cases than any other* form
en lowest: The *smallest* number of victims | The *fewest* victims | *Fewer victims than ever* | An *all-time low* |
  *bottomed out* | *historic low* | *lowest point*
en highest,lowest: A *record* year
en most: *The most frequent* form | *dominated*
en majority: *Most* victims are women | *Most* identified victims are women | *Most of* the victims are women | *Most*
  are women | A *majority* of victims
en majority,amounts: *More than half* are women | *Over half*
en first: Convictions *for the first time*
en first,highest,lowest: *Never before* were there so many
en fell,unchanged,lowest: Convictions did not *rise*
en amounts: *Two thirds* of the victims | *Nearly a quarter* were men | *One in four* victims | *Hundreds* of victims
  were identified | *A third*
en zero: *None of* the victims | *No* victims were found | *Not a single* victim | *Neither* children nor men were among
  the 24 victims | There were *zero* child victims in 2020 | *Not a single*
en all: *All* victims were women | *Every* identified victim was a woman | *Each* of the 24 victims was a woman | *Only*
  women were identified as victims | *exclusively* | *All* identified victims were women
en ranked: The *second highest* number | *All but one* | *reversed the downward trend* | *below the average* | *a
  minority* | *equal number* | *came second* | *second highest*
en rose,unchanged,highest: No *decrease* in convictions
en rose,fell: *half that number*
en highest,lowest,first: *not seen since*
lt rose: Aukų skaičius *didėjo* | Aukų *padaugėjo* | Aukų skaičius *išaugo* | Aukų skaičius *kilo* | Tyrimų skaičius
  *pakilo* | Tyrimų skaičius *šoktelėjo* | Aukų skaičiaus *augimas* | Aukų *padvigubėjo* | Nuteista *daugiau* asmenų |
  *Vis daugiau* aukų | *Antrus metus iš eilės daugėja* bylų | *kyla*
lt rose,most: Skaičius *didesnis* nei pernai | *Dvigubai daugiau* aukų | *Dvigubai daugiau*
lt fell: Tyrimų *perpus mažiau* | Aukų *sumažėjo* | Aukų skaičius *mažėja* | Aukų skaičius *smuko* | Aukų skaičius
  *nusmuko* | Aukų skaičius *sumenko* | Aukų skaičius *krito* | Nuteistųjų skaičiaus *kritimas* | Nustatyta *mažiau*
  aukų | Skaičius *mažesnis* nei pernai | Aukų *kasmet mažėja nuo 2017 m.* | *trečius metus iš eilės mažėja*
lt unchanged: Aukų skaičius *nepakito* | Aukų skaičius *nesikeitė* | *Tiek pat* aukų | Aukų skaičius *stabilus* |
  *išliko toks pats* | *grįžo į 2016 m. lygį*
lt highest,most: *Didžiausias* aukų skaičius
lt highest: Skaičius *didesnis nei bet kada* | *Daugiau aukų nei bet kada* | *pasiekė piką*
lt most,highest: *Daugiau bylų nei bet kuri kita* forma | *Daugiausia* aukų – moterys | Nustatyta *daugiausia* moterų |
  *Daugiausiai* nuo 2014 m.
lt highest,lowest: *Rekordinis* aukų skaičius | *Rekordiškai*
lt lowest: *Mažiausias* aukų skaičius | *Mažiausiai* aukų nuo 2014 m. | *Mažiau aukų nei bet kada* | *pasiekė dugną*
lt most: *Dažniausia* forma | *Labiausiai paplitusi* forma
lt majority: *Dauguma* aukų – moterys | *Didžioji dalis* aukų
lt majority,amounts: *Daugiau kaip pusė* aukų
lt first: Nuteista *pirmą kartą*
lt first,highest,lowest: *Niekada anksčiau* tiek nebuvo
lt rose,unchanged,highest: Aukų *nesumažėjo*
lt amounts: *Trečdalis* aukų | *Beveik pusė* aukų | *Kas trečia* auka | Tarp 24 aukų buvo *dešimtys* vaikų | *Du
  trečdaliai* | *Pusė*
lt zero: *Nė viena* auka | Aukų *nebuvo* | *nebuvo* | *nė viena* | *Niekas* nebuvo nuteistas | *nebuvo* | *Nė vienas*
lt all: *Visos* aukos – moterys | *Visos* 24 aukos – moterys | Nustatytos *vien* moterys, iš viso 24 aukų
lt fell,unchanged,lowest: Aukų ne *padaugėjo*
lt ranked: *visos, išskyrus* | *daugiau nei penkerių metų vidurkis* | *mažumą* | *po lygiai*
lt highest,lowest,first: *tokio skaičiaus dar nebuvo*
"""
INNOCENT = {
    "en": """
At most a fine, at least a warning. Most of the time the police act alone. Cards for the most vulnerable, in the most
urgent cases. This is most likely, and the most serious offence. Set up in 2020 and followed up by the police, it
makes up for lost time. Up to four years; a follow-up course; an up-to-date list. The court handed down a sentence,
and broke the figures down by form. Children fall victim to traffickers, which falls under Article 147. Criminal
records and police records are kept. More information is on the website, and more about it below, once more. The more
cases, the better. At the same time, in the same year. He met the team twice. The first plan came before the second.
Higher education and the higher court, to lower the demand. Effective training needs more effective methods. Witnesses
declined to testify, and charges were dropped against none. This gives rise to doubts among those who grew up in
homes. Men are mostly forced to commit crimes; Lithuania is mainly a country of origin. The country's population and
the increasingly digital market. In the second half of the year, half-way and in the first quarter. Two or more
victims; a third country; every second year. At the highest level, for all of it.
""",
    "lt": """
Lietuva daugiausia yra kilmės šalis. Tyrimai daugiausia buvo susiję su seksualiniu išnaudojimu. Daugiausia dėmesio
skiriama prevencijai. Vyrai dažniausiai verčiami nusikalsti. Daugiau informacijos – svetainėje. Daugiau apie tai –
kitame skyriuje. Kyla pavojus, kilo klausimų ir kilo grėsmė. Bausmė – mažiausiai 4 metai, ne daugiau kaip 8 metai.
Bylą nagrinėjo Aukščiausiasis Teismas. Taip pat dalyvavo paaugliai ir mažamečiai. Ne kartą kreiptasi į tą pačią
įstaigą. Kilmės šalis, vis dažniau ir paskirties šalis. Siekiama mažinti paklausą ir didinti pagalbą. Pirmasis planas,
pirmoji programa. Mažumos ir augalai. Kampanijos, mokyklos ir mokymai. Policija visų pirma padeda aukoms. Baudžiama už
visų formų prekybą žmonėmis. Antroje pusėje, iš kitos pusės ir kas antrą dieną. Du ar daugiau asmenų. Dviguba
pilietybė ir dvigubas dugnas. Įtarimas pasitvirtino.
""",
}


def said(text: str, language: str) -> list[tuple[str, list[str]]]:
    return [(each.text, list(each.claims)) for each in claim_words(text, language)]


def sentences(of: str) -> list[tuple[str, str]]:
    groups = re.findall(rf"^{of} ([a-z,]+): ((?:.*\n)(?:  .*\n)*)", CLAIMING, re.M)
    return [(" ".join(text.split()), claims) for claims, texts in groups for text in texts.split("|")]


@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_claim_word_has_the_claims_that_can_bear_it_out(language):
    found = [(text.replace("*", ""), (text.split("*")[1], claims.split(","))) for text, claims in sentences(language)]
    assert [] == [(text, expected) for text, expected in found if expected not in said(text, language)]


@pytest.mark.parametrize("language", INNOCENT)
def test_words_that_claim_nothing_are_left_alone(language):
    assert [] == said(INNOCENT[language], language)


def found(tmp_path, text: str, code: str, language: str = "en") -> list[Finding]:
    path = TEXT.replace("/en/", f"/{language}/")
    settings = (RURITANIA / "reporter.yaml").read_text(encoding="utf-8").replace("[en]", f"[{language}]")
    root = write(tmp_path, {TEXT: None, path: text, "reporter.yaml": settings})
    dataset = dataset_of(root, ("XX",))
    return [each for each in check(dataset.countries[0], dataset) if each.code == code]


def told(tmp_path, text: str, code: str, language: str = "en") -> list[str]:
    return [f"{each.mark.line}:{each.mark.column}: {each.message}" for each in found(tmp_path, text, code, language)]


@pytest.mark.parametrize(
    ("language", "headline", "expected"),
    [
        ("en", 'rose("Persons convicted fell")', "'fell' is bound with rose, which does not fit"),
        ("en", 'rose("did not rise")', "'rise' is bound with rose, which does not fit"),
        ("en", 'rose("more, first time")', "'first time' is bound with rose, which does not fit"),
        ("en", 'most("most are labour")', "'most' is bound with most, which does not fit"),
        ("lt", 'rose("Nuteista mažiau asmenų")', "'mažiau' is bound with rose, which does not fit"),
    ],
)
def test_words_that_say_other_than_their_filter_are_refused(tmp_path, language, headline, expected):
    text = f"# justice: {{{{ investigations.opened | {headline} }}}}\n\nText.\n"
    assert [f"1:12: {expected}"] == told(tmp_path, text, "misbound-claim", language)


@pytest.mark.parametrize(
    "claim",
    [
        'rose("Twice as many persons convicted")',
        'lowest("did not rise")',
        'highest("a record")',
        'most("Labour makes up the largest group, more than any other")',
        'rose("the words claim nothing")',
    ],
)
def test_words_that_a_filter_bears_out_are_not_refused(tmp_path, claim):
    text = f"# justice\n\nText {{{{ investigations.opened | {claim} }}}}.\n"
    assert [] == told(tmp_path, text, "misbound-claim")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("## Victims rose for the first time", ["5:12: 'rose'", "5:17: 'for the first time'"]),
        ("### Convictions went up", ["5:17: 'went up'"]),
        ("## Earlier plans", []),
    ],
)
def test_a_sub_heading_is_a_headline(tmp_path, heading, expected):
    text = f"# victims\n\nThe police rose early.\n\n{heading}\nNumbers fell here.\n"
    assert [f"{each} is not checked against a figure" for each in expected] == told(tmp_path, text, "unbound-claim")


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("More", '{{ investigations.opened | rose("More") }}'),
        ("Fewer", '{{ investigations.opened | fell("Fewer") }}'),
        ("A majority", '{{ investigations.opened.labour | majority("majority") }}'),
        ("Most frequent", '{{ investigations.opened.labour | most("Most frequent") }}'),
        ("For the first time", '{{ investigations.opened | first("For the first time") }}'),
        (
            "Highest",
            '{{ investigations.opened | highest("Highest") }} or {{ investigations.opened.labour | most("Highest") }}',
        ),
    ],
)
def test_the_hint_of_an_unbound_claim_has_the_filter_of_its_meaning(tmp_path, headline, expected):
    (finding,) = found(tmp_path, f"# justice: {headline}\n\nText.\n", "unbound-claim")
    assert f"bind it to a figure, such as {expected}" == finding.hint.partition("; but")[0]


TEXTS = {
    language: " ".join(each.read_text(encoding="utf-8") for each in folder.glob("20*.md"))
    for language in ("en", "lt")
    for folder in [ROOT / "tests/data/lithuania/data/LT/text" / language]
}


def everywhere(text: str, language: str) -> list[str]:
    groups = "|".join(f"(?:{words})" for _, words in LANGUAGES[language].claims)
    whole = re.compile(rf"\b(?:{groups})(?:(?<!\w)|\b)".replace(" ", r"\s+"), re.I)
    return [match[0] for match in whole.finditer(text)]


def looked_up(text: str, language: str) -> list[str]:
    return [match[0] for _, match in lookup(LANGUAGES[language]).matches(text)]


@pytest.mark.parametrize("language", TEXTS)
def test_all_texts_of_lithuania_are_read_alike(language: str):
    assert everywhere(TEXTS[language], language) == looked_up(TEXTS[language], language)
