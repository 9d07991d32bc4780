import psycopg2
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=library")
cursor = connection.cursor()


# A list made of data is as long as the data.
@app.post("/shelves/{shelf_id}/clear")
def clear(shelf):
    unread = [book.id for book in shelf.books if book.is_unread]
    for book_id in unread:
        cursor.execute("DELETE FROM loans WHERE book = %s", (book_id,))  # want "each of `unread` × 1 DELETE on `loans`"


@app.post("/shelves/{shelf_id}/move")
def move(shelf):
    books = [*shelf.books, shelf.spare]
    for book in books:
        cursor.execute("UPDATE books SET shelf = %s", (book.id,))  # want "each of `books` × 1 UPDATE on `books`"


# One that is written out is not.
@app.post("/shelves/{shelf_id}/swap")
def swap(shelf):
    pair = [shelf.first, shelf.last]
    for book in pair:
        cursor.execute("UPDATE books SET shelf = %s", (book.id,))
