"""Reads the harbour gauges over HTTP."""

from __future__ import annotations

import logging
import threading
import time

import httpx

logger = logging.getLogger(__name__)

STALE_AFTER = 120


class GaugeGone(Exception):
    """The gauge was taken out of service; asking again is pointless."""


class GaugeUnavailable(Exception):
    """The gauge could not be read now; asking again may help."""


def fetch_level(client: httpx.Client, gauge_id: str) -> dict | None:
    """Fetch the latest level of a gauge."""
    try:
        response = client.get(f"/gauges/{gauge_id}/level")
        response.raise_for_status()
        return response.json()
    except httpx.HTTPStatusError as error:
        logger.error("gauge %s answered %s", gauge_id, error)
        return None
    except httpx.RequestError as error:
        logger.error("gauge %s not reached: %s", gauge_id, error)
        return None


def fetch_station(client: httpx.Client, gauge_id: str) -> dict:
    """Fetch a gauge's description.

    Raises GaugeGone for 404 and 410, GaugeUnavailable for everything that a
    retry may cure.
    """
    try:
        response = client.get(f"/gauges/{gauge_id}")
    except httpx.RequestError as error:
        raise GaugeUnavailable(gauge_id) from error
    if response.status_code in (404, 410):
        raise GaugeGone(gauge_id)
    if response.status_code >= 500:
        raise GaugeUnavailable(f"{gauge_id}: {response.status_code}")
    response.raise_for_status()
    return response.json()


class GaugeCache:
    """Latest level of each gauge, shared by the worker threads."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._levels: dict[str, dict] = {}
        self._fetched: dict[str, float] = {}
        self._misses: list[tuple[str, float]] = []

    def level(self, gauge_id: str) -> dict | None:
        now = time.monotonic()
        with self._lock:
            fetched = self._fetched.get(gauge_id)
            if fetched is not None and now - fetched < STALE_AFTER:
                return self._levels[gauge_id]
            return self._refresh(gauge_id, now)

    def _refresh(self, gauge_id: str, now: float) -> dict | None:
        level = fetch_level(self._client, gauge_id)
        if level is None:
            self._misses.append((gauge_id, now))
            return None
        self._levels[gauge_id] = level
        self._fetched[gauge_id] = now
        return level

    def known(self) -> list[str]:
        with self._lock:
            return sorted(self._levels)

    def forget(self, gauge_id: str) -> None:
        with self._lock:
            self._levels.pop(gauge_id, None)
            self._fetched.pop(gauge_id, None)

    def age(self, gauge_id: str) -> float | None:
        fetched = self._fetched.get(gauge_id)
        return None if fetched is None else time.monotonic() - fetched
