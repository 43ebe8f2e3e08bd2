"""Sign PDFs by PAdES (ETSI EN 319 142-1), and the manifests of packages by CAdES (ETSI EN 319 122-1). What is signed
keeps its bytes; new ones follow."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

from asn1crypto.cms import ContentInfo, SignedData  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.sources import checksum_of
from reporter.data.files.writing import open_whole
from reporter.exchange.signature.evidence import Evidence, add_evidence, certificates_of
from reporter.exchange.signature.keys import SigningKey
from reporter.formats.bagit.bag import SEAL, SEALED, measure, read_pieces, write
from reporter.formats.bagit.result import PackageError
from reporter.formats.bagit.verification import check_checksums, open_package

FIELD, PDF = "Signature", b"%PDF"
ALGORITHM = "sha256"
# The evidence is part of the signed revision: nothing follows the signature that a reader must judge.
TOGETHER = SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
PATIENCE = 30  # seconds to wait for a timestamp
LIMITS = "a PDF is signed unaltered: without a passphrase, and only once"
PROOF = (
    "name the root certificates of the signer and of the timestamp authority with --trust; their CRLs must be available"
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Authority:
    """A timestamp authority (RFC 3161), with the `roots` of its and the signer's certificates. `archive`: a PDF gets a
    timestamp over all the evidence, which can be renewed."""

    address: str
    roots: tuple[Certificate, ...] = ()
    archive: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    path: Path
    name: str
    level: str
    sha256: str


class _Bare(IncrementalPdfFileWriter):
    """Writes a revision of evidence alone: pyHanko would renew metadata."""

    def _update_meta(self) -> None:
        pass


class _Signer(PdfSigner):
    """pyHanko's signer of PDFs, at a given time."""

    def __init__(self, key: SigningKey, moment: datetime, authority: Authority | None) -> None:
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=ALGORITHM,
            subfilter=SigSeedSubFilter.PADES,
            name=key.name,
            signer_key_usage=set(key.uses),
            embed_validation_info=authority is not None,
            dss_settings=DSSContentSettings(include_vri=False, placement=TOGETHER),
            validation_context=_context(key, authority) if authority else None,
        )
        stamper = _stamper(authority) if authority else None
        spec = SigFieldSpec(FIELD, readable_field_name=key.name)
        super().__init__(metadata, key.signer, timestamper=stamper, new_field_spec=spec)
        self.key, self._moment = key, moment

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 (pyHanko's)
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._moment
        return session


def sign_pdf(
    source: Path, target: Path, key: SigningKey, moment: datetime, authority: Authority | None = None
) -> Signed:
    """Sign a PDF, without a visible mark. The level is B-B; with a timestamp authority B-LT (B-T without a service to
    ask about the certificate), B-LTA for archives. The target begins with the unchanged bytes of the source. Raises
    ReporterError when it cannot be signed."""
    writer = _writer(source)
    with open_whole(target) as output:
        _sign_explaining(authority, lambda: _sign_pdf(writer, output, _Signer(key, moment, authority), authority))
        output.seek(0)
        checksum = checksum_of(read_pieces(output))
    return Signed(target, key.name, _level(key, authority, archive=True), checksum)


def sign_package(
    source: Path, target: Path, key: SigningKey, moment: datetime, authority: Authority | None = None
) -> Signed:
    """Add a detached signature of its manifests to a package, as its last file. The level is B-B, with a timestamp B-T
    or B-LT, never B-LTA: pyHanko makes no archive timestamps of CAdES. Raises ReporterError when the source is no
    package, altered, or signed already."""
    package = open_package(source)
    if SEAL in package.names:
        raise ReporterError(f"{source} is already signed", hint="sign the package as it was packed")
    if defects := check_checksums(package).defects:
        raise PackageError(source.name, defects)
    seal = sign_bytes(package.read(SEALED), key, moment, authority)
    files = {name: measure(content) for name, content in {**package.files, SEAL: seal}.items()}
    written = write(target, package.root, files)
    return Signed(target, key.name, _level(key, authority), written.sha256)


def _level(key: SigningKey, authority: Authority | None, *, archive: bool = False) -> str:
    if authority is None:
        return "B-B"
    if not key.listed:
        return "B-T"
    return "B-LTA" if archive and authority.archive else "B-LT"


def sign_bytes(data: bytes, key: SigningKey, moment: datetime, authority: Authority | None = None) -> bytes:
    """Make a detached CAdES signature of some bytes, as DER. Raises ReporterError when it cannot be made."""
    return bytes(_sign_explaining(authority, lambda: asyncio.run(_detached(data, key, moment, authority))).dump())


async def _detached(data: bytes, key: SigningKey, moment: datetime, authority: Authority | None) -> ContentInfo:
    seal = await key.signer.async_sign_general_data(
        data,
        ALGORITHM,
        use_cades=True,
        timestamper=_stamper(authority) if authority else None,
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment),
    )
    if authority:
        await _prove(seal["content"], key, authority)
    return seal


async def _prove(signed: SignedData, key: SigningKey, authority: Authority) -> None:
    """Add the authorities' statements on its certificates to a CMS (RFC 5652, RFC 5940)."""
    context = _context(key, authority)
    family = {member.sha256: member for member in certificates_of(signed)}
    try:
        for certificate in [member for member in family.values() if not member.ca]:
            path = await CertificateValidator(certificate, family.values(), context).async_validate_path()
            family |= {more.sha256: more for more in path}
        add_evidence(signed, Evidence(tuple(family.values()), tuple(context.crls), tuple(context.ocsps)))
    finally:
        await context.aclose()  # type: ignore[no-untyped-call]


def _sign_pdf(
    writer: IncrementalPdfFileWriter, output: BinaryIO, signer: "_Signer", authority: Authority | None
) -> None:
    """Sign a PDF; for an archive, stamp it as a whole."""
    if authority is None or not authority.archive:
        signer.sign_pdf(writer, output=output)
        return
    signed = BytesIO()
    signer.sign_pdf(writer, output=signed)
    PdfTimeStamper(_stamper(authority), readable_field_name="Timestamp of the document").timestamp_pdf(
        _Bare(signed),
        ALGORITHM,
        validation_context=_context(signer.key, authority),
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
        output=output,
    )


def _context(key: SigningKey, authority: Authority) -> ValidationContext:
    """The context that B-LT needs: chains and proofs of revocation, which are fetched now and required."""
    chain = list(key.signer.cert_registry)
    roots = list(authority.roots) or [certificate for certificate in chain if certificate.self_signed != "no"]
    return ValidationContext(trust_roots=roots, other_certs=chain, allow_fetching=True, revocation_mode="hard-fail")


def _stamper(authority: Authority) -> HTTPTimeStamper:
    if not authority.address.startswith(("http://", "https://")):
        raise UsageError(f"{authority.address} is not the address of a timestamp authority", hint="http:// or https://")
    return HTTPTimeStamper(authority.address, timeout=PATIENCE)


def _sign_explaining(authority: Authority | None, sign: Callable[[], T]) -> T:
    try:
        return sign()
    except TimestampRequestError as problem:
        raise ReporterError(
            f"the timestamp authority {authority.address if authority else ''} gives no timestamp: {_cause(problem)}",
            hint="check the address and the network; without --tsa the time is unproven",
        ) from None
    except (PathError, ValidationError, PdfError, ValueError, OSError) as problem:
        if authority and isinstance(problem, PathError | ValidationError | SigningError):
            raise ReporterError(
                f"evidence for the certificates cannot be collected: {_cause(problem)}", hint=PROOF
            ) from None
        raise ReporterError(f"signing failed: {_cause(problem)}", hint=LIMITS) from None


def _cause(problem: Exception) -> BaseException:
    return problem.__cause__ or problem


def _writer(path: Path) -> IncrementalPdfFileWriter:
    """Open a PDF for its only signature. Raises ReporterError for one that is encrypted, signed or damaged."""
    try:
        file = BytesIO(path.read_bytes())
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from None
    try:
        reader = PdfFileReader(file)
        if reader.encrypted:
            raise ReporterError(f"{path} is encrypted", hint=LIMITS)
        if reader.embedded_signatures:
            raise ReporterError(f"{path} is already signed", hint=LIMITS)
        return IncrementalPdfFileWriter(file, prev=reader)
    except (PdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError) as problem:
        raise ReporterError(f"{path} cannot be signed as a PDF: {problem}", hint="build it again") from None
