from django.urls import path

from wishare.dashboard import views

urlpatterns = [path("dashboard", views.dashboard, name="dashboard")]
