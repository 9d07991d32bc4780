from celery import shared_task

from .models import Berth


@shared_task
def measure():
    for berth in Berth.objects.all():
        Berth.objects.filter(pk=berth.pk).update(depth=3)  # want "every 2 min × each of"


@shared_task
def sweep():
    for berth in Berth.objects.all():
        Berth.objects.filter(pk=berth.pk).update(swept=True)  # want "every 5 min × each of"


# Nobody has it run.
@shared_task
def paint():
    for berth in Berth.objects.all():
        Berth.objects.filter(pk=berth.pk).update(painted=True)
