"""Package, signature, outbox and receipt: what leaves the ministry. A package is a bag (RFC 8493, BagIt 1.0) in a ZIP
or a folder. Signing and reading signatures need the extra `sign`; they are in the room `signature`,
which nothing here imports."""

from reporter.formats.package.bag import BagInfo, Packed, Source, edamis_name, pack
from reporter.formats.package.result import Defect, PackageError, Result, Verdict, result_of
from reporter.formats.package.verification import CHECKSUMS, Check, Package, open_package, verify
