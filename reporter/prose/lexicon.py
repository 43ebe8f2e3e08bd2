"""Words that claim something of a figure, in each known language. Each has the claims that can bear it out. A word may
be read in two ways: "the largest" is the highest of all years or the largest of all parts. Words such as "mainly" are
not looked at: they give the drift of a text, no number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from reporter.prose.held import SINCE, STREAK
from reporter.prose.lookup import Lookup
from reporter.prose.quantities import FRACTIONS, SIGNS, number_words

Lexicon = tuple[tuple[str, str], ...]


def _signs(language: str) -> str:
    return "|".join(words for _, words in SIGNS[language])


def _fraction(language: str) -> str:
    return rf"(?:(?:{_signs(language)}) )?(?:{'|'.join(words for words, _, _ in FRACTIONS[language])})"


# A plural, or another noun of the subject, after "most": "most victims", but not "most serious".
NOUN = (
    r"(?:[a-z-]*[a-rt-z](?<!u)s|women|men|children|people|of|are|were|have|had|came|come|trafficking|exploitation|"
    r"violence|labour|crime)\b"
)
SINCE_THEN = r"(?=\s*(?:$|[.,;:]|(?:since|ever|in|on)\b))"
STOP = (
    r"(?=\s*(?:$|[.,;:!)]|¤|\d|by (?:an?|half|one|two|three|more|nearly|almost|about|¤|\d)|"
    r"(?:and|but|or|on|from|again|sharply|steeply|slightly|strongly|markedly)\b))"
)
NTH = "second|third|fourth|fifth"
PERIOD = r"(?:historic(?:al)?|decade|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|multi|\d+)-year)"
OF_PERIOD = r"(?=\s*(?:$|[.,;:]|since|ever|was|of the (?:period|decade|series|years|last|past)))"
IS = r"(?:is|are|was|were|has been|have been|remained|stayed)"
HOW = r"(?:sharply|slightly|clearly|steadily|again|also|well|way|further|still|all|steeply|strongly|markedly|back) "
GO = rf"(?:{IS}|go|goes|going|gone|went|edged?|moved?|crept|shot)"
TIMES = r"two|three|four|five|six|seven|eight|nine|ten|several|many|\d+"
STREAKS = "rose fell unchanged"
# In the order of precedence: at one place the first pattern that fits counts. Words with no claims ("") claim nothing.
ENGLISH: Lexicon = (
    ("", r"(?:first|second|other|latter|former) half|half an? \w+|half-\w+|half (?=the (?:year|time|day))"),
    (
        "",
        r"(?:first|second|third|fourth|last|every|each|next) quarters?(?! of (?:the|all|these)\b)|"
        r"a third (?:countr|part)\w+",
    ),
    ("", r"every (?:second|third|fourth|fifth) (?:year|month|week|day|hour)"),
    (
        "",
        rf"(?:by|of) {_fraction('en')}(?! of\b)|{_fraction('en')}(?= (?:more|fewer|less|higher|lower)\b)|no one else|"
        r"half as\b(?! (?:many|much))",
    ),
    ("", r"no (?:longer|change (?:on|in|from)(?: [\w-]+){0,4} (?:can|could|may) be|doubt|less|later|matter|need|such)"),
    ("", r"records? (?:began|begins?)|(?:more|less) than (?=doubl|halv|tripl|trebl|quadrupl)"),
    ("", r"doubl\w+ up|not all"),
    (
        "ranked",
        r"all but (?:one|two|three|four|five|a few|¤|\d+)|(?:a|the|in the) (?:small |clear |tiny )?minority(?! \w+s\b)",
    ),
    ("ranked", r"(?:above|below|over|under|exceed\w*|than) (?:the |an? |its |their )?(?:\w+ )?averages?"),
    ("ranked", r"equal numbers?|in equal (?:numbers|parts|shares)|equally (?:represented|distributed|divided)"),
    ("ranked", rf"(?:rank(?:s|ed)|came|comes?) (?:{NTH})|in (?:{NTH}|last) place"),
    (
        "ranked",
        r"revers(?:ed?|es|ing|al of) (?:the|this|that|a|its)(?: \w+)? trend|trend (?:was |has |is )?(?:been )?reversed",
    ),
    ("most", r"(?:rank(?:s|ed)|came|comes?) first|in first place|top(?:s|ped) the list"),
    ("lowest", rf"new lows?|never (?:been )?(?:so|as|this) (?:low|few|small)|{PERIOD} lows?|lowest (?:point|ebb|mark)"),
    ("highest", rf"new highs?|never (?:been )?(?:so|as|this) (?:high|many|large)|{PERIOD} highs?"),
    ("lowest", rf"last (?:so|as|this) (?:low|few|small)|bottom(?:ed|s) out|(?:a|its|the|their) minimum{OF_PERIOD}"),
    ("highest", rf"last (?:so|as|this) (?:high|many|large)|(?:a|its|the|their) maximum{OF_PERIOD}"),
    (
        "highest lowest first",
        r"(?:not|never)(?: been)? (?:reached|seen|recorded|registered|observed|matched|exceeded) (?:before|since)",
    ),
    ("unchanged", r"(?:not|never) chang(?:ed?|ing)|(?:did|does|do|has|have|had)n[’']t changed?"),
    (
        "unchanged",
        r"(?:remain|stay|st[ao]nd|stood)\w* at the (?:same )?levels?|(?:back|return\w*) (?:to|at) (?:the|its) levels?",
    ),
    ("", rf"(?:more|fewer|less) than (?=\d|(?:{number_words('en')})\b)(?!one)"),
    ("ranked", r"(?:second|third|fourth|fifth)[ -](?:highest|lowest|largest|smallest|biggest|most|fewest)"),
    ("", r"at (?:the )?(?:very )?(?:most|least)|most of (?:the|their) time|for the most part|most of all"),
    ("", r"most (?:[a-z]+(?:able|ible|ful|ous|ive)|important|recent|urgent|likely)|(?:(?<=[’'])s|its|their|our) most"),
    ("", r"or (?:more|fewer|less)\b(?! [\w-]+ than)|at (?:the|its) highest level(?! (?:since|ever|on record))"),
    ("", r"more or less|once more|(?:what is|read|learn|find out) more|more (?:information|about|details?)|the more"),
    ("", r"more (?!frequent)[a-z]+(?:able|ible|ful|ous|ive|ical)|(?:no|not) (?:more|fewer|less) than (?=[\d¤])"),
    ("", r"as many as (?=[\d¤])|(?:gives?|gave|giving|given) rise|(?:grows?|grew|grown) closer|(?:is|are|w\w+) up to"),
    ("", r"(?:gr[eo]wn?|sets?|setting|bring|brought|follow\w*|ma[dk]es?|making|tak\w+|took|pick\w*|dr[ae]wn?)[ -]up"),
    ("", r"(?:back\w*|open\w*|keeps?|kept|speed\w*|st[ao]nd|stood|sign\w*|clear\w*|sum\w*|c[aeghtu]+|buil[dt])[ -]up"),
    ("", r"(?:br[eo]ake?n?|broke|hand\w*|laid|lay|put|shut|step\w*|sl[eo]w\w*|writ\w*|sets?|turn\w*|track\w*)[ -]down"),
    ("", r"(?:falls?|fell|fallen|falling) (?:victim|prey|within|into|outside|short|apart|ill|in love|under (?![\d¤]))"),
    ("", r"declin\w+ (?:to (?![\d¤]|an? |the |its |just |only |about |half|zero|below|under|fewer)|the (?:offer|job))"),
    ("", r"drop\w* (?:out|the case|the charges)|charges (?:was |were )?dropped"),
    ("", r"(?:criminal|police|court|medical|public|written|on|keep|keeps|kept) records?|records (?:of|are|show)"),
    ("", r"(?:largest|biggest|greatest|highest) (?:care|attention|priority|efforts?|importance|court|instance)"),
    ("highest", r"(?:more|larger|higher|bigger|greater)(?: [\w-]+){0,4} than (?:ever|at any|in any)|all-time high"),
    ("highest", r"(?:largest|biggest|greatest|highest) ever|records?[- ](?:high|numbers?|levels?)|peak(?:ed|s)?"),
    ("lowest", r"(?:fewer|less|smaller|lower)(?: [\w-]+){0,4} than (?:ever|at any|in any)"),
    ("lowest", r"(?:smallest|lowest|fewest) ever|records?[- ]low|all-time low|smallest|lowest|fewest|least"),
    ("most highest", r"(?:more|larger|higher|bigger|greater)(?: [\w-]+){0,3} than (?:any|all) other"),
    ("lowest", r"(?:fewer|less|smaller|lower)(?: [\w-]+){0,3} than (?:any|all) other"),
    ("first highest lowest", r"(?:as )?never before"),
    ("first highest", r"unprecedented|unmatched|unparalleled|unrivalled"),
    ("first", r"(?:for the )?(?:very )?first time|first ever"),
    ("highest lowest", r"than ever|records?"),
    ("majority", r"the bulk of|majority"),
    ("majority amounts", r"(?:(?:more|well more) than|(?:well |just )?over|above) (?:a |one )?half(?! (?:an?|as)\b)"),
    ("amounts", r"(?:dozens|hundreds|thousands|scores)(?= of\b)"),
    (
        "amounts",
        rf"{_fraction('en')}(?= (?:of|were|was|are|is|came|had|have|the|all|victims|persons|cases)\b|\s*[,.;:)]|\s*$)",
    ),
    (
        "zero",
        r"none(?: of|(?= (?:was|were|is|are|has|have|had|came)\b))|not (?:a single|one)\b|nobody|no one|"
        r"(?:no|zero)(?= [a-z])|neither(?= [a-z]+ nor\b)",
    ),
    ("", r"(?:of|for|to|with|in|among|by|from|at|and|against) all"),
    (
        "all",
        r"all(?= (?:of )?(?:the |these |those )?[a-z¤])|every(?: single)?(?= (?:\w+ ){1,2}(?:was|were|came|had)\b)",
    ),
    ("all", r"each(?= of (?:the |these |those )?[a-z¤])|exclusively"),
    ("all", r"only(?= (?:\w+ (?:was|were|came|had|have been)\b|\w+\s*(?:$|[.,;])))"),
    ("most", r"(?:the )?most (?:frequent|common|often|numerous|prevalent|widespread)(?:ly)?"),
    ("most", r"predominat(?:ed?|es)\b|dominat(?:ed?|es)\b"),
    ("most", r"lion[’']s share|outnumber\w*|leading (?:form|purpose|group)"),
    ("highest most", rf"the most (?={NOUN})(?!of\b)|the most{SINCE_THEN}|highest|largest|biggest|greatest"),
    ("", r"the most"),
    ("majority", rf"most of|most (?=(?:[\w-]+ ){{0,2}}{NOUN})"),
    ("rose most", rf"(?:twice|thrice|(?:{TIMES}) times) (?:as (?:many|much|high)|more|higher|the number)"),
    ("rose most", rf"{IS} (?:\w+ )?higher|higher than|an? (?:\w+ )?higher (?:number|share|level|figure|total)"),
    ("rose most", r"(?:larger|bigger|greater) (?:number|share|figure|total|than)|exceed(?:s|ed|ing)?|surpass\w*"),
    ("rose most", r"(?:twice|double) (?:th(?:at|ose) of|the (?:figure|level|total|share|number))"),
    ("rose fell", r"half (?:that|this) (?:number|figure|many)"),
    ("rose", r"(?:two|three|four|five|ten)-?fold (?:increase|rise|growth)|gain(?:s|ed|ing) (?:ground|momentum|pace)"),
    (
        "fell",
        r"(?:two|three|four|five|ten)-?fold (?:decrease|drop|fall|decline|reduction)|"
        r"los(?:t|es|ing) (?:ground|momentum)",
    ),
    ("fell", r"contract(?:ed|s) (?=by (?:¤|\d|half|an? |one |two |three |more |nearly |almost ))"),
    (
        STREAKS,
        r"(?:consecutive |successive )?(?:years?|time) (?:running|in a row|in succession)|consecutive (?:year|time)s?",
    ),
    ("rose most", r"more (?=(?:[\w-]+ ){1,3}than (?!in\b|the year|a year|last|before|\d))"),
    (
        "fell",
        rf"{GO} (?:{HOW})?down(?! to (?:earth|the))|(?<!-)down{STOP}|half (?:as (?:many|much)|the number|that of)",
    ),
    (
        "fell",
        r"falls?|fell|fallen|falling|decreas(?:ed?|es|ing)|declin(?:ed?|es|ing)|dropp?(?:ed|s|ing)?|halv(?:ed?|es|ing)",
    ),
    ("fell", r"shr[aiu]nk(?:s|ing|en)?|plung(?:ed?|es|ing)|plummet\w*|slump\w*|tumbl(?:ed?|es|ing)|s[aiu]nk(?:s|ing)?"),
    ("fell", r"dwindl(?:ed?|es|ing)|dipped|dips|lessened|diminish\w*|slid|subsided|collapsed|downturn|reduction in"),
    ("fell", r"(?:was|were|been) reduced|fewer|less (?:often|frequent|common|trafficking|exploitation|than in)"),
    ("fell", rf"{IS} (?:\w+ )?lower|lower than|an? (?:\w+ )?lower (?:number|share|level|figure|total)"),
    ("fell", r"smaller (?:number|share|than)"),
    (
        "unchanged",
        rf"unchanged|(?:just |exactly )?as many|{IS} (?:stable|steady|constant|level|flat|the same)|no change",
    ),
    ("unchanged", r"stagnat(?:ed?|es|ing)|level(?:led|s|ed) (?:off|out)|plateau(?:ed|s)"),
    ("unchanged", r"the same (?:number|level|total|share|figure)|equal(?:s|led)? (?:the number|that)"),
    ("rose", rf"{GO} (?:{HOW})?up(?! to date)|(?<!-)up{STOP}|rises?|rose|risen|rising|increas(?:ed?|es|ing)"),
    ("rose", r"grew|grows?|grown|growing|growth|doubl(?:ed|es|ing)|double the|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)"),
    (
        "rose",
        r"(?:quadrupl|quintupl|sextupl)(?:ed?|es|ing)|multiplied|soar\w*|surg(?:ed?|es|ing)|jump(?:ed|s|ing)?|climb(?:ed|s|ing)?",
    ),
    ("rose", r"leapt|leaped|spik(?:ed|es)|(?:sky)?rocket(?:ed|s)|mushroomed|swell(?:ed|s)?|upturn|upswing"),
    ("rose", r"more and more|more|upwards?(?= trend)|uptick|rebound(?:ed|s)"),
    ("fell", r"downwards?(?= trend)|waned|eased|receded"),
)
# What is done with the persons and things that are counted.
FOUND = "nustatyt|nuteist|pradėt|užregistruot|patraukt|pripažint|išaiškint|perduot"
THAN = r"(?:nei|negu|kaip)"
EVER = rf"{THAN} (?:bet kada|bet kuriais|kada nors|kada|niekada|visais)\w*"
BE = r"(?:yra|buvo|bus|būna|būtų)"
MULTIPLES = r"dvigubai|trigubai|keturgubai|keleriopai|dukart|triskart|keliskart|(?:du|tris|keturis|penkis|kelis) kartus"
NUMBER = r"(?:[\d¤]|vien|du|dvi|trys|trij|ketur|penk|šeš|septyn|aštuon|devyn|dešimt)"
LITHUANIAN: Lexicon = (
    ("", r"(?:pirm|antr|kit|vien|abiej)\w+ pus\w+|pus(?:ė|ę|ės) (?:met|valand|dien|šimtmeč)\w+|iš pusės"),
    ("", r"kas (?:antr|treč|ketvirt|penkt|dešimt)\w+ (?:met|mėnes|savait|dien)\w+|visų pirma|vis dar|visai"),
    ("", rf"(?:(?:{_signs('lt')}) )?(?:(?:trečdali|ketvirtadali|penktadali|dešimtadali)(?:u|ais)|puse(?! vis))"),
    ("", r"(?:ar|arba) (?:daugiau|mažiau)|(?:tautin|etnin|seksualin)\w+ mažum\w+|ne vis(?:i|os|ų)"),
    (
        "",
        r"(?:du|tris|keturis|penkis|kelis) kartus per|"
        r"(?:susitik|susirink|posėdžia|rink|lank|vyk)\w+ (?:du|tris|kelis) kartus",
    ),
    ("ranked", r"vis(?:i|os|as|us),? išskyrus|mažum(?:a|ą|oje)|po lygiai|(?:vienod|lyg)\w+ (?:skaiči|dali)\w+"),
    (
        "ranked",
        r"(?:daugiau|mažiau|didesn\w+|mažesn\w+|aukštesn\w+|žemesn\w+) (?:nei|negu|kaip|už)(?: \w+){0,3} vidurk\w+",
    ),
    ("ranked", r"(?:virši\w+|žemiau|aukščiau|virš)(?: \w+){0,3} vidurk\w+|(?:antr|treči|paskutin)\w+ viet(?:a|ą|oje)"),
    ("most", r"pirmoje vietoje|liūto dal\w+"),
    ("highest", r"pasiek\w+(?: \w+){0,2} (?:pik(?:ą|o)|aukštum\w+|viršūn\w+|maksimum\w+)"),
    ("lowest", r"pasiek\w+(?: \w+){0,2} (?:dugn\w+|žemum\w+|minimum\w+)"),
    ("highest lowest first", r"toki(?:o|ų)(?: \w+)? dar (?:niekada )?ne(?:buvo|būta)"),
    ("unchanged", r"(?:su)?grįžo (?:į|prie|iki)(?: \d{4} m\.| \w+){0,2} lyg\w+|stagn\w+"),
    ("unchanged", r"(?:iš)?liko tok(?:s|ia|ie|ios) pa(?:ts|ti|tys|čios)"),
    ("", r"(?:daugiau|mažiau) (?:kaip|nei|negu) (?=(?:pa)?(?:dvi|tri|ketur)gub|perpus)"),
    ("", rf"(?:daugiau|mažiau) (?:kaip|nei|negu) (?=\d|{number_words('lt')})"),
    ("ranked", r"(?:antr|treči|ketvirt|penkt)\w+ pagal (?:dydį|dažnumą|skaičių)"),
    ("", rf"daugiausiai? (?:dėmesio|pastangų)|(?<=\w\s)daugiausiai? (?:susij\w+|{BE} (?!\w+ų\b))"),
    ("", rf"ne (?:daugiau|mažiau) {THAN} (?=[\d¤])|(?:didesn\w+|mažesn\w+) {THAN} {NUMBER}\w*|mažiausiai (?=[\d¤])"),
    ("", r"daugiau (?:informacijos|apie|ar mažiau)|aukščiausi\w+ (?:teism|lyg)\w*|didžiausi\w* (?:dėmes|pastang)\w*"),
    (
        "",
        r"k(?:ilo|yla)(?: \w+)? (?:klausim|grėsm|pavoj|įtarim|abejon|poreik|minti|idėj|problem|sunkum|kliū|"
        r"neaišk|ginč|iš)\w*",
    ),
    ("highest", rf"(?:daugiau|didesn\w+|aukštesn\w+)(?: \w+){{0,3}} {EVER}|kaip niekada (?:daug|didel)\w*"),
    ("lowest", rf"(?:mažiau|mažesn\w+|žemesn\w+)(?: \w+){{0,3}} {EVER}|kaip niekada maž\w*|mažiausi\w*|žemiausi\w*"),
    ("most highest", rf"(?:daugiau|didesn\w+)(?: \w+){{0,3}} {THAN} (?:bet kur\w+|vis\w+) kit\w+"),
    ("first highest lowest", r"(?:dar )?niekada (?:anksčiau|dar)|dar niekada|kaip niekada|precedento neturin\w+"),
    ("rose most", r"(?:vir|pra)šij\w+|pranok(?:o|sta)|lenkia|pralenkė"),
    ("first", r"pirm(?:ą|ąjį|asis) (?:kart(?:ą|as)|sykį)|pirmąkart|pirmąsyk"),
    ("highest lowest", r"rekord\w*"),
    ("majority", r"daugum\w+|didži(?:oji|osios|ąją|ojoje|ajai) dal\w+|didesn\w+ dal\w+"),
    ("majority amounts", rf"(?:daugiau {THAN}|virš) pus\w+"),
    ("amounts", rf"{_fraction('lt')}|dešimtys(?= \w+ų\b)"),
    ("zero", rf"nė vien\w+|niek(?:as|o)(?= (?:\w+ )?ne)|nebuvo|nėra|jok\w+|ne(?:{FOUND})\w*"),
    ("all", r"vis(?:i|os)(?= [\w¤])"),
    ("all", r"(?:vien(?: tik)?|tik(?:tai)?|išimtinai)(?= \w+\s*(?:$|[.,;:¤]))"),
    (STREAKS, r"(?:metus|metai|metų|kartą) (?:iš eilės|paeiliui)"),
    ("most", r"dažniausi(?!ai\b)\w+|labiausiai paplit\w+|gausiausi\w+|vyrauja|vyravo|dominuoja|dominavo"),
    ("most highest", r"daugiausiai?"),
    ("highest most", r"didžiausi\w+|aukščiausi\w+"),
    ("rose most", rf"(?:{MULTIPLES}) (?:daugiau|didesn\w+)"),
    ("fell", rf"(?:{MULTIPLES}|perpus) (?:mažiau|mažesn\w+)"),
    ("rose fell most", r"dvigubai|trigubai|keleriopai|dukart|triskart|keliskart|(?:du|tris|kelis) kartus"),
    ("fell rose", r"perpus"),
    ("rose most", rf"didesn\w+|aukštesn\w+ {THAN}"),
    ("rose most", r"daugiau (?=(?:\w+ ){1,2}(?:nei|negu) (?!pernai|prieš|anksčiau|praėj|\d))"),
    ("unchanged", r"nepakit\w+|nekito|nekinta|nesikei\w+|nepasikei\w+|stabil\w+"),
    ("unchanged", r"(?:tiek|toks|tokia|tokie|tokios|tokį|tokią) pat"),
    (
        "rose",
        r"(?:ne|nebe)?(?:(?:pa|iš|su)?(?:didėj|daugėj|gausėj)\w+|(?:pa|iš|ūg)?aug(?:o|a|s|us\w*|ęs|im\w+|ant\w*))",
    ),
    (
        "rose",
        r"(?:ne|nebe)?(?:(?:pa|iš)?kilo|(?:pa)?kyla|(?:pa)?kil(?:ęs|us\w*)|(?:pa)?šok(?:telėj\w+|o)|pa(?:dvi|tri|ketur)gubėj\w+)",
    ),
    ("rose", r"ūgtelėj\w+|vis daugiau|daugiau|dažniau nei"),
    ("fell", r"(?:ne|nebe)?(?:(?:su|pa|nu)?mažėj\w+|(?:nu)?(?:krit(?:o|ęs|us\w*|im\w+)|krinta|krenta))"),
    (
        "fell",
        r"(?:ne|nebe)?(?:(?:nu|su)?smuk(?:o|ęs|us\w*|im\w+)|(?:su)?menk(?:o|ęs|us\w*|sta|ėj\w+)|(?:nu|at)slūg\w+)",
    ),
    (
        "fell",
        rf"smunka|su(?:si)?traukė(?:si)?|traukiasi|(?:leidžiasi|leidosi|ritasi|slenka) žemyn|"
        rf"retėj\w+|mažiau|rečiau|mažesn\w+|žemesn\w+ {THAN}",
    ),
)
LEXICONS: Mapping[str, Lexicon] = {"en": ENGLISH, "lt": LITHUANIAN}
# A negation just before a word: "did not rise", "no decrease". In Lithuanian it may also be a prefix of the word.
NEGATION: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?:\b(?:not|no|never|neither|nor|without|hardly)\b|n['’]t\b)(?:\s+\w+)?\s*$", re.I),
    "lt": re.compile(r"\b(?:ne|nebe|nėra|be)\s+$", re.I),
}
DENIED: Mapping[str, tuple[str, ...]] = {
    "rose": ("fell", "unchanged", "lowest"),
    "fell": ("rose", "unchanged", "highest"),
    "unchanged": ("rose", "fell"),
}
DENIABLE = ("rose", "fell", "unchanged", "highest", "lowest", "most", "majority", "first")


# Words that say something of the noun after them: "more women", "the highest number".
ATTRIBUTES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"more|fewer|less|most|fewest|least|highest|lowest|largest|smallest|biggest|greatest|record|no|zero|neither|all|"
        r"every|each|many|frequent|common|often|numerous|prevalent|widespread|growing|rising|falling|increasing|"
        r"decreasing|declining|single",
        re.I,
    ),
    "lt": re.compile(
        r"daugiau|mažiau|dažniau|rečiau|daugiausiai?|mažiausiai|"
        r"(?:didžiaus|mažiaus|aukščiaus|žemiaus|dažniaus|gausiaus|rekord|daugum|vis|paplit)\w*",
        re.I,
    ),
}
# "It has been falling" says it of no noun that follows.
PROGRESSIVE = re.compile(r"\b(?:been|is|are|was|were|be|keeps?|kept|still|began|started)\s+(?:\w+ly\s+)?$", re.I)
# How many words may stand between "fallen" and "every year", and what parts them.
NEAR, BETWEEN, APART = 3, re.compile(r"\w+"), re.compile(r"[.,;:!?¤]")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """Words that claim something, and where they begin. `claims` are those that can bear them out, the likeliest first.
    `end` is where they end in the text; `attributive` ones say something of the noun that follows."""

    text: str
    start: int
    claims: tuple[str, ...]
    end: int
    attributive: bool = False


# Several rules ask about a text.
@lru_cache(maxsize=4096)
def claim_words(text: str, language: str) -> tuple[ClaimWord, ...]:
    """Find the words of a text that claim something of figures. In their order; none in a language without a lexicon. A
    word such as "fallen" goes with "every year since 2017"."""
    matches = LOOKUPS[language].matches(text) if language in LEXICONS else ()
    found = tuple(
        _word(text, match.start(), match.end(), claims, language)
        for number, match in matches
        if (claims := _claims(LEXICONS[language][number][0], match, language))
    )
    return _with_streaks(found, text, language) if any(set(each.claims) & set(DENIED) for each in found) else found


def _word(text: str, start: int, end: int, claims: tuple[str, ...], language: str) -> ClaimWord:
    words = " ".join(text[start:end].split())
    last = words.rpartition(" ")[2]
    attributive = bool(ATTRIBUTES[language].fullmatch(last))
    if attributive and last.endswith("ing"):
        attributive = not PROGRESSIVE.search(text[:start])
    return ClaimWord(text=words, start=start, claims=claims, end=end, attributive=attributive)


def _with_streaks(found: tuple[ClaimWord, ...], text: str, language: str) -> tuple[ClaimWord, ...]:
    """Let each "every year" go with the word of change beside it. And with the year that it begins in."""
    for streak in STREAK[language].finditer(text):
        within = [each for each in found if streak.start() <= each.start and each.end <= streak.end()]
        near = [
            (len(BETWEEN.findall(between)), place)
            for place, each in enumerate(found)
            if each.claims[0] in DENIED
            and each not in within
            and not APART.search(between := text[min(each.end, streak.end()) : max(each.start, streak.start())])
        ]
        away, place = min(near, default=(NEAR + 1, 0))
        word = found[place] if away <= NEAR else within[0] if within else None
        if word:
            start, end = min(word.start, streak.start()), max(word.end, streak.end())
            later = SINCE[language].match(text, end + len(text[end:]) - len(text[end:].lstrip()))
            joined = _word(text, start, later.end() if later else end, word.claims, language)
            inside = [each for each in found if each is not word and start <= each.start < joined.end]
            found = tuple(joined if each is word else each for each in found if each not in inside)
    return found


def _claims(claims: str, match: re.Match[str], language: str) -> tuple[str, ...]:
    found = tuple(claims.split())
    joined = language == "lt" and match[0].lower().startswith("ne") and found[:1] not in (("unchanged",), ("zero",))
    if found and (joined or NEGATION[language].search(match.string[: match.start()])):
        return DENIED.get(found[0], tuple(each for each in DENIABLE if each not in found))
    return found


LOOKUPS: Mapping[str, Lookup] = {language: Lookup([each for _, each in words]) for language, words in LEXICONS.items()}
