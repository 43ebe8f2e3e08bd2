"""The words of a form: titles of keys, what may be chosen."""

from collections.abc import Mapping

from reporter.charts.countries import TITLES as LIST_TITLES
from reporter.i18n import N_, Locale
from reporter.load.entry_fields import EntryField
from reporter.model import Confidentiality, ListKind
from reporter.sections.erratum_words import FIELDS, WORDS

COUNTED = N_("A number, ≥ at least, ≈ about, > over, : missing, c withheld; empty where nobody counted it")
OF_THE_FILE = N_("Where it comes from, if not from where the rest of the file does")
OF_THE_REST = N_("Where everything comes from that names no source of its own")
NAMED_FIGURE = N_("The figure that is meant, by its name such as persons.convicted")
# The titles of keys that are no fields of what an erratum tells, and of those that mean something else in a record.
FIELD_TITLES: Mapping[str, str] = {
    "definitions": N_("Other definitions"),
    "names": N_("Names by definition"),
    "differs": N_("How it differs from Eurostat’s"),
    "eurostat": N_("Figures for Eurostat’s tables"),
    "figure": N_("Figure"),
    "figures": N_("Counts"),
    "flags": N_("Flags"),
    "confidentiality": N_("Withheld"),
    "indicators": N_("Own definitions"),
    "layout": N_("Layout of its files"),
    "now": N_("Now"),
    "publication": N_("The other publication"),
    "roles": N_("Roles in some years"),
    "rule": N_("Finding"),
    "texts": N_("Texts"),
    "day": N_("Day"),
    "to": N_("Addressed to"),
    "value": N_("Value"),
    "values": N_("Values it holds for"),
    "words": N_("Words it holds for"),
    "article_19a": N_("Article 19a of Directive 2011/36/EU"),
    "code": N_("Country"),
    # settings
    "address": N_("Mail address"),
    "after": N_("Years after the reference year"),
    "authority": N_("File of certificates"),
    "basis": N_("Legal basis"),
    "charts": N_("Charts chosen"),
    "channel": N_("How it is sent"),
    "country": N_("Country"),
    "due": N_("Day and month"),
    "every": N_("How often"),
    "first": N_("First reference year"),
    "folder": N_("Folder"),
    "from": N_("Address of the sender"),
    "gets": N_("What is sent"),
    "host": N_("Mail server"),
    "language": N_("Language"),
    "mail": N_("Mail"),
    "port": N_("Port"),
    "recipients": N_("Recipients"),
    "salutation": N_("Salutation"),
    "security": N_("Encryption"),
    "sender": N_("Address of the sender"),
    "sender_name": N_("Name of the sender"),
    "size_limit": N_("Largest message, in megabytes"),
    "split": N_("In several messages"),
    "stated": N_("Stated by a source"),
    "text": N_("Text of the message"),
    "thresholds": N_("Percentages and changes"),
    "user": N_("Name to sign in with"),
    "years": N_("Reference years"),
}
OF_RECORD: Mapping[tuple[str, str], str] = {
    ("Agency", "answers"): N_("What it answers"),
    ("Agency", "due"): N_("Due each year by"),
    ("CountryList", "kind"): N_("What the source calls them"),
    ("CountryList", "named"): N_("Countries named"),
    ("Difference", "published"): N_("What the other says"),
    ("DisclosureRules", "thresholds"): N_("Withheld when small"),
    ("DisclosureRules", "weights"): N_("What it costs to lose a value"),
    ("DisclosureRules", "width"): N_("Possible values left to a reader"),
    ("DisclosureRules", "zeros"): N_("Zeros that tell of a group"),
    ("FigureWeight", "by"): N_("Only by this breakdown"),
    ("FigureWeight", "figures"): N_("Figures"),
    ("FigureWeight", "weight"): N_("Weight, from 1 to 100"),
    ("Indicator", "key"): N_("Rank among the key figures"),
    ("Institution", "since"): N_("Takes part since"),
    ("Mail", "subject"): N_("Subject of the message"),
    ("Mail", "user"): N_("Name to sign in with"),
    ("Provision", "figures"): N_("Penalties and periods"),
    ("Recipient", "audience"): N_("For whom"),
    ("Recipient", "signer"): N_("Whose signature it expects"),
    ("Recipient", "subject"): N_("Subject of the message"),
    ("Recipient", "trust"): N_("Root certificates it trusts"),
    ("Recommendation", "by"): N_("To be done by"),
    ("Revision", "was"): N_("Published before"),
    ("StillHolds", "by"): N_("Read by"),
    ("Threshold", "below"): N_("Withheld below"),
    ("Threshold", "by"): N_("Only by this breakdown"),
    ("Threshold", "figures"): N_("Figures"),
    ("Workspace", "approvals"): N_("How many others approve a year before it is published"),
    ("Workspace", "charts"): N_("Charts of the profiles"),
    ("Workspace", "disclosure"): N_("Rules for what is withheld"),
    ("Workspace", "mail"): N_("How messages leave"),
    ("Workspace", "thresholds"): N_("Small numbers"),
    ("Workspace", "title"): N_("Title of the reports"),
    ("Workspace", "country"): N_("The usual country"),
}
# What a form says where its field is filled otherwise than the file.
FORM_HELP: Mapping[tuple[str, str], str] = {
    ("ChartChoice", "instead"): N_("The name of a chart, and what is shown in its place: a chart or an indicator"),
    ("ChartChoice", "leave_out"): N_("Charts that no profile shows"),
    ("Deadline", "to"): N_("None ticked: whoever gets the package"),
    ("CountryList", "named"): N_("Names with commas between, or codes such as LT; … while nobody has looked it up"),
    ("CountryList", "main"): N_("Names with commas between: those of them that the source calls the main ones"),
    ("Difference", "publication"): N_("The source that says otherwise"),
    ("Recommendation", "to"): N_("Whom it is addressed to"),
    ("Recommendation", "answers"): N_("The challenge that it answers"),
    **dict.fromkeys((("Recipient", "subject"), ("Recipient", "text")), N_("Instead of the usual one; empty: that one")),
    ("Workspace", "annexes"): N_("Where what only statisticians need stands"),
    ("Workspace", "charts"): N_("Nothing chosen: each chart that has data stands where it usually does"),
    ("Workspace", "theme"): N_("The look of the reports; one of your own is a folder in themes/"),
    ("Permission", "years"): N_("A year, or the first and the last one, such as 2017/2022"),
    ("Reference", "url"): N_("Its address; it begins with https://"),
    **dict.fromkeys((("Activity", "figures"), ("Provision", "figures"), ("Part", "value")), COUNTED),
    **dict.fromkeys((("Activity", "source"), ("CountryList", "source")), OF_THE_FILE),
    **dict.fromkeys((("Country", "source"), ("YearFile", "source")), OF_THE_REST),
    **dict.fromkeys((("Difference", "figure"), ("Revision", "figure")), NAMED_FIGURE),
}
# What may be chosen, in a word or two, where neither its meaning nor the pages have a name for it.
CHOICES: Mapping[tuple[str, str], str] = {
    **{("kind", str(each)): title for each, title in LIST_TITLES.items() if each in ListKind},
    ("licence", ""): N_("none"),
    ("layout", ""): N_("not known to reconcile"),
    ("layout", "glotip"): N_("GLOTIP, the file of UNODC"),
    ("layout", "eurostat"): N_("tables of Eurostat"),
    ("every", "year"): N_("every year"),
    ("every", "two years"): N_("every two years"),
    ("confidentiality", str(Confidentiality.FREE)): N_("free for publication"),
}


def title_of_field(record: str, field: EntryField, locale: Locale) -> str:
    """What a form calls a key; itself where nobody named it."""
    own = OF_RECORD.get((record, field.key)) or FIELD_TITLES.get(field.name) or FIELD_TITLES.get(field.key)
    return locale.text(own or FIELDS.get(field.name, field.key))


def help_of_field(record: str, field: EntryField, locale: Locale) -> str:
    """What a key means; of a yes or no what yes says."""
    meaning = FORM_HELP.get((record, field.key), field.help)
    told = locale.text(meaning) if meaning else ""
    if told.startswith("true: "):
        return locale.opened(told.removeprefix("true: "))
    return locale.text("Not ticked: {what}", what=told.removeprefix("false: ")) if told.startswith("false: ") else told


def options_of_field(field: EntryField, locale: Locale) -> tuple[tuple[str, str], ...]:
    options = []
    for word, meaning in field.options:
        titles = (title for each, title in WORDS.items() if str(each) == word)
        named = CHOICES.get((field.key, word)) or next(titles, "")
        name, told = locale.text(named) if named else "", locale.text(meaning) if meaning else ""
        options.append((word, locale.put("{}: {}", name, told) if name and told else name or told or word))
    return tuple(options)
