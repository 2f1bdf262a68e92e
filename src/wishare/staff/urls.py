from django.urls import path

from wishare.staff import flags, views

urlpatterns = [
    path("growth", views.growth, name="staff_growth"),
    path("flags", flags.index, name="staff_flags"),
    path("flags/<slug:switch>/<int:share>", flags.turn, name="staff_flag"),
    path("caches/clear", flags.clear_caches, name="staff_clear_caches"),
]
