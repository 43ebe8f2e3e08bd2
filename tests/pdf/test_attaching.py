"""A file that travels inside is listed once."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from reporter.pdf.identity import list_files_once


def test_a_file_that_travels_inside_is_listed_once():
    pdf = pikepdf.new()
    files = [pdf.make_indirect(Dictionary(Type=Name.Filespec)) for _ in range(2)]
    pdf.Root.AF = Array([files[0], files[1], files[0], files[1]])
    list_files_once(pdf)
    assert [each.objgen for each in files] == [each.objgen for each in pdf.Root.AF]
