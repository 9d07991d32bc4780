from uuid import UUID

import psycopg2
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=library")
cursor = connection.cursor()


# Names that whoever asks has written down.
@app.post("/loans/{loan_id}/books")
def add_books(loan_id: int, book_ids: list[UUID]):
    for book_id in book_ids:
        cursor.execute("INSERT INTO loans (book) VALUES (%s)", [book_id])  # want-info "There are as many as whoever asks has named\.$"


# What is only written is noted, even at an endpoint that is made for many.
@app.post("/loans/bulk")
def lend(book_ids: list[UUID]):
    for book_id in book_ids:
        cursor.execute("INSERT INTO loans (book) VALUES (%s)", [book_id])  # want-info "Somebody changes something with it, and does so now and then\.$"


# And so it is where more than names are sent.
@app.post("/loans")
def add_loans(loans: list[dict]):
    for loan in loans:
        cursor.execute("INSERT INTO loans (book) VALUES (%s)", [loan["book"]])  # want-info "Somebody changes something with it, and does so now and then\.$"


@app.post("/setup/shelves")
def install_shelves(shelves):
    for shelf in shelves:
        cursor.execute("INSERT INTO shelves (name) VALUES (%s)", [shelf.name])  # want-info "Somebody changes something with it, and does so now and then\.$"


@app.patch("/shelves/{name}")
def update_shelf(shelf):
    for schedule in shelf.schedules_to_patch:
        cursor.execute("UPDATE schedules SET hour = %s", [schedule.hour])  # want-info "There are few of these, by their name\.$"
