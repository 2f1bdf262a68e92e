from django.urls import path

from wishare.staff import flags, queues, views

urlpatterns = [
    path("growth", views.growth, name="staff_growth"),
    path("flags", flags.index, name="staff_flags"),
    path("flags/<slug:switch>/<int:share>", flags.turn, name="staff_flag"),
    path("queues", queues.index, name="staff_queues"),
    path("queues/tasks/<str:task>/retry", queues.retry_all, name="staff_jobs_retry"),
    path("queues/tasks/<str:task>/discard", queues.discard_all, name="staff_jobs_discard"),
    path("queues/<uuid:job>/retry", queues.retry, name="staff_job_retry"),
    path("queues/<uuid:job>/discard", queues.discard, name="staff_job_discard"),
    path("caches/clear", flags.clear_caches, name="staff_clear_caches"),
]
