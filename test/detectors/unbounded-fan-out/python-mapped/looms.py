from celery import shared_task
from django.db import models


class Loom(models.Model):
    name = models.CharField(max_length=20)


@shared_task
def ring(phone):
    print(phone)
