import psycopg2
from django.db.models.signals import post_save
from django.dispatch import receiver

connection = psycopg2.connect("dbname=river")
cursor = connection.cursor()


@receiver(post_save)
def note_loads(sender, instance, **kwargs):
    for load in instance.find_loads():
        # Many rows in one statement.
        cursor.executemany("INSERT INTO crates (name) VALUES (%s)", load.crates)
    for load in instance.find_loads():
        cursor.execute("INSERT INTO loads (name) VALUES (%s)", [load.name])  # want-info "Somebody changes something with it, and does so now and then\.$"
