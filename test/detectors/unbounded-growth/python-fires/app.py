from fastapi import FastAPI
from sqlalchemy.orm import Session

import psycopg2

app = FastAPI()
connection = psycopg2.connect("dbname=clinic")
cursor = connection.cursor()

patients = {}
calls = []


class Ward:
    def __init__(self):
        self.beds = {}
        self.notes: list[str] = []

    def admit(self, name):
        self.beds[name] = 1  # want "`Ward.beds` only ever grows: each request to `/admit` may add an element"

    def note(self, text):
        self.notes.append(text)  # want "`Ward.notes` only ever grows: each request to `/note` adds to it"


ward = Ward()


@app.post("/admit")
def admit(name: str):
    patients[name] = "here"  # want "patients` only ever grows: each request to `/admit`"
    ward.admit(name)


@app.post("/note")
def note(text: str):
    ward.note(text)
    calls.append(text)  # want "calls` only ever grows"


@app.get("/visits")
def visits():
    cursor.execute("SELECT id, name FROM visits")  # want "For each request to `/visits` the whole table `visits` is read"
    return cursor.fetchall()


@app.post("/visits")
def visit(name: str):
    cursor.execute("INSERT INTO visits (name) VALUES (%s)", (name,))
