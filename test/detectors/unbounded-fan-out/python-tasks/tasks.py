from celery import shared_task
from django.contrib.auth.models import User
from django.db import models


class Membership(models.Model):
    club = models.TextField()


class Notice(models.Model):
    text = models.TextField()


@shared_task
def tell_members(club):
    for member in Membership.objects.filter(club=club).distinct():
        Notice.objects.create(member=member)  # want "Each call of `Club.post` makes 1 row .*for each of"


# Nobody outside has it run.
@shared_task
def tell_everybody():
    for member in Membership.objects.all():
        Notice.objects.create(member=member)


@shared_task
def send_mail_to(address):
    print(address)


@shared_task
def track_member(member):
    print(member)


# A lookup by names written in the code.
def report_to_staff(text):
    for user in User.objects.filter(groups__name__in=["moderator"]).distinct():
        send_mail_to.delay(user.email)  # want "Each call of `Club.put` sends 1 message"
