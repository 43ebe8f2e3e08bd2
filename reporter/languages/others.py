"""Languages of which only a little is known."""

from reporter.languages.language import Language

GERMAN = Language(abbreviations="abs|bzw|evtl|ggf|inkl|max|min|nr|usw|vgl", has_capital_nouns=True)
LUXEMBOURGISH = Language(has_capital_nouns=True)
ESTONIAN = Language(raises_articles=True)
PORTUGUESE = Language(region="pt_PT")
