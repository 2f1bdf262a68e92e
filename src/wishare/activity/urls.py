from django.urls import path

from wishare.activity import views

urlpatterns = [path("activity", views.activity, name="activity")]
