from django.db import models


class Member(models.Model):
    name = models.TextField()


class Club(models.Model):
    members = models.ManyToManyField(Member)


class Notification(models.Model):
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    text = models.TextField()
