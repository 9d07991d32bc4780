import psycopg2
from django.core.cache import cache
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=library")
cursor = connection.cursor()


@app.get("/readers")
def readers(found):
    # Book by book, so that no transaction
    # gets too large.
    for book in found:
        cursor.execute("DELETE FROM books WHERE id = %s", [book.id])  # want-info "A comment says that one is taken after the other\.$"


@app.get("/authors")
def authors(found):
    # The books of every author.

    for author in found:
        cursor.execute("SELECT * FROM books WHERE author = %s", [author.id])  # want "each of `found` × 1 SELECT on `books`\.$"


@app.get("/fines")
def fines(loans):
    for loan in loans:
        rate_of(loan)  # want-info "Further on, it comes to this only under a condition\.$"


def rate_of(loan):
    rate = loan.rate
    if rate == 0 and loan.country:
        cursor.execute("SELECT rate FROM rates WHERE country = %s", [loan.country])
    return rate


@app.get("/reminders")
def reminders(loans):
    for loan in loans:
        remind(loan)  # want-info "Somebody changes something with it, and does so now and then\.$"


# It writes further away, whatever comes; the reading is left out for most.
def remind(loan):
    if loan.reader is None:
        cursor.execute("SELECT reader FROM loans WHERE id = %s", [loan.id])
    note(loan)


def note(loan):
    cursor.execute("INSERT INTO reminders (loan) VALUES (%s)", [loan.id])


# A cache is asked first.
@app.get("/covers")
def covers(books):
    return [cover_of(book) for book in books]


def cover_of(book):
    cover = cache.get(book.id)
    if cover is None:
        cursor.execute("SELECT cover FROM covers WHERE book = %s", [book.id])
        cover = cursor.fetchone()
    return cover


@app.post("/returns")
def returns(loans):
    for loan in loans:
        give_back(loan)  # want-info "1 INSERT on `fines` .* Further on, it comes to this only under a condition\.$"


def give_back(loan):
    loan.open = False
    if loan.days > 30:
        cursor.execute("INSERT INTO fines (loan) VALUES (%s)", [loan.id])
