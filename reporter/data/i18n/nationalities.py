"""Countries by their English names and the names of their citizens, as publications write them: with mistakes."""

import re
from difflib import SequenceMatcher
from functools import cache
from unicodedata import combining, normalize

from babel import Locale as Cldr

from reporter.data.i18n.territories import country_codes, iso_of
from reporter.data.records.label import ENGLISH

# A word that is no name of a country resembles one by so much, and others by less.
LIKE, LEAD = 0.82, 0.06
SHORTEST = 5
IGNORED = frozenset(("the", "of", "and", "citizens", "citizen", "nationals"))
NOTES = re.compile(r"\(.*?\)")
# By the EU's code. A word that fits several countries, such as Dominican, means none of them.
CITIZENS = """
AD Andorran; AE Emirati, UAE, U.A.E.; AF Afghan, Afghani; AG Antiguan; AL Albanian; AM Armenian; AO Angolan; AR
Argentine, Argentinian, Argentinean; AT Austrian; AU Australian; AZ Azerbaijani, Azeri, Azerbaidjan; BA Bosnian,
Bosnia; BB Barbadian; BD Bangladeshi; BE Belgian; BF Burkinabe; BG Bulgarian; BH Bahraini; BI Burundian; BJ Beninese;
BN Bruneian, Brunei Darussalam; BO Bolivian, Bolivia Plurinational State; BR Brazilian; BS Bahamian; BT Bhutanese; BW
Botswanan; BY Belarusian, Belarussian, Byelorussian, Belorussian; BZ Belizean; CA Canadian; CD Congolese, Congo,
Democratic Republic Congo, DR Congo, DRC, Congo Democratic Republic, Dem. Rep. Congo; CF Central African; CG
Congolese, Congo, Republic Congo, Congo Brazzaville; CH Swiss; CI Ivorian, Ivory Coast; CL Chilean; CM Cameroonian; CN
Chinese, People's Republic China; CO Colombian, Columbian, Columbia; CR Costa Rican; CU Cuban; CV Cape Verdean, Cabo
Verde, Cabo Verdean; CY Cypriot; CZ Czech, Czech Republic, Czech Rep, Czeck; DE German, Federal Republic Germany; DJ
Djiboutian; DK Danish, Dane; DM Dominican; DO Dominican, Dominican Republic, Dominican Rep; DZ Algerian; EC
Ecuadorian, Ecuadorean; EE Estonian; EG Egyptian; EL Greek, Hellenic Republic; ER Eritrean; ES Spanish, Spaniard; ET
Ethiopian; FI Finnish, Finn; FJ Fijian; FM Micronesian; FR French; GA Gabonese; GD Grenadian; GE Georgian; GH
Ghanaian, Ghanian; GM Gambian; GN Guinean; GQ Equatorial Guinean, Equatoguinean; GT Guatemalan; GW Bissau Guinean; GY
Guyanese; HK Hong Kong; HN Honduran; HR Croatian, Croat; HT Haitian; HU Hungarian; ID Indonesian; IE Irish, Republic
Ireland; IL Israeli; IN Indian; IQ Iraqi; IR Iranian, Iran Islamic Republic; IS Icelandic, Icelander; IT Italian; JM
Jamaican; JO Jordanian; JP Japanese; KE Kenyan; KG Kyrgyz, Kyrgyzstani, Kirgiz, Kirghiz, Kyrgyz Republic, Kirgizstan,
Kyrgistan; KH Cambodian; KI I-Kiribati; KM Comorian; KP Korea, Korean, Democratic People's Republic Korea, North
Korean, DPRK; KR Korea, Korean, Republic Korea, South Korean, Korea Republic; KW Kuwaiti; KZ Kazakh, Kazakhstani,
Kazaki, Kazak, Kazakstan; LA Laotian, Lao, Lao People's Democratic Republic, Lao PDR; LB Lebanese; LI Liechtensteiner;
LK Sri Lankan; LR Liberian; LS Basotho, Lesothan; LT Lithuanian; LU Luxembourgish, Luxembourger; LV Latvian; LY
Libyan, Libyan Arab Jamahiriya; MA Moroccan; MC Monegasque; MD Moldovan, Moldavian, Moldavia, Republic Moldova,
Moldova Republic; ME Montenegrin; MG Malagasy, Madagascan; MK Macedonian, Macedonia, FYROM, FYR Macedonia, Former
Yugoslav Republic Macedonia; ML Malian; MM Myanmar, Burmese, Burma, Myanmarese; MN Mongolian, Mongol; MO Macao, Macau;
MR Mauritanian; MT Maltese; MU Mauritian; MV Maldivian; MW Malawian; MX Mexican; MY Malaysian; MZ Mozambican; NA
Namibian; NE Nigerien; NG Nigerian; NI Nicaraguan; NL Dutch, Holland; NO Norwegian; NP Nepalese, Nepali; NZ New
Zealander; OM Omani; PA Panamanian; PE Peruvian; PG Papua New Guinean; PH Filipino, Filipina, Philippine, Phillipines,
Phillipino; PK Pakistani; PL Polish, Pole; PS Palestinian, Palestine, State Palestine, Occupied Palestinian Territory;
PT Portuguese; PY Paraguayan; QA Qatari; RO Romanian, Rumanian, Roumanian; RS Serbian, Serb; RU Russian, Russian
Federation, Russian Fed; RW Rwandan; SA Saudi, Saudi Arabian; SC Seychellois; SD Sudanese; SE Swedish, Swede; SG
Singaporean; SI Slovenian, Slovene; SK Slovak, Slovakian, Slovak Republic; SL Sierra Leonean; SM Sammarinese; SN
Senegalese; SO Somali, Somalian; SR Surinamese; SS South Sudanese; SV Salvadoran, Salvadorian, Salvadorean; SY Syrian,
Syrian Arab Republic; SZ Swazi, Swaziland; TD Chadian, Tchad; TG Togolese; TH Thai; TJ Tajik, Tajiki, Tajikistani,
Tadjik, Tadjikistan, Tadzhikistan; TL Timorese, East Timor; TM Turkmen, Turkmenistani; TN Tunisian; TO Tongan; TR
Turkish, Turk, Turkey, Turkiye; TT Trinidadian; TW Taiwanese, Taiwan Province China; TZ Tanzanian, United Republic
Tanzania; UA Ukrainian, Ukrainean; UG Ugandan; UK British, Briton, Great Britain, UK, United Kingdom Great Britain
Northern Ireland; US American, USA, U.S.A., United States America, US; UY Uruguayan; UZ Uzbek, Uzbecki, Uzbeki,
Uzbekistani; VA Holy See; VE Venezuelan, Venezuela Bolivarian Republic; VN Vietnamese, Viet Nam; VU Ni-Vanuatu; WS
Samoan; XK Kosovar, Kosovan, Kosovo under UNSCR 1244; YE Yemeni; ZA South African; ZM Zambian; ZW Zimbabwean
"""


@cache
def country_named(words: str) -> tuple[str, bool]:
    """The EU's code of the country that a name means, and whether it is written so; empty if none, or several."""
    names = _names()
    for name in dict.fromkeys((_plain(words), _plain(NOTES.sub("", words)))):
        for singular in (name, name.removesuffix("s"), name.removesuffix("es")):
            if singular in names:
                return names[singular], True
    return _resembling(_plain(words)), False


def _resembling(name: str) -> str:
    best: dict[str, float] = {}
    for other, code in _names().items() if len(name) >= SHORTEST else ():
        likeness = SequenceMatcher(None, name, other).ratio()
        best[code] = max(likeness, best.get(code, 0))
    ranked = sorted(((likeness, code) for code, likeness in best.items()), reverse=True)[:2]
    return ranked[0][1] if ranked and ranked[0][0] >= LIKE and ranked[0][0] - ranked[1][0] >= LEAD else ""


@cache
def _names() -> dict[str, str]:
    """Codes by plain names, empty for a name of several countries."""
    territories = Cldr(ENGLISH).territories
    pairs = [(NOTES.sub("", str(territories[iso_of(code)])), code) for code in country_codes()]
    for entry in CITIZENS.replace("\n", " ").split(";"):
        code, _, words = entry.strip().partition(" ")
        pairs += [(name, code) for name in words.split(",")]
    codes: dict[str, set[str]] = {}
    for name, code in pairs:
        codes.setdefault(_plain(name), set()).add(code)
    return {name: min(meant) if len(meant) == 1 else "" for name, meant in codes.items()}


def _plain(words: str) -> str:
    """The words of a name in small letters, without marks and words that say nothing."""
    bare = "".join(letter for letter in normalize("NFKD", words.casefold()) if not combining(letter)).replace(".", "")
    parts = re.sub(r"[^a-z]+", " ", bare.replace("'", "").replace("’", "")).split()
    return " ".join(("saint" if part == "st" else part) for part in parts if part not in IGNORED)
