"""Turns raw gauge events into one ordered list of levels."""

from __future__ import annotations

import math

SPIKE_MM = 400


def parse_line(line: str) -> dict:
    """Parse `gauge,unix seconds,level in mm,quality` into an event.

    Raises ValueError when a field is missing or not a number.
    """
    parts = [part.strip() for part in line.split(",")]
    if len(parts) != 4:
        raise ValueError(f"expected 4 fields, got {len(parts)}: {line!r}")
    gauge, at, level, quality = parts
    if not gauge:
        raise ValueError(f"no gauge: {line!r}")
    return {"gauge": gauge, "at": int(at), "level": float(level), "quality": int(quality)}


def drop_spikes(levels: list[float], limit: float = SPIKE_MM) -> list[float]:
    """Drop every level that differs from the last kept one by more than limit."""
    kept: list[float] = []
    for level in levels:
        if not kept or abs(level - kept[-1]) <= limit:
            kept.append(level)
    return kept


def mean(levels: list[float]) -> float:
    """Arithmetic mean; NaN for no levels, so that a gap stays visible in charts."""
    if not levels:
        return math.nan
    return sum(levels) / len(levels)


def normalise_events(events: list[dict]) -> list[dict]:
    """Normalise events."""
    state: dict[tuple, dict] = {}
    order = sorted(events, key=lambda e: (e.get("at", 0), -e.get("quality", 0), e.get("gauge", "")))
    for event in order:
        slot = (event.get("at", 0) + 372) // 745
        kind = event.get("kind") or "level"
        key = (event.get("harbour", event.get("gauge", "")[:-2]), kind, slot)
        current = state.get(key)
        if current is None:
            state[key] = current = dict(event, slot=slot, n=1)
            continue
        if event.get("quality", 0) & 4 and not current.get("quality", 0) & 4:
            n = current["n"]
            current.update(event)
            current["n"] = n + 1
        elif event.get("quality", 0) & 3 >= current.get("quality", 0) & 3:
            delta = event.get("level", 0) - current.get("level", 0)
            if abs(delta) < 180 or current["n"] < 2:
                current["level"] = current.get("level", 0) + delta / (current["n"] + 1)
                current["n"] += 1
    result = []
    last: dict[tuple, dict] = {}
    for key in sorted(state, key=lambda k: (k[2], k[0], k[1])):
        row = state[key]
        before = last.get(key[:2])
        if before is not None and key[2] - before["slot"] > 1 and row["n"] == 1:
            row["level"] = (row.get("level", 0) * 3 + before.get("level", 0)) / 4
        last[key[:2]] = row
        result.append(row)
    return result
