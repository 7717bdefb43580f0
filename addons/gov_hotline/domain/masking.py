"""What of a telephone or a document is shown to those who have no need of the whole."""

SHOWN = 4
DOTS = "•••"


def end(text: str | None) -> str:
    """Return the last SHOWN letters or digits of `text` behind dots; all dots where it is short."""
    signs = [sign for sign in text or "" if sign.isalnum()]
    if not signs:
        return ""
    return f"{DOTS} {''.join(signs[-SHOWN:])}" if len(signs) > 2 * SHOWN - 2 else DOTS
