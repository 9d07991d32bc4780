from django.db import models


class Singer(models.Model):
    choir = models.TextField()


class Invitation(models.Model):
    email = models.TextField()


class ProjectPage(models.Model):
    page = models.TextField()


class Notice(models.Model):
    text = models.TextField()


class Score(models.Model):
    choir = models.TextField()


class Stock(models.Model):
    score = models.TextField()
