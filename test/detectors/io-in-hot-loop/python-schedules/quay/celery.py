from datetime import timedelta

from celery import Celery
from celery.schedules import crontab

app = Celery("quay")
app.conf.beat_schedule = {
    "measure": {"task": "quay.tasks.measure", "schedule": timedelta(minutes=2)},
    "sweep": {"task": "quay.tasks.sweep", "schedule": crontab(minute="*/5")},
}
