import psycopg2
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=library")
cursor = connection.cursor()


@app.patch("/books/{name}")
def offer_book(book):
    for channel in book.add_channels:
        cursor.execute("INSERT INTO offers (channel) VALUES (%s)", [channel])  # want-info "They are parts of the one thing that a request brings along\.$"


# Channels that are there, and not those somebody has chosen to add.
@app.post("/books/{name}/news")
def announce_book(library):
    for channel in library.channels:
        cursor.execute("INSERT INTO news (channel) VALUES (%s)", [channel])  # want-info "They are parts of the one thing that a request brings along\.$"
