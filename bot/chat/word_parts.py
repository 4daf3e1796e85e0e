"""The fixed parts of a Word document, for word_file.py: content types, relations, styles, the frame of a page and of a picture."""

from collections.abc import Mapping
from typing import Final

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS: Final = "http://schemas.openxmlformats.org"
_WORD: Final = f"{_SCHEMAS}/wordprocessingml/2006/main"
_RELATION: Final = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE: Final = f"{_SCHEMAS}/package/2006"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
ROOT: Final[Mapping[str, str]] = {
    "rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    ),
    "core": (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        "<dc:language>id-ID</dc:language></cp:coreProperties>"
    ),
    "document_rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rIdStyles" Type="{_RELATION}/styles" Target="styles.xml"/>'
        "{pictures}</Relationships>"
    ),
}
RELATIONSHIPS: Final = f'<Relationship Id="rId{{number}}" Type="{_RELATION}/image" Target="media/image{{number}}.png"/>'
DOCUMENT: Final = (
    f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:r="{_RELATION}"><w:body>{{body}}<w:sectPr>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1417" w:bottom="1134" w:left="1417" w:header="567" w:footer="567" '
    'w:gutter="0"/></w:sectPr></w:body></w:document>'
)
PICTURE: Final = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="'
    + _SCHEMAS
    + '/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
    '<wp:docPr id="{number}" name="Gambar {number}" descr="{says}"/>'
    '<a:graphic xmlns:a="' + _SCHEMAS + '/drawingml/2006/main">'
    '<a:graphicData uri="' + _SCHEMAS + '/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="' + _SCHEMAS + '/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="image{number}.png" descr="{says}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)


def _style(name: str, title: str, *, before: int = 0, after: int = 120, run: str = "") -> str:
    base = "" if name == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if name == "Normal" else ""
    keep = "<w:keepNext/>" if name.startswith(("Heading", "Title")) else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{title}"/>{base}'
        f'<w:pPr>{keep}<w:spacing w:before="{before}" w:after="{after}" w:line="264" w:lineRule="auto"/></w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


STYLES: Final = (
    f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="22"/>'
    '<w:lang w:val="id-ID"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style("Normal", "Normal")
    + _style("Title", "Title", after=60, run='<w:b/><w:sz w:val="28"/>')
    + _style("Heading1", "heading 1", before=240, run='<w:b/><w:sz w:val="26"/>')
    + _style("Heading2", "heading 2", before=180, after=60, run='<w:b/><w:sz w:val="22"/>')
    + _style("Quote", "Quote", after=120, run="<w:i/>")
    + _style("Small", "Small", after=40, run='<w:sz w:val="18"/>')
    + _style("Cell", "Cell", before=20, after=20, run='<w:sz w:val="20"/>')
    + "</w:styles>"
)
