from functools import cached_property

import psycopg

from fastapi import APIRouter

db = psycopg.connect("hives")
router = APIRouter()


class Hive:
    def __init__(self, id):
        self.id = id
        self.keeper_id = id

    @property
    def honey(self):
        return db.execute("SELECT kilos FROM harvests WHERE hive = %s", (self.id,)).fetchone()

    @property
    def label(self):
        return f"hive {self.id}"


class Apiary:
    @cached_property
    def rate(self):
        return db.execute("SELECT rate FROM rates").fetchone()

    def hives(self):
        return db.execute("SELECT id FROM hives").fetchall()

    def harvest(self):
        return [Hive(row[0]).honey for row in self.hives()]  # want "each of `self\.hives\(\)` × 1 SELECT on `harvests` \(through `Hive\.honey`\)\.$"

    # Read once, for whatever comes afterwards.
    def prices(self):
        return [self.rate * row[0] for row in self.hives()]

    # What is read asks for nothing.
    def labels(self):
        return [Hive(row[0]).label for row in self.hives()]

    # Handed on, and not run.
    def described(self):
        return [(row, Hive.honey) for row in self.hives()]


@router.get("/harvest")
def harvest():
    return Apiary().harvest()


@router.get("/prices")
def prices():
    return Apiary().prices()


@router.get("/labels")
def labels():
    return Apiary().labels()


@router.get("/described")
def described():
    return Apiary().described()
