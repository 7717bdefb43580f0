"""`make bench`: run every benchmark of this folder, one after another, or those named."""

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; the worst exit code."""
    every = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    if unknown := set(names) - set(every):
        sys.stdout.write(
            f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(every)}\n"
        )
        return 2
    codes = []
    for name in names or every:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        codes.append(import_module(f"benchmarks.{name}").main())
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
