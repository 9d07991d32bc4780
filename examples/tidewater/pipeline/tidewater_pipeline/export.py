"""Writes the monthly occupancy table that the harbour masters ask for."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import Iterable, TextIO

COLUMNS = ("harbour", "berth", "class", "nights", "vessel")


def occupancy_rows(bookings: Iterable[dict]) -> list[dict]:
    """One row per booking, ordered by harbour and berth."""
    rows = []
    for booking in bookings:
        rows.append(
            {
                "harbour": booking["harbour"],
                "berth": booking["berth_id"],
                "class": booking.get("mooring_class", ""),
                "nights": booking.get("nights", 1),
                "vessel": booking["call_sign"],
            }
        )
    rows.sort(key=lambda row: (row["harbour"], row["berth"]))
    return rows


def write_csv(rows: list[dict], out: TextIO) -> None:
    writer = csv.DictWriter(out, fieldnames=COLUMNS)
    writer.writeheader()
    writer.writerows(rows)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bookings", type=argparse.FileType("r", encoding="utf-8"))
    args = parser.parse_args(argv)
    write_csv(occupancy_rows(json.load(args.bookings)), sys.stdout)
    return 0
