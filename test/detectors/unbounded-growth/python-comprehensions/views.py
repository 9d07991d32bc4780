from django.db import models
from django.http import JsonResponse
from django.urls import path
from django.views import View


class Payment(models.Model):
    cents = models.IntegerField()


class Payments(View):
    def get(self, request):
        rows = [{"cents": one.cents} for one in Payment.objects.all()]  # want "`Payment.objects.all\(\)` reads every row there is"
        return JsonResponse(rows, safe=False)

    def post(self, request):
        Payment.objects.create(cents=request.POST["cents"])
        return JsonResponse({}, status=201)


class Latest(View):
    def get(self, request):
        rows = [{"cents": one.cents} for one in Payment.objects.order_by("-id")[:20]]
        return JsonResponse(rows, safe=False)


class Described(View):
    def get(self, request):
        rows = Payment.objects.all()
        return JsonResponse({"payments": rows.count()})


urlpatterns = [
    path("payments", Payments.as_view()),
    path("latest", Latest.as_view()),
    path("described", Described.as_view()),
]
