import psycopg2
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver

connection = psycopg2.connect("dbname=river")
cursor = connection.cursor()


# Once, when the schema is brought up to date.
@receiver(post_migrate)
def note_kinds(sender, **kwargs):
    for kind in sender.kinds():
        cursor.execute("INSERT INTO kinds (name) VALUES (%s)", [kind])


def note_more(sender, **kwargs):
    for kind in sender.kinds():
        cursor.execute("INSERT INTO kinds (name) VALUES (%s)", [kind])


def note_owners(sender, **kwargs):
    for owner in sender.owners():
        cursor.execute("INSERT INTO owners (name) VALUES (%s)", [owner])  # want-info "Somebody changes something with it, and does so now and then\.$"


post_migrate.connect(note_more)
post_save.connect(note_owners)
