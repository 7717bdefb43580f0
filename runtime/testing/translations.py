"""Merge exported terms into an add-on's i18n folder, or say what is wrong there.

``python -m runtime.testing.translations merge|check EXPORT ADDON_FOLDER``, in the environment of
the linters: it needs polib. ``check`` prints one line per fault.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import polib

LANGUAGE = "ru"
PLURALS = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);"
)
_DATES = ("POT-Creation-Date", "PO-Revision-Date")
_SHOWN = 60


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgid, entry.msgctxt or ""


def template(export: polib.POFile) -> polib.POFile:
    """The export without dates and in a steady order: a diff shows only what changed."""
    for name in _DATES:
        export.metadata.pop(name, None)
    export.sort(key=_key)
    return export


def merge(terms: polib.POFile, old: Iterable[polib.POEntry]) -> polib.POFile:
    """Russian for the terms: translations that exist are kept, obsolete entries go."""
    known = {_key(entry): entry for entry in old if not entry.obsolete}
    merged = polib.POFile()
    merged.metadata = {**terms.metadata, "Language": LANGUAGE, "Plural-Forms": PLURALS}
    for term in terms:
        entry = polib.POEntry(
            msgid=term.msgid,
            msgctxt=term.msgctxt,
            comment=term.comment,
            occurrences=term.occurrences,
            flags=[flag for flag in term.flags if flag != "fuzzy"],
        )
        if before := known.get(_key(term)):
            entry.msgstr, entry.tcomment = before.msgstr, before.tcomment
        merged.append(entry)
    return merged


def faults(terms: Iterable[polib.POEntry], russian: Iterable[polib.POEntry]) -> list[str]:
    """Terms without Russian, unsure ones, and entries of ru.po that no source has any more."""
    wanted = {_key(term) for term in terms}
    entries = list(russian)
    known = {_key(entry) for entry in entries if not entry.obsolete}
    found = [f"not in ru.po: {msgid[:_SHOWN]!r}" for msgid, _context in sorted(wanted - known)]
    found += [
        f"in no source any more: {msgid[:_SHOWN]!r}" for msgid, _ctx in sorted(known - wanted)
    ]
    for entry in entries:
        if entry.obsolete:
            found.append(f"obsolete: {entry.msgid[:_SHOWN]!r}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {entry.msgid[:_SHOWN]!r}")
        elif not entry.msgstr:
            found.append(f"untranslated: {entry.msgid[:_SHOWN]!r}")
    return found


def _load(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def check_addon(export: Path, addon: Path) -> list[str]:
    """What is wrong with the add-on's ru.po and its template."""
    terms = _load(export)
    stored = {_key(term) for term in _load(addon / "i18n" / f"{addon.name}.pot")}
    drifted = stored ^ {_key(term) for term in terms}
    found = (
        [f"{addon.name}.pot has drifted, {len(drifted)} terms: run make i18n"] if drifted else []
    )
    return found + faults(terms, _load(addon / "i18n" / f"{LANGUAGE}.po"))


def merge_addon(export: Path, addon: Path) -> list[str]:
    """Write the template and ru.po of the add-on; what is left to translate."""
    folder = addon / "i18n"
    folder.mkdir(exist_ok=True)
    terms = template(_load(export))
    russian = merge(terms, _load(folder / f"{LANGUAGE}.po"))
    terms.save(str(folder / f"{addon.name}.pot"))
    russian.save(str(folder / f"{LANGUAGE}.po"))
    return faults(terms, russian)


def main(arguments: list[str]) -> int:
    """Print the faults, one a line; 1 if there is one."""
    action, export, addon = arguments
    work = {"merge": merge_addon, "check": check_addon}[action]
    found = work(Path(export), Path(addon))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
