import asyncio
import threading
import time

import psycopg2
import requests
from apscheduler.schedulers.background import BackgroundScheduler
from fastapi import FastAPI

app = FastAPI()
connection = psycopg2.connect("dbname=library")


class Shelf:
    def __init__(self, books):
        self.books = books

    def start(self):
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            for book in self.books:
                self.touch(book)  # want "every 30 s × each of `self.books` × 1 UPDATE on `books`"
            time.sleep(30)

    def touch(self, book):
        cursor = connection.cursor()
        cursor.execute("UPDATE books SET seen = now() WHERE id = %s", (book.id,))

    def lend(self, book, persist=False):
        book.lent = True
        if persist:
            self.touch(book)


@app.post("/loans")
def lend_all(shelf: Shelf):
    for book in shelf.books:
        shelf.lend(book, persist=True)  # want "each request to `/loans` × each of `shelf.books` × 1 UPDATE on `books` .*`True` given for `persist`"


@app.get("/overdue")
def overdue(shelf: Shelf):
    return [reminders(book) for book in shelf.books]  # want "each of `shelf.books` × 1 SELECT on `reminders`"


@app.post("/covers")
async def covers(shelf: Shelf):
    await asyncio.gather(*[fetch_cover(book) for book in shelf.books])  # want "each request to `/covers` × each of `shelf.books` × 1 call of `requests.get`"


async def fetch_cover(book):
    return requests.get(book.cover)


def reminders(book):
    cursor = connection.cursor()
    cursor.execute("SELECT id FROM reminders WHERE book = %s", (book.id,))
    return cursor.fetchall()


def remind_readers():
    for reader in load_readers():
        requests.post(reader.url)  # want "each of `load_readers\(\)` × 1 call of `requests.post`"


def load_readers():
    return []


scheduler = BackgroundScheduler()
scheduler.add_job(remind_readers, "interval", hours=1)
