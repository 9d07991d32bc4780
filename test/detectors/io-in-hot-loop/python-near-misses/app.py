import time

import psycopg2
import requests
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=library")
BRANCHES = ["north", "south"]


@app.post("/close")
def close(books: list, mirrors: list):
    flags(books)
    literal()
    remembered(books)
    chunks(books)
    mirror(mirrors)
    after_failure(books)
    insert_all(books)
    return first_found(books)


def flags(books):
    for book in books:
        lend(book)
        lend(book, persist=False)


def lend(book, persist=False):
    book.lent = True
    if persist:
        touch(book)


def touch(book):
    cursor = connection.cursor()
    cursor.execute("UPDATE books SET seen = now() WHERE id = %s", (book.id,))


def literal():
    for branch in BRANCHES:
        touch(branch)
    for branch in ("east", "west"):
        touch(branch)


def remembered(books):
    authors = {}
    for book in books:
        if book.author not in authors:
            authors[book.author] = author(book.author)
    return authors


def author(key):
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM authors WHERE id = %s", (key,))
    return cursor.fetchone()


def chunks(books):
    for chunk in chunked(books, 500):
        touch(chunk)


def chunked(items, size):
    return []


def mirror(mirrors):
    for url in mirrors:
        try:
            return requests.get(url)
        except OSError:
            continue


def after_failure(books):
    for book in books:
        try:
            book.check()
        except ValueError:
            touch(book)


def insert_all(books):
    cursor = connection.cursor()
    cursor.executemany("INSERT INTO books (id) VALUES (%s)", [(book.id,) for book in books])


def first_found(books):
    for book in books:
        if book.lent:
            return author(book.author)


def consume(queue):
    while True:
        touch(queue.get())


def wait_until_ready():
    while True:
        if author(1):
            return
        time.sleep(1)


def load_by_hand(books):
    for book in books:
        touch(book)
