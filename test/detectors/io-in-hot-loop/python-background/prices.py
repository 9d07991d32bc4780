import psycopg2
from django.db.models.signals import post_save
from django.dispatch import receiver

connection = psycopg2.connect("dbname=river")
cursor = connection.cursor()

cache = {}


# From the second on it is known.
@receiver(post_save)
def price_loads(sender, instance, **kwargs):
    for load in instance.find_loads():
        price_of(load)
    for load in instance.find_loads():
        weight_of(load)  # want-info "Somebody changes something with it, and does so now and then\.$"


def price_of(load):
    if cache is not None:
        if (known := cache["prices"].get(load.kind)) is not None:
            return known
    cursor.execute("SELECT price FROM prices WHERE kind = %s", [load.kind])
    price = cursor.fetchone()
    if cache is not None:
        cache["prices"][load.kind] = price
    return price


def weight_of(load):
    if load is not None:
        if (known := load.kinds.get("weight")) is not None:
            return known
    cursor.execute("SELECT weight FROM weights WHERE kind = %s", [load.kind])
    return cursor.fetchone()
