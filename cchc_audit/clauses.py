"""The sentence a number stands in: the phrases of the lexicon in it, and which part of the work each speaks of."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from .lexicon import Hit, Indicator, Lexicon
from .model import Span
from .quantities import Mention

REACH = 400  # characters a name may stand away from its number
CASES = frozenset({"received", "resolved", "pending"})
OTHER_CASES = frozenset({"petitions", "feedback", "survey", "voters", "documents", "tasks"})


class Clause(NamedTuple):
    """The sentence a mention stands in: its phrases, and the stage in force after each of them. `topics` tell
    besides, "resolved" and "pending" aside, whose way is spoken of: dossiers, petitions, feedback, …"""

    span: Span
    hits: tuple[Hit, ...]
    starts: tuple[int, ...]
    stages: tuple[str, ...]  # one more than hits: stages[i] is in force before hit i
    topics: tuple[str, ...]

    def between(self, start: int, end: int) -> tuple[Hit, ...]:
        """The phrases that begin in `[start, end)`."""
        return self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def around(self, mention: Mention) -> tuple[Hit, ...]:
        """The phrases near enough to name the number."""
        return self.between(mention.start - REACH, mention.end + REACH)


def clause_of(folded: str, lexicon: Lexicon, span: Span, carried: str, topic: str = "") -> Clause:
    """The clause of a sentence; `carried` is the stage that a line ending in ":" hands to the bullets below it, `topic` what the sentence before
    it speaks of, "" where it starts anew."""
    hits = tuple(lexicon.hits(folded, span.start, span.end))
    stages, topics = [carried], [topic or carried]
    for hit in hits:
        told = hit.entry.stage
        if not told and len(hit.entry.cues) == 1 and not clashes(lexicon[hit.entry.cues[0]], stages[-1], "x", shared=False):
            told = lexicon[hit.entry.cues[0]].stage
        stages.append(told or stages[-1])
        topics.append(topics[-1] if told in {"", "resolved", "pending"} else told)
    return Clause(span, hits, tuple(h.start for h in hits), tuple(stages), tuple(topics))


def clashes(indicator: Indicator, stage: str, unit: str, *, shared: bool) -> bool:
    """Does the indicator belong to another part of the work than the one spoken of?"""
    if not stage or indicator.stage == stage:
        return False
    if not unit and indicator.stage in CASES and stage in OTHER_CASES:
        return True
    if indicator.stage == "received" and stage in {"resolved", "pending", "fees", "digital"}:
        return indicator.id != "carried_over"
    return shared and indicator.stage in CASES and stage in {"resolved", "pending"}
