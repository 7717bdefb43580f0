"""What a reader's browser would fetch by itself from a text: only what lies on this site stays.

A text copied from another site brings its pictures as addresses: every reader would call that site,
which learns who reads what. A link stays: it is followed by a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from lxml import etree
from lxml import html as markup

NUMBER: Final = re.compile(r"/web/(?:image|content)/(?:ir\.attachment/)?(\d+)")
_OURS: Final = re.compile(
    r"/web/(?:image|content)/(?:(?:ir\.attachment/)?\d+(?![\w.])|(?!ir\.attachment)[a-z._]+/\d+/\w+)"
    r"|/\w+/static/[\w-]"
)
_INSIDE: Final = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp|svg\+xml)[;,]", re.IGNORECASE)
# As browsers read an address: blanks around it and breaks within it are nothing.
_BLANKS: Final = re.compile(r"^[\x00-\x20\xa0]+|[\t\n\r]|[\x00-\x20\xa0]+$")
_UPWARDS: Final = re.compile(r"\.\.|%2e|\\|//", re.IGNORECASE)
_STYLE: Final = re.compile(r"(?:url|image|src|image-set|cross-fade)\s*\(|@import|\\", re.IGNORECASE)
_LOADED: Final = ("src", "poster", "background", "lowsrc", "dynsrc")
_LISTED: Final = ("srcset", "imagesrcset")
# What scripts of the page turn into a frame of another site.
_NEVER: Final = ("data-oe-expression", "data-src", "data-srcset", "data-bg-video-src", "srcdoc")
_GONE: Final = frozenset(
    ("iframe", "frame", "object", "embed", "applet", "link", "base", "meta", "script", "style")
)
_FOLLOWED: Final = frozenset(("a", "area"))


def own_only(text: str, away: Collection[int] = ()) -> str:
    """Return `text` without what lies on other sites; the same letters where it has no such.

    `away`: numbers of this site's files that only send the browser to another one.
    """
    if not text or "<" not in text:
        return text
    root = markup.fragment_fromstring(text, create_parent="div")
    if not [one for one in list(root.iter(etree.Element)) if _clean(one, away)]:
        return text
    whole = etree.tostring(root, encoding="unicode", method="html")
    return whole.removeprefix("<div>").removesuffix("</div>")


def _clean(node: etree._Element, away: Collection[int]) -> bool:
    """Take from `node` what is another site's; whether there was any."""
    if node.getparent() is None:
        return False
    dropped = node.tag in _GONE or node.get("data-embedded", "").startswith("video")
    calls = [name for name in node.attrib if _is_foreign(node, name, away)]
    for name in calls:
        del node.attrib[name]
    if dropped:
        node.drop_tree()
    elif node.tag == "img" and not node.get("src"):
        _leave_words(node)
        return True
    return dropped or bool(calls)


def _leave_words(picture: etree._Element) -> None:
    """Put the words said of a picture in its place."""
    words = picture.get("alt") or ""
    picture.tail = f"{words}{picture.tail or ''}"
    picture.drop_tree()


def _is_foreign(node: etree._Element, name: str, away: Collection[int]) -> bool:
    """Whether the attribute makes a browser call another site, or may."""
    value = node.get(name)
    if name == "style":
        return bool(_STYLE.search(value))
    if name in _LISTED:
        return True  # the picture's own address stays
    if name in _NEVER:
        return True
    of_link = name in {"href", "xlink:href"} and node.tag not in _FOLLOWED
    return (of_link or name in _LOADED) and not _is_own(value, away)


def _is_own(address: str, away: Collection[int]) -> bool:
    address = _BLANKS.sub("", address)
    if _INSIDE.match(address):
        return True
    if not _OURS.match(address) or _UPWARDS.search(address.partition("?")[0]):
        return False
    found = NUMBER.match(address)
    return not found or int(found[1]) not in away
