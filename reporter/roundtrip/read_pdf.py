"""Open a PDF of somebody else, within limits."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Name
from pikepdf.settings import set_qpdf_limits

from reporter.roundtrip.stated import MalformedFileError

# No stream of a PDF is inflated further; what is compressed otherwise than we do is not inflated at all.
MOST_STREAM = 16 << 20
MALFORMED = (
    ArithmeticError,
    AttributeError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    RecursionError,
    NotImplementedError,
)


def attached_files(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files attached to a PDF, with their names. Raises MalformedFileError for what is no PDF, or would fill the
    memory."""
    with opened(content) as pdf:
        return tuple(
            (file.filename or name, limited_stream(file.get_file().obj).read_bytes())
            for name, file in pdf.attachments.items()
        )


@contextmanager
def opened(content: bytes, kind: str = "PDF") -> Iterator[pikepdf.Pdf]:
    """A PDF of somebody else, within limits. Raises MalformedFileError when it cannot be read."""
    try:
        with _limited(), pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            yield pdf
    except (pikepdf.PikepdfError, *MALFORMED) as problem:
        raise MalformedFileError(f"is no {kind}: {problem}") from None


@contextmanager
def _limited() -> Iterator[None]:
    """Limit the memory of qpdf while a foreign file is read. The limits hold for the whole process."""
    most = MOST_STREAM
    before = set_qpdf_limits(
        flate_max_memory=most, png_max_memory=most, run_length_max_memory=most, tiff_max_memory=most
    )
    try:
        yield
    finally:
        set_qpdf_limits(**before)  # type: ignore[arg-type]


def limited_stream(stream: Any) -> Any:
    """Return a stream to which the limits of qpdf apply. Raises MalformedFileError for one that is compressed in
    another way."""
    packed = stream.get(Name.Filter)
    if packed is not None and list(map(str, packed if isinstance(packed, Array) else [packed])) != ["/FlateDecode"]:
        raise MalformedFileError("has a stream that is compressed in an unusual way")
    return stream
