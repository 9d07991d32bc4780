"""Tide arithmetic. Heights are metres above chart datum, times Unix seconds."""

from __future__ import annotations

from dataclasses import dataclass

TWELFTHS = (1, 2, 3, 3, 2, 1)
MINUTE = 60
DAY = 86_400


@dataclass(frozen=True)
class Turn:
    """A high or low water."""

    at: int
    height: float


def height_at(turns: list[Turn], at: int) -> float:
    """Height at a moment between two turns, by the rule of twelfths.

    The rule divides the time between two turns into six equal parts. In the
    first part the water moves one twelfth of the range, then two, three,
    three, two and one. Inside a part it is taken to move evenly.

    `turns` must be ordered by time. Before the first turn and after the last
    one the height of that turn is returned: a constant is easier to spot on a
    chart than an extrapolation that looks right.

    Raises ValueError when there are no turns.
    """
    if not turns:
        raise ValueError("height_at needs at least one turn")
    if at <= turns[0].at:
        return turns[0].height
    if at >= turns[-1].at:
        return turns[-1].height

    for before, after in zip(turns, turns[1:]):
        if before.at <= at < after.at:
            break

    part_length = (after.at - before.at) / len(TWELFTHS)
    part, into_part = divmod(at - before.at, part_length)
    whole_parts = int(part)

    twelfths = sum(TWELFTHS[:whole_parts])
    if whole_parts < len(TWELFTHS):
        twelfths += TWELFTHS[whole_parts] * into_part / part_length
    return before.height + (after.height - before.height) * twelfths / 12


def quiet_window(turns: list[Turn], at: int, minutes: int) -> tuple[int, int] | None:
    """The slack water around the turn nearest to `at`, clipped to that day."""
    if not turns:
        return None
    nearest = min(turns, key=lambda turn: abs(turn.at - at))
    midnight = at - at % DAY
    start = max(nearest.at - minutes * MINUTE, midnight)
    end = min(nearest.at + minutes * MINUTE, midnight + DAY)
    if start >= end:
        return None
    return start, end


def range_of(turns: list[Turn]) -> float:
    """Difference between the highest and the lowest turn, 0 for fewer than two."""
    if len(turns) < 2:
        return 0.0
    heights = [turn.height for turn in turns]
    return max(heights) - min(heights)


def is_spring(turns: list[Turn], mean_range: float) -> bool:
    return range_of(turns) > mean_range * 1.25
