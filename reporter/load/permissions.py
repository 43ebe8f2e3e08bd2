"""The permissions of `reporter.yaml` to publish small counts of victims."""

import re
from collections.abc import Sequence

from reporter.load.written import Written
from reporter.load.yaml_tree import Tree
from reporter.model import Permission

KEY = "publish_small_counts"
YEARS = re.compile(r"[12]\d{3}(/[12]\d{3})?", re.ASCII)
LETTER, BRACKETS = re.compile(r"[^\W\d_]"), re.compile(r"\W*\[[^\]]*\]\W*")
REASON = "reason"

Permissions = list[Written[Permission]]


def read_permissions(tree: Tree, shape: Sequence[Written[Permission]]) -> tuple[Permission, ...]:
    """Read the permissions of `reporter.yaml`, without those that have errors."""
    return tuple(each for number, entry in enumerate(shape) if (each := _permission(tree, str(number), entry)))


def _permission(tree: Tree, number: str, entry: Written[Permission]) -> Permission | None:
    permission, fine = entry.made(tree, KEY, number), True
    if not (permission.source or permission.figures):
        message, hint = "the permission names neither a source nor figures", "add a line source: …, or figures: […]"
        tree.error(permission.mark, "missing-key", message, hint)
        fine = False
    first, _, last = permission.years.partition("/")
    if not YEARS.fullmatch(permission.years):
        years = "/".join(dict.fromkeys((first[:4], (last or first)[:4])))
        message = f"years: {permission.years} is more than reference years"
        tree.error(tree.mark(KEY, number, "years"), "wrong-type", message, f"write years: {years}")
        fine = False
    return permission if _is_reason(tree, permission.reason.texts, number) and fine else None


def _is_reason(tree: Tree, texts: Sequence[tuple[str, str]], *number: str) -> bool:
    """Return whether something is said; what is not becomes an error."""
    missing = [language for language, text in texts if BRACKETS.fullmatch(text) or not LETTER.search(text)]
    for language in missing:
        mark = tree.mark(KEY, *number, REASON, language)
        hint = f"write {language}: and the reason in words"
        tree.error(mark, "wrong-type", f"no reason is given in {language} why the counts may be published", hint)
    if not texts:
        tree.error(tree.mark(KEY, *number, REASON), "wrong-type", "reason: nothing is said", "write {en: …}")
    return bool(texts) and not missing
