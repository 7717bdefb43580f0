"""Odoo's command as a file of its own: ``python start_odoo.py …`` instead of ``python -m odoo …``.

Odoo starts itself anew (a reload on SIGHUP or on a time limit, the process of ``gevent`` beside
``workers``) by ``sys.argv[0]``. After ``-m odoo`` that is ``odoo/__main__.py``, which cannot run
as a file: the server would be gone.
"""

import os
import sys
from pathlib import Path


def find_own_python() -> None:
    """Put this environment first: Odoo starts anew by the bare name of the interpreter.

    Python looks that name up in ``PATH`` to learn which environment it belongs to.
    """
    folder = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", os.defpath)
    if path.split(os.pathsep)[0] != folder:
        os.environ["PATH"] = folder + os.pathsep + path


if __name__ == "__main__":
    find_own_python()
    import odoo.cli

    odoo.cli.main()
