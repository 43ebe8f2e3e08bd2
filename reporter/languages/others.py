"""Languages of which only a little is known: how they print names and articles, and in which order letters come."""

from reporter.languages.language import Language

OTHERS = {
    "da": Language(last_letters="æøå"),
    "de": Language(abbreviations="abs|bzw|evtl|ggf|inkl|max|min|nr|usw|vgl", has_capital_nouns=True),
    "es": Language(own_marks="\u0303"),
    "et": Language(last_letters="õäöü", raises_articles=True),
    "fi": Language(last_letters="åäö"),
    "hr": Language(own_marks="\u0301"),
    "hu": Language(own_marks="\u0308\u030b"),
    "lb": Language(has_capital_nouns=True),
    "lv": Language(own_marks="\u0327"),
    "mt": Language(own_marks="\u0307"),
    "pl": Language(own_marks="\u0328\u0301\u0307"),
    "pt": Language(region="pt_PT"),
    "ro": Language(own_marks="\u0326\u0302"),
    "sv": Language(last_letters="åäö"),
}
