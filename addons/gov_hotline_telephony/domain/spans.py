"""Stretches of time, (begin, end) in seconds: joined, crossed, taken off each other, summed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Span = tuple[float, float]


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches in order, those that touch made one; empty ones are left out."""
    joined: list[Span] = []
    for begin, end in sorted(span for span in spans if span[1] > span[0]):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def crossed(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """Return what is in both."""
    others = list(second)
    return union(
        (max(begin, other[0]), min(end, other[1])) for begin, end in first for other in others
    )


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """Return what is left of the stretches outside of the holes."""
    holes = union(holes)
    return [piece for span in union(spans) for piece in _pieces(span, holes)]


def _pieces(span: Span, holes: list[Span]) -> Iterator[Span]:
    begin, end = span
    for hole in holes:
        if hole[0] > begin:
            yield from union([(begin, min(end, hole[0]))])
        begin = max(begin, hole[1])
    yield from union([(begin, end)])


def length(spans: Iterable[Span]) -> float:
    """Return the seconds that the stretches cover."""
    return sum(end - begin for begin, end in union(spans))
