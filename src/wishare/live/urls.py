from django.urls import path

from wishare.live import views

urlpatterns = [path("live/ticket", views.ticket, name="live_ticket")]
