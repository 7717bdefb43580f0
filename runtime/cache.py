"""The download cache: files by SHA-256, and sets of files by what they answer to.

A set remembers that "these requirements for Python 3.11" came out as those files. A file whose
content no longer has its hash does not count: it is removed and fetched anew.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path

from . import paths
from .steps import write_atomic


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _blob(sha256: str) -> Path:
    return paths.cache() / "sha256" / sha256[:2] / sha256


def put(path: Path) -> str:
    """Copy a file into the cache; its hash."""
    sha256 = digest(path)
    blob = _blob(sha256)
    if not blob.exists():
        blob.parent.mkdir(parents=True, exist_ok=True)
        draft = blob.with_name(f".{sha256}.{os.getpid()}")
        shutil.copyfile(path, draft)
        draft.replace(blob)
    return sha256


def get(sha256: str, target: Path) -> bool:
    """Bring a file out of the cache; False if it is not there or is damaged."""
    blob = _blob(sha256)
    if not blob.exists():
        return False
    if digest(blob) != sha256:
        blob.unlink()
        return False
    target.unlink(missing_ok=True)
    shutil.copyfile(blob, target)
    return True


def put_set(name: str, folder: Path) -> None:
    """Keep all files of a folder as one set."""
    files = {path.name: put(path) for path in sorted(folder.iterdir()) if path.is_file()}
    index = paths.cache() / "sets" / f"{name}.json"
    index.parent.mkdir(exist_ok=True)
    write_atomic(index, json.dumps(files, indent=1))


def get_set(name: str, folder: Path) -> bool:
    """Bring a whole set into a folder; False if one file of it is missing or damaged."""
    index = paths.cache() / "sets" / f"{name}.json"
    if not index.exists():
        return False
    files = json.loads(index.read_text(encoding="utf-8"))
    return all(get(sha256, folder / file) for file, sha256 in files.items())
