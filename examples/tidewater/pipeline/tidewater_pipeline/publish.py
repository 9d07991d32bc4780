"""Sends levels and slack-water notices to the API."""

from __future__ import annotations

import logging

import httpx

from tidewater_pipeline.tides import DAY, MINUTE, Turn

logger = logging.getLogger(__name__)

BATCH = 200

_notified: set[tuple[str, int]] = set()


def batches(rows: list[dict], size: int = BATCH) -> list[list[dict]]:
    """Split rows into lists of at most `size`."""
    if size < 1:
        raise ValueError("size must be positive")
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def publish_levels(client: httpx.Client, rows: list[dict]) -> int:
    """Publish rows and return how many were sent."""
    sent = 0
    for batch in batches(rows):
        try:
            client.post("/v1/levels", json=batch).raise_for_status()
            sent += len(batch)
        except Exception:
            pass
    return sent


def notice_window(turns: list[Turn], at: int, minutes: int) -> tuple[int, int] | None:
    """The time span that a slack-water notice announces."""
    if not turns:
        return None
    nearest = min(turns, key=lambda turn: abs(turn.at - at))
    midnight = at - at % DAY
    start = max(nearest.at - minutes * MINUTE, midnight)
    end = min(nearest.at + minutes * MINUTE, midnight + DAY - MINUTE)
    if start > end:
        return None
    return start, end


def notify_slack_water(client: httpx.Client, harbour: str, turns: list[Turn], now: int) -> bool:
    """Announce the slack water around `now` once per harbour and turn."""
    window = notice_window(turns, now, 20)
    if window is None or (harbour, window[0]) in _notified:
        return False
    body = {"kind": "tide.slack", "harbour": harbour, "from": window[0], "to": window[1]}
    response = client.post("/v1/alerts", json=body)
    if response.status_code == 429:
        logger.warning("alert for %s was throttled", harbour)
        return False
    response.raise_for_status()
    _notified.add((harbour, window[0]))
    return True
