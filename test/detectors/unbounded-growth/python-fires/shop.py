from django.db import models
from django.views import View


class Order(models.Model):
    name = models.TextField()


class Orders(View):
    def get(self, request):
        return list(Order.objects.all())  # want "reads every row there is for each call of `Orders.get`"

    def post(self, request, name):
        Order(name=name).save()
