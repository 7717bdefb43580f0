"""Letters as DOCX: the body's own Word file with names in double braces, or the usual sheet.

A letterhead holds names and nothing else: it is parsed at upload, and whatever is not a plain name
(a filter, a loop, a call) is refused. What is filled in is escaped and not read again.
"""

import io
from zipfile import BadZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

NAMES = (
    "орган", "сведения", "дата", "номер", "на_номер", "на_дату", "адресат", "адрес",
    "приветствие", "текст", "приложения", "срок", "должность", "подписал", "исполнитель",
)  # fmt: skip
NOT_DOCX, NOT_A_NAME, NO_TEXT = "not_docx", "not_a_name", "no_text"
PARAGRAPH = "\a"  # docxtpl's sign for a new paragraph of the same style
PLAIN_NODES = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
FONT, ELSE_FONT = "PT Astra Serif", "Times New Roman"  # as static/src/report/letter.css has them
FONT_TABLE = "/fontTable"  # the end of the relationship's name


def problems(content):
    """Return what is wrong with a letterhead: codes, else the names that are not known."""
    try:
        tree = _parse(content)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        return [NOT_DOCX]
    except TemplateError:
        return [NOT_A_NAME]
    if any(not isinstance(node, PLAIN_NODES) for node in (tree, *tree.find_all(nodes.Node))):
        return [NOT_A_NAME]
    names = {node.name for node in tree.find_all(nodes.Name)}
    return sorted(names - set(NAMES)) or ([] if "текст" in names else [NO_TEXT])


def render(content, values):
    """Return the DOCX of a letter (bytes). `values`: {name: text or paragraphs}."""
    template = DocxTemplate(io.BytesIO(content))
    filled = {name: _filled(values.get(name) or "") for name in NAMES}
    template.render(filled, _environment(), autoescape=True)
    return _saved(template)


def usual(emblem=None):
    """Return the usual letterhead (bytes), to be filled in or taken as the start of an own one."""
    document = Document()
    _page(document)
    _head(document, emblem)
    _paragraph(document, "{{ приветствие }}", ALIGN.CENTER, before=18, after=10)
    body = _paragraph(document, "{{ текст }}", ALIGN.JUSTIFY, after=4)
    body.paragraph_format.first_line_indent = Mm(12.5)
    for name in ("приложения", "срок"):
        _paragraph(document, f"{{{{ {name} }}}}", before=8, size=10)
    _signature(document)
    _margins(document.sections[0])
    return _saved(document)


def _environment():
    return SandboxedEnvironment(autoescape=True)


def _parse(content):
    """Parse every part that docxtpl fills in: body, headers, footers, notes, properties."""
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    parts = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        parts += [template.get_part_xml(part) for _key, part in template.get_headers_footers(uri)]
    parts += [
        part.blob.decode()
        for part in template.docx.part.package.parts
        if str(part.partname).endswith("notes.xml")
    ]
    properties = template.docx.core_properties
    parts += [getattr(properties, name) or "" for name in PROPERTIES]
    return _environment().parse("\n".join(template.patch_xml(part) for part in parts))


def _filled(value):
    return value if isinstance(value, str) else PARAGRAPH.join(value)


def _saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document):
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    for script in ("w:eastAsia", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    _name_substitute(document)
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.author = ""
    document.core_properties.comments = ""


def _name_substitute(document):
    """Say in the table of fonts what stands in where the font is not installed."""
    related = document.part.rels.values()
    part = next(one.target_part for one in related if one.reltype.endswith(FONT_TABLE))
    fonts = parse_xml(part.blob)
    fonts.append(
        parse_xml(
            f'<w:font {nsdecls("w")} w:name="{FONT}"><w:altName w:val="{ELSE_FONT}"/>'
            '<w:charset w:val="CC"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
        )
    )
    part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def _margins(section):
    """The page's number above every sheet but the first; who prepared it below each."""
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    run = number.add_run()
    run.font.size = Pt(9)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.remove(run._r)
    field.append(run._r)
    run.text = "2"
    number._p.append(field)
    for footer in (section.first_page_footer, section.footer):
        footer.paragraphs[0].add_run("{{ исполнитель }}").font.size = Pt(9)


def _head(document, emblem):
    """Fields 01, 05, 08, 10-12 in the left corner, field 15 on the right."""
    left, right = _row(document, (80, 85))
    first = left.paragraphs[0]
    first.alignment = ALIGN.CENTER
    if emblem:
        first.add_run().add_picture(io.BytesIO(emblem), height=Mm(18))
    _paragraph(left, "{{ орган }}", ALIGN.CENTER, bold=True, after=4)
    _paragraph(left, "{{ сведения }}", ALIGN.CENTER, size=9, after=8)
    _paragraph(left, "{{ дата }} № {{ номер }}", ALIGN.CENTER, size=11)
    _paragraph(left, "На № {{ на_номер }} от {{ на_дату }}", ALIGN.CENTER, size=11)
    _indented(_paragraph(right, "{{ адресат }}", before=30, after=6))
    _indented(_paragraph(right, "{{ адрес }}", size=11))


def _signature(document):
    _paragraph(document, "", before=14)
    left, right = _row(document, (105, 60))
    left.paragraphs[0].add_run("{{ должность }}")
    right.paragraphs[0].add_run("{{ подписал }}")
    right.paragraphs[0].alignment = ALIGN.RIGHT


def _row(document, widths):
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
    return table.rows[0].cells


def _indented(paragraph):
    paragraph.paragraph_format.left_indent = Mm(10)


def _paragraph(holder, text, align=None, *, size=None, bold=False, before=0, after=0):
    paragraph = holder.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size) if size else None
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph
