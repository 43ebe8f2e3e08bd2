"""State in a PDF what the file is. Two standards in one packet of metadata, the labels of pages, the list of files
inside."""

from pikepdf import Array, Dictionary, Name, Pdf

END = b"</rdf:RDF>"
# ISO 14289-1, 5: the metadata name the part. ISO 19005-3, 6.6.2.3.1: a property that PDF/A does not know is described.
UNIVERSAL_ACCESS = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def label_pages(pdf: Pdf) -> None:
    """Label the pages with the numbers printed on them. The cover is 1."""
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def list_files_once(pdf: Pdf) -> None:
    """Name every attached file once. WeasyPrint 70 names each one twice."""
    if Name.AF in pdf.Root:
        files = {each.objgen: each for each in pdf.Root.AF}
        pdf.Root.AF = Array(list(files.values()))


def identify(pdf: Pdf) -> None:
    """Add PDF/UA-1 to the metadata that name PDF/A-3a. A second packet or a second RDF element would not be read."""
    packet = pdf.Root.Metadata.read_bytes()
    head, end, tail = packet.rpartition(END)
    pdf.Root.Metadata.write(head + UNIVERSAL_ACCESS + end + tail)
