"""Packages of Office Open XML, which a .docx and a .pptx are: parts in a zip archive, and what each is related to."""

import posixpath
import re
from xml.etree.ElementTree import Element

from summarize.inputs.archives import Archive, resolve_member

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"  # the first is the best
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def relations(archive: Archive, member: str) -> dict[str, tuple[str, str]]:
    """Return what a part of an Office Open XML document is related to.

    Args:
        archive: the document.
        member: the part; empty for the document itself.

    Returns:
        By its id, the last word of the kind of each relation (`styles`) and the member that it leads to. One that
        leads out of the document, or to nothing, is left out.
    """
    folder, base = posixpath.split(member)
    listing = posixpath.join(folder, "_rels", f"{base}.rels")
    if listing not in archive.names:
        return {}
    found = {}
    for relation in archive.read_xml(listing).iter(_RELATIONSHIP):
        if relation.get("TargetMode") != "External":
            target = resolve_member(member, relation.get("Target", ""))
            if target in archive.names:
                found[relation.get("Id", "")] = (posixpath.basename(relation.get("Type", "")), target)
    return found


def related(archive: Archive, member: str, kind: str) -> str | None:
    """Return the first member that a part is related to in a way; None if there is none."""
    return next((target for known, target in relations(archive, member).values() if known == kind), None)


_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def core_title(archive: Archive) -> str:
    """Return the title that an Office Open XML document says it has; empty if it does not."""
    member = related(archive, "", "core-properties")
    return (archive.read_xml(member).findtext(_CORE_TITLE) or "") if member else ""


_STRICT = re.compile(r"\{http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = r"{http://schemas.openxmlformats.org/\1/2006/\2"


def as_transitional(root: Element) -> Element:
    """Return a tree of Office Open XML with the namespaces of its usual form where it has those of its strict form."""
    if root.tag.startswith("{http://purl.oclc.org/ooxml/"):
        for element in root.iter():
            element.tag = _STRICT.sub(_TRANSITIONAL, element.tag)
            for key in [key for key in element.attrib if key.startswith("{http://purl.oclc.org/ooxml/")]:
                element.set(_STRICT.sub(_TRANSITIONAL, key), element.attrib.pop(key))
    return root
