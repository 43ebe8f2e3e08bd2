"""Load modules only when a command needs them. Their libraries are heavy, or extras that may be missing."""

import logging
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from reporter.errors import UsageError
from reporter.files.workspace import Workspace
from reporter.produce.order import Order, Outcome, Prove

VALIDATE = "reporter.validate"
SIGNATURE = "reporter.submission.signature"
# Its module for keys on cards and in hardware.
KEYS = f"{SIGNATURE}.token"
# The packages whose absence says that an extra was not installed, and the extra.
BRIDGE = "jpype"
SOLVER = "highspy"
DASK = ("distributed", "dask")
EXTRAS = {"pyhanko": "sign", "pyhanko_certvalidator": "sign", "asn1crypto": "sign", "cryptography": "sign"}
EXTRAS |= {"pkcs11": "pkcs11"}
AUDIT = "reporter.disclosure.audit"
BATCH = "reporter.produce.batch"
CLUSTER = "reporter.cluster.dask_executor"
PAPER = "reporter.pdf.paper"
INTAKE, WORKBOOKS = "reporter.intake.form_cells", "openpyxl"
DECIDING = "reporter.disclosure.deciding"
WORD, DOCX = "reporter.word.package", "docx"


def load_validate() -> ModuleType:
    """Load the room of validation. Raises UsageError when its packages are not installed."""
    return _room_of_extra(VALIDATE, (BRIDGE,), "verify", "validation")


def load_disclosure(name: str = AUDIT) -> ModuleType:
    """Load what works out withheld figures. Raises UsageError when the solver is not installed."""
    return _room_of_extra(name, (SOLVER,), "protect", "what readers can work out")


def load_intake() -> ModuleType:
    """Load what reads the workbooks of agencies. Raises UsageError when its package is not installed."""
    return _room_of_extra(INTAKE, (WORKBOOKS,), "forms", "reading a workbook")


def load_word() -> ModuleType:
    """Load what writes files for Word. Raises UsageError when its package is not installed."""
    return _room_of_extra(WORD, (DOCX,), "word", "a file for Word")


def load_cluster() -> ModuleType:
    """Load what works with the machines of a cluster. Raises UsageError when Dask is not installed."""
    return _room_of_extra(CLUSTER, DASK, "cluster", "a cluster")


def _room_of_extra(name: str, packages: Sequence[str], extra: str, what: str) -> ModuleType:
    """Load a module of an extra. Raises UsageError that names the extra when one of its packages is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name not in packages:
            raise
        hint = f'pip install "reporter[{extra}]"'
        raise UsageError(f"{what} needs the package {problem.name}", hint=hint) from None


def load_paper() -> ModuleType:
    """Load what knows whether this machine can lay out pages of paper."""
    return import_module(PAPER)


def require_paper() -> None:
    """Refuse what needs paper before its work begins. Raises NoPaperError when this machine lacks what lays out
    pages."""
    load_paper().require_paper()


def load_signature(name: str = SIGNATURE) -> ModuleType:
    """Load the room of signatures, or a module of it. Raises UsageError when its packages are not installed."""
    for each in ("pyhanko", "pyhanko_certvalidator"):
        # Without a handler Python would print what pyHanko logs; what matters of it is in our messages.
        logging.getLogger(each).addHandler(logging.NullHandler())
    try:
        return import_module(name)
    except ModuleNotFoundError as problem:
        missing = (problem.name or "").split(".")[0]
        if missing not in EXTRAS:
            raise
        hint = f'pip install "reporter[{EXTRAS[missing]}]"'
        raise UsageError(f"signatures need the package {missing}", hint=hint) from None


def produce_in_memory(
    workspace: Workspace, orders: Sequence[Order], states: Sequence[object], prove: Prove | None
) -> list[Outcome]:
    outcomes: list[Outcome] = import_module(BATCH).produce_all(workspace, orders, states, prove)
    return outcomes
