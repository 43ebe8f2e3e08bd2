"""The format of a package: a bag (RFC 8493, BagIt 1.0) in a ZIP or a folder, and how it is written, read and verified.
What the package of an edition contains is in `exchange/package`, signatures are in `exchange/signature`."""

from reporter.formats.bagit.bag import BagInfo, Packed, Source, pack
from reporter.formats.bagit.result import Defect, PackageError, Result, Verdict, result_of
from reporter.formats.bagit.verification import CHECKSUMS, Check, Package, open_package, verify
