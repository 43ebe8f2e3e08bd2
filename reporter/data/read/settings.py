"""Read the settings of a workspace, `reporter.yaml`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import yaml

from reporter.data.errors import nearest
from reporter.data.files.sources import SETTINGS, Sources
from reporter.data.read.fields import label
from reporter.data.read.record_shapes import Written
from reporter.data.read.shape_errors import validate
from reporter.data.read.shapes import MailShape, RecipientShape, WorkspaceShape
from reporter.data.read.yaml_tree import Tree, read_yaml
from reporter.data.records import (
    Channel,
    ChartChoice,
    Deadline,
    DisclosureRules,
    FigureWeight,
    Label,
    Mail,
    Permission,
    Recipient,
    Security,
    Settings,
    Threshold,
)
from reporter.data.records.label import ENGLISH
from reporter.data.records.protection import ENOUGH

MEGABYTE = 1_000_000
# Replaces the address in the files of a package.
RECEIVED = "received"
# Submission of mail: RFC 6409 3.1, and over TLS RFC 8314 7.3.
PORTS = {Security.STARTTLS: 587, Security.TLS: 465}


def read_settings(sources: Sources, *, frozen: bool = False) -> tuple[Settings | None, Tree]:
    """Read `reporter.yaml`; None with the errors in the tree."""
    tree = read_yaml(sources, SETTINGS, frozen=frozen)
    shape = validate(tree, WorkspaceShape, {"title": {}, "languages": [ENGLISH]})
    if shape is None:
        return None, tree
    tree.unsure = bool(tree.dropped)
    if not shape.languages:
        tree.error(tree.mark("languages"), "wrong-type", "languages: no language is listed", "write languages: [en]")
    limits, mail = shape.thresholds, _mail(tree, shape.mail)
    recipients = tuple(_recipient(tree, code, entry, shape.languages, mail) for code, entry in shape.recipients.items())
    permissions = (_permission(tree, str(number), entry) for number, entry in enumerate(shape.publish_small_counts))
    return Settings(
        title=label(shape.title),
        languages=tuple(shape.languages),
        theme=shape.theme,
        theme_mark=tree.mark("theme"),
        percent_base=limits.percent_base,
        jump=limits.jump,
        jump_count=limits.jump_count,
        licence=shape.licence,
        reuse=label(shape.reuse),
        mail=mail,
        recipients=recipients,
        small_counts=tuple(permission for permission in permissions if permission),
        deadlines=tuple(_deadline(tree, code, entry, recipients) for code, entry in shape.deadlines.items()),
        charts=shape.charts.build(tree, "charts") if shape.charts else ChartChoice(),
        annexes=shape.annexes,
        machine_translation=tuple(shape.publish_machine_translation),
        disclosure=_disclosure_rules(tree, shape.disclosure),
        approvals=shape.approvals,
    ), tree


def _mail(tree: Tree, shape: MailShape | None) -> Mail | None:
    if shape is None:
        return None
    mail = shape.build(tree, port=shape.port or 0, size_limit=shape.size_limit * MEGABYTE, mark=tree.key("mail"))
    port = PORTS[mail.security] if shape.port is None else shape.port
    if not 0 < port < 65536:
        tree.error(tree.mark("mail", "port"), "wrong-type", f"port: there is no port {port}", "write 587 or 465")
    return replace(mail, port=port)


def recipient_text(recipient: Recipient, mail: Mail | None) -> str:
    """A recipient as in `reporter.yaml`, without its address; its subject defaults to that of the mail."""
    names = ("name", "postal", "salutation", "subject")
    words: dict[str, Label] = {name: getattr(recipient, name) for name in names}
    if mail and not words["subject"]:
        words["subject"] = mail.subject
    content = {
        "channel": Channel.FOLDER.value,
        "folder": RECEIVED,
        "language": recipient.language,
        "gets": [part.value for part in recipient.gets],
        "audience": recipient.audience.value,
        **{name: dict(label.texts) for name, label in words.items() if label},
    }
    return yaml.safe_dump({"recipients": {recipient.code: content}}, allow_unicode=True, sort_keys=False, width=1000)


def _recipient(tree: Tree, code: str, shape: RecipientShape, languages: Iterable[str], mail: Mail | None) -> Recipient:
    recipient = shape.build(
        tree, "recipients", code, address=shape.address or shape.folder, mark=tree.key("recipients", code)
    )
    _check_way(tree, recipient, shape, mail)
    if recipient.language not in languages:
        mark = tree.mark("recipients", code, "language")
        message = f"{code}: {recipient.language!r} is not a language of the reports"
        tree.error(mark, "unknown-code", message, nearest(recipient.language, languages))
    if not recipient.gets:
        tree.error(tree.mark("recipients", code, "gets"), "wrong-type", f"{code}: gets nothing", "write gets: [pdf]")
    _check_words(tree, recipient, mail)
    return replace(recipient, gets=tuple(dict.fromkeys(recipient.gets)))


def _check_words(tree: Tree, recipient: Recipient, mail: Mail | None) -> None:
    code = recipient.code
    for field in ("name", "postal", "salutation", "subject", "text"):
        own: Label = getattr(recipient, field)
        usual = getattr(mail, field) if mail and field in ("subject", "text") else Label()
        languages = [language for language, _ in (own or usual).texts]
        if recipient.channel is Channel.EMAIL and languages and recipient.language not in languages:
            mark = tree.mark("recipients", code, field) if own else tree.mark("mail", field)
            message = f"{field}: the language of {code} is {recipient.language}, but it has no {field}"
            tree.error(mark, "wrong-type", message, f"write {field}: {{{recipient.language}: …}}")


def _check_way(tree: Tree, recipient: Recipient, shape: RecipientShape, mail: Mail | None) -> None:
    """Check that a recipient has what its channel needs and no more: an address and mail server, or a folder."""
    code, channel = recipient.code, recipient.channel
    wanted, other = ("address", "folder") if channel is Channel.EMAIL else ("folder", "address")
    fitting = Channel.FOLDER if channel is Channel.EMAIL else Channel.EMAIL
    mark = tree.key("recipients", code)
    if not getattr(shape, wanted):
        tree.error(mark, "missing-key", f"{code}: channel {channel} needs a key {wanted!r}", f"add a line {wanted}: …")
    if getattr(shape, other):
        place = tree.key("recipients", code, other)
        message = f"{code}: channel {channel} does not use {other}"
        tree.error(place, "unknown-key", message, f"delete the line, or write channel: {fitting}")
    if channel is Channel.EMAIL and mail is None:
        tree.error(mark, "missing-key", f"{code} gets mail, but no mail server is set", "add mail: with host and from")


PERMISSIONS = "publish_small_counts"
YEARS = re.compile(r"[12]\d{3}(/[12]\d{3})?", re.ASCII)
LETTER, BRACKETS = re.compile(r"[^\W\d_]"), re.compile(r"\W*\[[^\]]*\]\W*")
REASON = "reason"


def _permission(tree: Tree, number: str, entry: Written[Permission]) -> Permission | None:
    permission, fine = entry.build(tree, PERMISSIONS, number), True
    if not (permission.source or permission.figures):
        message, hint = "the permission names neither a source nor figures", "add a line source: …, or figures: […]"
        tree.error(permission.mark, "missing-key", message, hint)
        fine = False
    first, _, last = permission.years.partition("/")
    if not YEARS.fullmatch(permission.years):
        years = "/".join(dict.fromkeys((first[:4], (last or first)[:4])))
        message = f"years: {permission.years} includes days or months"
        tree.error(tree.mark(PERMISSIONS, number, "years"), "wrong-type", message, f"write years: {years}")
        fine = False
    return permission if _is_reason(tree, permission.reason.texts, number) and fine else None


def _is_reason(tree: Tree, texts: Sequence[tuple[str, str]], *number: str) -> bool:
    """Whether something is said; otherwise an error is added."""
    missing = [language for language, text in texts if BRACKETS.fullmatch(text) or not LETTER.search(text)]
    for language in missing:
        mark = tree.mark(PERMISSIONS, *number, REASON, language)
        hint = f"write {language}: and the reason in words"
        tree.error(mark, "wrong-type", f"no reason is given in {language} why the counts may be published", hint)
    if not texts:
        tree.error(
            tree.mark(PERMISSIONS, *number, REASON), "wrong-type", "reason: the text is missing", "write {en: …}"
        )
    return bool(texts) and not missing


DISCLOSURE = "disclosure"
HIGHEST = 100


def _disclosure_rules(tree: Tree, shape: Written[DisclosureRules] | None) -> DisclosureRules:
    """The rules without those that have errors."""
    rules = shape.build(tree, DISCLOSURE) if shape else DisclosureRules()
    if rules.width < ENOUGH:
        message = f"width: {rules.width} possible values protect no one"
        tree.error(tree.mark(DISCLOSURE, "width"), "wrong-type", message, f"write width: {ENOUGH} or more")
    return replace(
        rules,
        width=max(rules.width, ENOUGH),
        thresholds=tuple(item for number, item in enumerate(rules.thresholds) if _threshold(tree, str(number), item)),
        weights=tuple(item for number, item in enumerate(rules.weights) if _weight(tree, str(number), item)),
    )


def _threshold(tree: Tree, number: str, threshold: Threshold) -> bool:
    place = (DISCLOSURE, "thresholds", number)
    if threshold.below < 2:
        message = f"below: {threshold.below} withholds nothing, as only counts from 1 on are withheld"
        tree.error(
            tree.mark(*place, "below"), "wrong-type", message, "write below: 10, for example, or delete the entry"
        )
    return _names(tree, place, threshold) and threshold.below > 1


def _weight(tree: Tree, number: str, figure_weight: FigureWeight) -> bool:
    place, fits = (DISCLOSURE, "weights", number), 1 <= figure_weight.weight <= HIGHEST
    if not fits:
        hint = f"write a number from 1, withheld first, to {HIGHEST}, withheld last"
        tree.error(tree.mark(*place, "weight"), "wrong-type", f"weight: {figure_weight.weight} is not a weight", hint)
    return _names(tree, place, figure_weight) and fits


def _names(tree: Tree, place: tuple[str, ...], entry: Threshold | FigureWeight) -> bool:
    if not entry.figures:
        tree.error(
            tree.mark(*place, "figures"), "missing-key", "no figure is listed", "write figures: [victims.identified]"
        )
    return bool(entry.figures)


def _deadline(tree: Tree, code: str, shape: Written[Deadline], recipients: tuple[Recipient, ...]) -> Deadline:
    deadline = shape.build(tree, "deadlines", code, mark=tree.key("deadlines", code))
    codes = [recipient.code for recipient in recipients]
    for name in (recipient for recipient in deadline.recipients if recipient not in codes):
        place = tree.mark("deadlines", code, "to")
        tree.error(place, "unknown-code", f"{code}: reporter.yaml has no recipient {name!r}", nearest(name, codes))
    if deadline.first not in range(1900, 2101):
        place = tree.mark("deadlines", code, "first")
        tree.error(place, "wrong-type", f"first: there is no year {deadline.first}", "write a year, such as 2025")
    if deadline.after not in range(11):
        place = tree.mark("deadlines", code, "after")
        tree.error(place, "wrong-type", f"after: {deadline.after} is not a number of years from 0 to 10", "write 1")
    return replace(deadline, recipients=tuple(dict.fromkeys(deadline.recipients)))
