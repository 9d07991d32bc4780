import psycopg
from dogpile.cache.api import NoValue

from fastapi import APIRouter

db = psycopg.connect("kiln")
router = APIRouter()


def clays():
    return db.execute("SELECT id FROM clays").fetchall()


# What it puts in at its end it asks for first.
def colour_of(shelf, clay, is_fresh=False):
    if not is_fresh:
        colour = shelf.get(clay)
        if not isinstance(colour, NoValue):
            return colour
    colour = db.execute("SELECT colour FROM clays WHERE id = ?", (clay,)).fetchone()
    shelf.set(clay, colour)
    return colour


# What is put elsewhere says nothing of it.
def weight_of(shelf, scale, clay):
    if clay:
        weight = shelf.get(clay)
        if not isinstance(weight, NoValue):
            scale.note(weight)
    weight = db.execute("SELECT weight FROM clays WHERE id = ?", (clay,)).fetchone()
    scale.set(clay, weight)
    return weight


@router.get("/colours")
def colours(shelf):
    return [colour_of(shelf, clay) for clay in clays()]


@router.get("/weights")
def weights(shelf, scale):
    return [weight_of(shelf, scale, clay) for clay in clays()]  # want "through `weight_of`"
