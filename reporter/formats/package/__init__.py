"""Write, read and verify packages: a bag (RFC 8493, BagIt 1.0) as a ZIP or folder. Their contents are in
`exchange/package`, signatures in `exchange/signature`."""

from reporter.formats.package.bag import BagInfo, Packed, Source, edamis_name, pack
from reporter.formats.package.result import Defect, PackageError, Result, Verdict, result_of
from reporter.formats.package.verification import CHECKSUMS, Check, Package, open_package, verify
