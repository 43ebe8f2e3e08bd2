"""What the file says about itself: two standards in one packet of metadata, labels of pages, files inside."""

from pikepdf import Array, Dictionary, Name, Pdf

END = b"</rdf:RDF>"
# PDF/A wants every property it does not know described; PDF/UA is one of them.
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
    """The labels are the numbers printed: 1 is the cover."""
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def list_files_once(pdf: Pdf) -> None:
    """WeasyPrint 70 names every file inside twice."""
    if Name.AF in pdf.Root:
        files = {each.objgen: each for each in pdf.Root.AF}
        pdf.Root.AF = Array(list(files.values()))


def identify(pdf: Pdf) -> None:
    """Adds PDF/UA-1 to the packet that names PDF/A-3a; a second packet or RDF would not be read."""
    packet = pdf.Root.Metadata.read_bytes()
    head, end, tail = packet.rpartition(END)
    pdf.Root.Metadata.write(head + UNIVERSAL_ACCESS + end + tail)
