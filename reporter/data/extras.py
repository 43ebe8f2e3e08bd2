"""Optional extras of the program, whose packages may not be installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from reporter.data.errors import WordedError

VERIFY, SIGN, CLUSTER, WEB = (
    ("verify", "validation needs"),
    ("sign", "signatures need"),
    ("cluster", "a cluster needs"),
    ("web", "the workbench needs"),
)
# Packages whose absence shows that an extra is not installed: the extra, and what needs it.
PACKAGES = {
    "jpype": VERIFY,
    "highspy": ("protect", "what readers can work out needs"),
    "openpyxl": ("forms", "reading a workbook needs"),
    "docx": ("word", "a file for Word needs"),
    **dict.fromkeys(("pyhanko", "pyhanko_certvalidator", "asn1crypto", "cryptography"), SIGN),
    "pkcs11": ("pkcs11", "signatures need"),
    **dict.fromkeys(("distributed", "dask"), CLUSTER),
    **dict.fromkeys(("starlette", "python_multipart", "uvicorn", "watchfiles", "anyio", "h11"), WEB),
}
REMEDY = 'pip install "reporter[{extra}]"'


@contextmanager
def extra(words: str = "", remedy: str = REMEDY) -> Iterator[None]:
    """Import an extra. Raises WordedError naming it if a package is missing, with translatable `words` if given."""
    try:
        yield
    except ModuleNotFoundError as problem:
        package = (problem.name or "").partition(".")[0]
        if package not in PACKAGES:
            raise
        name, needs = PACKAGES[package]
        words = words or f"{needs} the package {{package}}"
        raise WordedError(words, remedy, package=package, extra=name) from None
