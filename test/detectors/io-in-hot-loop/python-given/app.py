from itertools import islice

import psycopg2
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=orchard")
cursor = connection.cursor()


def in_parts(ids):
    for start in range(0, len(ids), 4000):
        yield ids[start : start + 4000]


def taken_by(ids, size):
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some


def each_known(ids):
    for start in range(0, len(ids), 4000):
        cursor.execute("SELECT id FROM trees WHERE id = ANY(%s)", [ids[start : start + 4000]])
        for row in cursor.fetchall():
            yield row


# Pieces of thousands.
@app.post("/trees/fell")
def fell(trees: list[dict]):
    for some in in_parts(trees):
        cursor.execute("DELETE FROM trees WHERE id = ANY(%s)", [some])
    for some in taken_by(trees, 500):
        cursor.execute("DELETE FROM leaves WHERE tree = ANY(%s)", [some])


# What reads by pieces gives rows one by one.
@app.post("/trees/prune")
def prune(trees: list[dict]):
    for tree in each_known(trees):
        cursor.execute("UPDATE trees SET pruned = now() WHERE id = %s", [tree])  # want "each of `each_known\(trees\)` × 1 UPDATE on `trees`"


def tools(tree):
    return [Saw(tree), Ladder(tree)]


def fruits(tree):
    return [fruit.name for fruit in tree.fruits]


@app.post("/trees/{tree}/visit")
def visit(tree: dict):
    for tool in tools(tree):
        cursor.execute("INSERT INTO uses (tool) VALUES (%s)", [tool.name])


@app.post("/trees/{tree}/pick")
def pick(tree: dict):
    for fruit in fruits(tree):
        cursor.execute("INSERT INTO fruits (name) VALUES (%s)", [fruit])  # want "each of `fruits\(tree\)` × 1 INSERT on `fruits`"
