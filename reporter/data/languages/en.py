"""English."""

import re
from collections.abc import Mapping

from reporter.data.languages.language import (
    YEAR,
    Language,
    Sign,
    any_of,
    claims_of,
    every_year,
    number_in_words,
    numbered,
    words,
)

UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
GLUE = r"(?:-|(?:(?<=hundred)|(?<=thousand))\s+and\s+|\s+)"
NUMBER = number_in_words(UNITS, TENS, SCALES, GLUE)
FRACTIONS = (
    (r"one half|a half|half", 1, 2),
    (r"(?:a|one|every) third|one (?:in|out of(?: every)?) three", 1, 3),
    (r"two[- ]thirds|two (?:in|out of(?: every)?) three", 2, 3),
    (r"three[- ]quarters|three[- ]fourths|three (?:in|out of(?: every)?) four", 3, 4),
    (r"(?:a|one) (?:quarter|fourth)|every fourth|one (?:in|out of(?: every)?) four", 1, 4),
    (r"(?:a|one|every) fifth|one (?:in|out of(?: every)?) five", 1, 5),
    (r"two[- ]fifths|two (?:in|out of(?: every)?) five", 2, 5),
    (r"three[- ]fifths|three (?:in|out of(?: every)?) five", 3, 5),
    (r"four[- ]fifths|four (?:in|out of(?: every)?) five", 4, 5),
    (r"(?:a|one|every) tenth|one (?:in|out of(?: every)?) ten", 1, 10),
    (r"nine[- ]tenths|nine (?:in|out of(?: every)?) ten", 9, 10),
    (r"every second|one (?:in|out of(?: every)?) two", 1, 2),
)
SIGNS = (
    (Sign.LEAST, r"at least|(?:no|not) (?:fewer|less) than|as many as"),
    (Sign.MOST, r"at most|(?:no|not) more than|up to"),
    (Sign.ABOVE, r"more than|over|above|upwards? of|in excess of|well over|just over"),
    (Sign.BELOW, r"less than|fewer than|under|below"),
    (Sign.NEARLY, r"nearly|almost|close to|just under"),
    (Sign.ABOUT, r"about|around|roughly|some|approximately|hardly|barely|virtually|practically"),
    (Sign.EXACT, r"only|just|exactly"),
)
SHARE = rf"(?:(?:{any_of(pattern for _, pattern in SIGNS)}) )?(?:{any_of(pattern for pattern, _, _ in FRACTIONS)})"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PROVISION = (
    r"(?:[Aa]rticles?|[Aa]rts?\.|[Ss]ections?|[Ss]ecs?\.|[Cc]hapters?|[Cc]h(?:ap)?s?\.|[Pp]aragraphs?|[Pp]aras?\.?|"
    r"[Pp]oints?|Protocol|Nos?\.?|nos?\.|Regulation|Resolution|Law|Order|Decision|Directive|Decree|Act|Figures?|Tables?|"
    r"[Ff]igs?\.|[Aa]nnex|[Vv]ols?\.|Objective|Measure|Part|Phase|Step|[Pp]ages?|pp?\.)"
)
FURTHER = r"(?:(?:,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s+to\s+|–)\d+(?:-\d+)*)*"
# Numbers and dates in every form.
NUMBERS = (
    r"(?:zero|nil|nought|no(?:ne)?|one?|two|three|four|five?|six|seven|eight?|nine?|ten|eleven|twel(?:ve|f)|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ie)|"
    r"hundred|thousand|million|billion|dozen|couple|pair|score|umpteen)+(?:ths?|e?s|fold|some)?|"
    r"hal(?:f|ves)|both|single|once|twice|thrice|double|triple|first|second|thirds?|fourths?|fifths?|quarters?|"
    r"quadruple|quintuple|duo|trio|handful|sole|lone|decades?|centur(?:y|ies)|fortnights?"
)
DATES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
    r"spring|summer|autumn|winter"
)
# Words that depend on a year or number, or have no meaning of their own.
SMALL = """
a an the of in on at to by from for with since until till during through throughout over under within per and or as
than that which who whom this these those it its they their them he his she her there here is are was were be been
being am has have had do does did year years last previous preceding next current ago before about around
approximately roughly nearly almost some only just exactly altogether percent cent cents s st nd rd th m bn eur every
each several many few out time times again also still too now then already yet earlier later once however currently
like before day days week weeks month months hour hours minute minutes
daily weekly monthly quarterly yearly annual annually euro euros percentage point points
"""
ENDING = re.compile(r"(?<=\w{3})(?:ies|y|(?<=ss)es|es|(?<!s)s|e)$")
# After "most", a plural or another noun of the subject: "most victims", but not "most serious".
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
HAPPENED = "reached|seen|recorded|registered|observed|matched|exceeded"
TIMES = r"two|three|four|five|six|seven|eight|nine|ten|several|many|\d+"
# In order of precedence: at each place the first matching pattern counts.
CLAIMS = rf"""
nothing: (?:first|second|other|latter|former) half|half an? \w+|half-\w+|half (?=the (?:year|time|day))
    (?:first|second|third|fourth|last|every|each|next) quarters?(?! of (?:the|all|these)\b)
    a third (?:countr|part)\w+
    every (?:second|third|fourth|fifth) (?:year|month|week|day|hour)
    (?:by|of) {SHARE}(?! of\b)|{SHARE}(?= (?:more|fewer|less|higher|lower)\b)|no one else
    half as\b(?! (?:many|much))
    no (?:longer|change (?:on|in|from)(?: [\w-]+){{0,4}} (?:can|could|may) be|doubt|less|later|matter|need|such)
    records? (?:began|begins?)|(?:more|less) than (?=doubl|halv|tripl|trebl|quadrupl)
    doubl\w+ up|not all
ranked: all but (?:one|two|three|four|five|a few|¤|\d+)|(?:a|the|in the) (?:small |clear |tiny )?minority(?! \w+s\b)
    (?:above|below|over|under|exceed\w*|than) (?:the |an? |its |their )?(?:\w+ )?averages?
    equal numbers?|in equal (?:numbers|parts|shares)|equally (?:represented|distributed|divided)
    (?:rank(?:s|ed)|came|comes?) (?:{NTH})|in (?:{NTH}|last) place
    revers(?:ed?|es|ing|al of) (?:the|this|that|a|its)(?: \w+)? trend|trend (?:was |has |is )?(?:been )?reversed
most: (?:rank(?:s|ed)|came|comes?) first|in first place|top(?:s|ped) the list
lowest: new lows?|never (?:been )?(?:so|as|this) (?:low|few|small)|{PERIOD} lows?|lowest (?:point|ebb|mark)
highest: new highs?|never (?:been )?(?:so|as|this) (?:high|many|large)|{PERIOD} highs?
lowest: last (?:so|as|this) (?:low|few|small)|bottom(?:ed|s) out|(?:a|its|the|their) minimum{OF_PERIOD}
highest: last (?:so|as|this) (?:high|many|large)|(?:a|its|the|their) maximum{OF_PERIOD}
highest lowest first: (?:not|never)(?: been)? (?:{HAPPENED}) (?:before|since)
unchanged: (?:not|never) chang(?:ed?|ing)|(?:did|does|do|has|have|had)n[’']t changed?
    (?:remain|stay|st[ao]nd|stood)\w* at the (?:same )?levels?|(?:back|return\w*) (?:to|at) (?:the|its) levels?
nothing: (?:more|fewer|less) than (?=\d|(?:{NUMBER})\b)(?!one)
ranked: (?:second|third|fourth|fifth)[ -](?:highest|lowest|largest|smallest|biggest|most|fewest)
nothing: at (?:the )?(?:very )?(?:most|least)|most of (?:the|their) time|for the most part|most of all
    most (?:[a-z]+(?:able|ible|ful|ous|ive)|important|recent|urgent|likely)|(?:(?<=[’'])s|its|their|our) most
    or (?:more|fewer|less)\b(?! [\w-]+ than)|at (?:the|its) highest level(?! (?:since|ever|on record))
    more or less|once more|(?:what is|read|learn|find out) more|more (?:information|about|details?)|the more
    more (?!frequent)[a-z]+(?:able|ible|ful|ous|ive|ical)|(?:no|not) (?:more|fewer|less) than (?=[\d¤])
    as many as (?=[\d¤])|(?:gives?|gave|giving|given) rise|(?:grows?|grew|grown) closer|(?:is|are|w\w+) up to
    (?:gr[eo]wn?|sets?|setting|bring|brought|follow\w*|ma[dk]es?|making|tak\w+|took|pick\w*|dr[ae]wn?)[ -]up
    (?:back\w*|open\w*|keeps?|kept|speed\w*|st[ao]nd|stood|sign\w*|clear\w*|sum\w*|c[aeghtu]+|buil[dt])[ -]up
    (?:br[eo]ake?n?|broke|hand\w*|laid|lay|put|shut|step\w*|sl[eo]w\w*|writ\w*|sets?|turn\w*|track\w*)[ -]down
    (?:falls?|fell|fallen|falling) (?:victim|prey|within|into|outside|short|apart|ill|in love|under (?![\d¤]))
    declin\w+ (?:to (?![\d¤]|an? |the |its |just |only |about |half|zero|below|under|fewer)|the (?:offer|job))
    drop\w* (?:out|the case|the charges)|charges (?:was |were )?dropped
    (?:criminal|police|court|medical|public|written|on|keep|keeps|kept) records?|records (?:of|are|show)
    (?:largest|biggest|greatest|highest) (?:care|attention|priority|efforts?|importance|court|instance)
highest: (?:more|larger|higher|bigger|greater)(?: [\w-]+){{0,4}} than (?:ever|at any|in any)|all-time high
    (?:largest|biggest|greatest|highest) ever|records?[- ](?:high|numbers?|levels?)|peak(?:ed|s)?
lowest: (?:fewer|less|smaller|lower)(?: [\w-]+){{0,4}} than (?:ever|at any|in any)
    (?:smallest|lowest|fewest) ever|records?[- ]low|all-time low|smallest|lowest|fewest|least
most highest: (?:more|larger|higher|bigger|greater)(?: [\w-]+){{0,3}} than (?:any|all) other
lowest: (?:fewer|less|smaller|lower)(?: [\w-]+){{0,3}} than (?:any|all) other
first highest lowest: (?:as )?never before
first highest: unprecedented|unmatched|unparalleled|unrivalled
first: (?:for the )?(?:very )?first time|first ever
highest lowest: than ever|records?
majority: the bulk of|majority
majority amounts: (?:(?:more|well more) than|(?:well |just )?over|above) (?:a |one )?half(?! (?:an?|as)\b)
amounts: (?:dozens|hundreds|thousands|scores)(?= of\b)
    {SHARE}(?= (?:of|were|was|are|is|came|had|have|the|all|victims|persons|cases)\b|\s*[,.;:)]|\s*$)
zero: none(?: of|(?= (?:was|were|is|are|has|have|had|came)\b))|not (?:a single|one)\b|nobody|no one
    (?:no|zero)(?= [a-z])|neither(?= [a-z]+ nor\b)
nothing: (?:of|for|to|with|in|among|by|from|at|and|against) all
all: all(?= (?:of )?(?:the |these |those )?[a-z¤])|every(?: single)?(?= (?:\w+ ){{1,2}}(?:was|were|came|had)\b)
    each(?= of (?:the |these |those )?[a-z¤])|exclusively
    only(?= (?:\w+ (?:was|were|came|had|have been)\b|\w+\s*(?:$|[.,;])))
most: (?:the )?most (?:frequent|common|often|numerous|prevalent|widespread)(?:ly)?
    predominat(?:ed?|es)\b|dominat(?:ed?|es)\b
    lion[’']s share|outnumber\w*|leading (?:form|purpose|group)
highest most: the most (?={NOUN})(?!of\b)|the most{SINCE_THEN}|highest|largest|biggest|greatest
nothing: the most
majority: most of|most (?=(?:[\w-]+ ){{0,2}}{NOUN})
rose most: (?:twice|thrice|(?:{TIMES}) times) (?:as (?:many|much|high)|more|higher|the number)
    {IS} (?:\w+ )?higher|higher than|an? (?:\w+ )?higher (?:number|share|level|figure|total)
    (?:larger|bigger|greater) (?:number|share|figure|total|than)|exceed(?:s|ed|ing)?|surpass\w*
    (?:twice|double) (?:th(?:at|ose) of|the (?:figure|level|total|share|number))
rose fell: half (?:that|this) (?:number|figure|many)
rose: (?:two|three|four|five|ten)-?fold (?:increase|rise|growth)|gain(?:s|ed|ing) (?:ground|momentum|pace)
fell: (?:two|three|four|five|ten)-?fold (?:decrease|drop|fall|decline|reduction)|los(?:t|es|ing) (?:ground|momentum)
    contract(?:ed|s) (?=by (?:¤|\d|half|an? |one |two |three |more |nearly |almost ))
rose fell unchanged: (?:consecutive |successive )?(?:years?|time) (?:running|in a row|in succession)
    consecutive (?:year|time)s?
rose most: more (?=(?:[\w-]+ ){{1,3}}than (?!in\b|the year|a year|last|before|\d))
fell: {GO} (?:{HOW})?down(?! to (?:earth|the))|(?<!-)down{STOP}|half (?:as (?:many|much)|the number|that of)
    falls?|fell|fallen|falling|decreas(?:ed?|es|ing)|declin(?:ed?|es|ing)|dropp?(?:ed|s|ing)?|halv(?:ed?|es|ing)
    shr[aiu]nk(?:s|ing|en)?|plung(?:ed?|es|ing)|plummet\w*|slump\w*|tumbl(?:ed?|es|ing)|s[aiu]nk(?:s|ing)?
    dwindl(?:ed?|es|ing)|dipped|dips|lessened|diminish\w*|slid|subsided|collapsed|downturn|reduction in
    (?:was|were|been) reduced|fewer|less (?:often|frequent|common|trafficking|exploitation|than in)
    {IS} (?:\w+ )?lower|lower than|an? (?:\w+ )?lower (?:number|share|level|figure|total)
    smaller (?:number|share|than)
unchanged: unchanged|(?:just |exactly )?as many|{IS} (?:stable|steady|constant|level|flat|the same)|no change
    stagnat(?:ed?|es|ing)|level(?:led|s|ed) (?:off|out)|plateau(?:ed|s)
    the same (?:number|level|total|share|figure)|equal(?:s|led)? (?:the number|that)
rose: {GO} (?:{HOW})?up(?! to date)|(?<!-)up{STOP}|rises?|rose|risen|rising|increas(?:ed?|es|ing)
    grew|grows?|grown|growing|growth|doubl(?:ed|es|ing)|double the|tripl(?:ed?|es|ing)|trebl(?:ed?|es|ing)
    (?:quadrupl|quintupl|sextupl)(?:ed?|es|ing)|multiplied|soar\w*|surg(?:ed?|es|ing)|jump(?:ed|s|ing)?
    climb(?:ed|s|ing)?
    leapt|leaped|spik(?:ed|es)|(?:sky)?rocket(?:ed|s)|mushroomed|swell(?:ed|s)?|upturn|upswing
    more and more|more|upwards?(?= trend)|uptick|rebound(?:ed|s)
fell: downwards?(?= trend)|waned|eased|receded
"""
NTHS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MANY = UNITS[1:10]
TAIL = r"(?:running|in a row|in succession)"
EVERY_YEAR = (
    rf"(?:for )?(?:the|a) (?:{numbered(NTHS, 'n')}|(?P<digits>\d{{1,2}})(?:nd|rd|th)) "
    rf"(?:consecutive |successive )?(?:year|time)(?: {TAIL})"
    rf"|(?:for )?(?:the|a) (?:{numbered(NTHS, 'nb')}) (?:consecutive|successive) (?:year|time)"
    rf"|(?:for |over )?(?:{numbered(MANY, 'm')}|(?P<digitsb>\d{{1,2}})) "
    rf"(?:years {TAIL}|(?:consecutive|successive) years)"
    r"|(?:in |with )?(?:every|each) (?:single |successive )?year|year (?:after|on|by) year|from year to year"
    r"|continu(?:ously|ally)|without (?:interruption|exception|(?:a )?(?:pause|break)|let-?up)"
    r"|uninterrupted(?:ly)?|constantly|steadily|consecutively"
    r"|years running|in a row|in succession"
)
SINGULAR = {"women": "woman", "men": "man", "children": "child"}


class English(Language):
    region = "en_IE"
    numerals = UNITS[:9]
    with_article = words(
        r"(?!the\b|South Georgia\b)(?:.*\b(?:Republic|Kingdom|States|Emirates|Federation|Territory|Territories|"
        r"Islands|Netherlands)|(?:\w+ )*(?:Republic|Kingdom|State|Duchy|Principality|Commonwealth|Federation|"
        r"Confederation|Union|Isle) of .*|Philippines|Bahamas|Gambia|Comoros|Maldives|Holy See)"
    )
    article = "the {}"
    abbreviations = (
        r"approx|apr|art|aug|cap|chap|col|dec|dept|dir|doc|eds|est|etc|feb|figs?|gen|gov|ibid|inc|incl|jan|jul|jun|ltd|"
        r"mar|max|min|mrs|nos|nov|oct|paras?|prof|rev|sec|sept?|vols?"
    )
    short_words = "it|us|me|we|he|so|do|go|up|on|in|by"
    line_before = r"Articles?|Art\.|Nos?\.?|Directive|Regulation|Chapter|Annex|Figure|Table|Section|pp?\."
    line_behind = rf"(?:{MONTHS})\b|(?:per cent|percent|million|billion|EUR|Eur)\b"
    joins = "and|or"
    units_of_figures = r"per ?cent|percentage|p\.p\.|(?:pct|pp|[ap]\.?m|[kcm]?m²?|k?g|ha|h|min|[kMGT]B)\b"
    scales_of_money = "thousand|million|billion"
    money = "euros?|dollars?|pounds?"
    units, tens, scales, glue = UNITS, TENS, SCALES, GLUE
    fractions, signs, provision = FRACTIONS, SIGNS, PROVISION
    names = (
        # Articles 147, 147-1 and 157; 18 October, 3 to 5 June
        rf"\b{PROVISION}\s+(?:No\.?\s*)?\d+(?:[-/]\d+){{0,9}}(?:\(\w+\)){{0,9}}{FURTHER}",
        rf"\b\d{{1,2}}(?:\s*(?:–|-|to|and)\s*\d{{1,2}})?\s+(?:{MONTHS})\b|\b(?:{MONTHS})\s+\d{{1,2}}\b",
        # the 3rd meeting; ages, hours, the EU Member States
        r"\b\d+(?:st|nd|rd|th)\b",
        r"\b[Aa]ge[ds]?\s+\d+(?:\s*(?:to|and|or|–|-)\s*\d+)?|\b\d+[ -]years?[ -]old\b",
        r"\b(?:under|over|below) 18\b(?!\s+(?!years\b|was\b|is\b|has\b)[a-z]+s\b)",
        r"\b\d+[ -]hours?\b|\b\d+\s+(?:EU\s+)?Member\s+States?\b",
    )
    leading = r"the |an? (?!third|quarter|half)"
    percent = r"per ?cent\b"
    percent_points = r"percentage points?\b"
    roles: Mapping[str, str] = {"by": "by", "of": "by", "from": "from", "to": "to"}
    more = r"\s+(?:more|fewer|less|higher|lower|larger|smaller)\b"
    lasting = r"(?:-|\s+)(?:years?|months?|weeks?|days?|hours?|times|fold)\b"
    number_words = re.compile(f"{NUMBERS}|{DATES}")
    small_words = frozenset(SMALL.split())
    irregular: Mapping[str, str] = {
        **SINGULAR,
        "lives": "life",
        "wives": "wife",
        **dict.fromkeys(("people", "nobody", "anybody", "anyone", "somebody", "someone"), "person"),
    }
    joined_to_digits = ""
    claims = tuple(claims_of(CLAIMS))
    denial = words(r"(?:\b(?:not|no|never|neither|nor|without|hardly)\b|n['’]t\b)(?:\s+\w+)?\s*$")
    attributes = words(
        r"more|fewer|less|most|fewest|least|highest|lowest|largest|smallest|biggest|greatest|record|no|zero|neither|all|"
        r"every|each|many|frequent|common|often|numerous|prevalent|widespread|growing|rising|falling|increasing|"
        r"decreasing|declining|single"
    )
    progressive = words(r"\b(?:been|is|are|was|were|be|keeps?|kept|still|began|started)\s+(?:\w+ly\s+)?\w*ing$")
    multiples = (
        (2, r"doubl\w+|twice|two times|two-?fold|halv\w+|half as|half the number|half that of"),
        (3, r"tripl\w+|trebl\w+|thrice|three times|three-?fold"),
        (4, r"quadrupl\w+|four times|four-?fold"),
        (5, r"quintupl\w+|five times|five-?fold"),
        (10, r"ten times|ten-?fold"),
    )
    since_word = words(r"\bsince\b")
    since = words(
        rf"\b(?:since|than in|th(?:at|ose) of|(?:level|figure|number|total)s? of|as in|compared (?:with|to)"
        rf"|from)\s+{YEAR}\b(?!\s+(?:to|until)\b)"
    )
    every_year = every_year(EVERY_YEAR)
    than_another = words(r"\s*than\s+(?P<other>(?!in\b|the year|a year|last\b|before\b|ever\b|at\b|\d)[^\d¤]*)")
    shares = words(r"\b(?:shares?|proportions?|percentages?|rates?)\b")
    compared = words(
        r"\b(?:same|as many|as high|equal\w*|twice|half|times|lower|higher|larger|smaller|more|fewer|less)\b"
    )
    counted = words(
        r"numbers?|figures?|totals?|counts?|shares?|proportions?|levels?|trends?|it|they|them|these|this|those|that|both|"
        r"others?|rest|all|trafficking|exploitation|crimes?|offences?|phenomenon|problem|forms?|cases?|persons?|people|"
        r"women|men|girls|boys|children|minors|adults|nationals|foreigners|clients|form|purpose|type|kind|group|ever"
    )
    elsewhere = words(
        r"than|in|of|were|was|are|is|have|has|had|since|ever|by|to|on|at|among|amongst|and|or|but|with|when|for|so|as|"
        r"from|reached|recorded|be|came|year|after|during"
    )
    skipped = words(r"the|these|those|of|a|an|such|frequent|common|often|numerous|known|single")
    general = words(r"persons?|people|others?|not|un\w+|all|any|exploitation|forced|no")
    persons = words(r"persons?|people|one")
    unstated = words(r"\bnot\b|\bunknown\b")
    part_follows = words(r"\s+of\b")
    possible_before = words(
        r"\b(?:can|could|may|might|would|should|must|shall|will|cannot)(?:\s+\w+){0,2}\s*$"
        r"|(?<!\bbegan)(?<!\bbegun)(?<!\bstarted)(?<!\bcontinued)(?<!\bcontinues)(?<!\bcontinue)(?<!\btended)\s+to\s+$"
        r"|\b(?:need|does|do|did)(?:\s+not|n[’']t)(?:\s+\w+)?\s+mean\b[^.;]*$|\bwhether\b[^.;]*$|\bif\b[^.,;]*$"
    )
    possible_behind = words(
        r"[^.,;]*(?:\bneed(?:\s+not|n[’']t)(?:\s+\w+)?\s+mean\b|\b(?:is|are)\s+(?:not\s+)?possible\b"
        r"|\b(?:can|could|may)\s+(?:not\s+)?be\s+(?:stated|told|given|expected|possible)\b)"
        r"|\s*(?:\w+\s+){0,2}(?:may|might|can|should|must|shall|could)\b"
    )
    happened = words(r"\b(?:was|were|been|had|came|occurred|recorded|reported|identified|opened|registered)\b|¤")
    nobody = words(r"nobody|no one")
    rule_behind = words(r"\s+or\s+(?:more|fewer|less|\w+\b)|\s+(?:stages?|groups?|kinds?|ways?|years?|populations?)\b")
    happened_to = words(r"\s+(?!of\b)(?:[\w-]+\s+){1,3}(?:was|has been|had been|came)\b")
    count_ends = words(r"were|was|are|is|have|has|in|on|at|by|for|with|to|and|or|but|from|that|which|who|years?|times?")
    wrong_term = re.compile(r"[Pp]ersecuted\b")
    # Steps of criminal justice that readers confuse; each means what its indicator says.
    steps: Mapping[str, str] = {step: f"persons.{step}" for step in ("prosecuted", "charged", "convicted")}
    unknown = re.compile(
        r"\bnot\s+(?:\w+\s+)?(?:available|reported|stated|known|given|published|counted)\b|\bno\s+(?:number|figure)s?\b"
    )
    aim = words(r"\b(?:aims?|goals?|planned|targets?(?! (?:group|countr|audience)))\b")
    speaks_of_aim = words(r"\b(?:aim|target|goal|plan|objective|intend|expect|should)")
    law_before = r"articles?|art\."
    law_behind = r"articles?\b"
    # How notes in brackets start that are still to be filled in. "The victim [was] found" is text.
    later = (
        r"(?:to\s+(?:be|do|come|follow)|todo|tb[cd]|insert|add|fill|write|complete|your|(?:name|date|number) of|xx+)\b"
    )

    def stem(self, word: str) -> str:
        return ENDING.sub("", word)

    def label_stem(self, noun: str) -> str:
        return SINGULAR.get(noun, noun.removesuffix("s"))
