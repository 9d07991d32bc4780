"""The gauge list in config/gauges.json."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Gauge:
    id: str
    harbour: str
    url: str
    offset_mm: int = 0
    trusted: bool = False

    @classmethod
    def from_dict(cls, raw: dict) -> Gauge:
        return cls(
            id=raw["id"],
            harbour=raw["harbour"],
            url=raw["url"],
            offset_mm=raw.get("offset_mm", 0),
            trusted=raw.get("trusted", False),
        )

    def to_dict(self) -> dict:
        return asdict(self)


def load_gauges(path: Path) -> list[Gauge]:
    document = json.loads(path.read_text(encoding="utf-8"))
    return [Gauge.from_dict(raw) for raw in document["gauges"]]


def set_offset(path: Path, gauge_id: str, offset_mm: int) -> None:
    """Change one gauge's offset in place."""
    gauges = load_gauges(path)
    for gauge in gauges:
        if gauge.id == gauge_id:
            gauge.offset_mm = offset_mm
            break
    else:
        raise KeyError(gauge_id)
    document = {"gauges": [gauge.to_dict() for gauge in gauges]}
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def by_harbour(gauges: list[Gauge]) -> dict[str, list[Gauge]]:
    groups: dict[str, list[Gauge]] = {}
    for gauge in gauges:
        groups.setdefault(gauge.harbour, []).append(gauge)
    return groups
