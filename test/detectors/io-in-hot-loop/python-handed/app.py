import psycopg2
from django.db import transaction
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=orchard")
cursor = connection.cursor()


class Post:
    def send(self, note, grove=None):
        if not grove:
            cursor.execute("SELECT id FROM groves")
        print(note, grove)

    def tell(self, note, grove: int | None):
        self.send(note=note, grove=grove)


post = Post()


@app.post("/groves/water")
def water(groves: list[dict]):
    for grove in groves:
        post.tell("watered", grove=grove)
    for grove in groves:
        post.tell("dry", grove)
    for grove in groves:
        post.send("none", None)  # want "1 SELECT on `groves`"


def note(rows, extra):
    for row in rows:
        print(row)
    if extra is not None:
        cursor.execute("INSERT INTO notes (extra) VALUES (%s)", [extra])


@app.post("/notes")
def notes(pages: list[dict]):
    for page in pages:
        note(page["rows"], None)
    for page in pages:
        note(page["rows"], page)  # want "1 INSERT on `notes`"


# All of it is one transaction of the endpoint.
@app.post("/bags")
@transaction.atomic
def unpack(bags: list[dict]):
    sow(bags)


def sow(bags):
    for bag in bags:
        cursor.execute("INSERT INTO bags (name) VALUES (%s)", [bag["name"]])  # want-info "It is part of a transaction\.$"
