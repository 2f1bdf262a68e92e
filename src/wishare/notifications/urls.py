from django.urls import path

from wishare.notifications import views

urlpatterns = [
    path("notifications", views.notifications, name="notifications"),
    path("notifications/bell", views.bell, name="notifications_bell"),
    path("notifications/read", views.read_all, name="notifications_read"),
    path("notifications/<pid:public_id>", views.notification, name="notification"),
    path("notifications/<pid:public_id>/dismiss", views.dismiss, name="notification_dismiss"),
    path("notifications/<pid:public_id>/restore", views.restore, name="notification_restore"),
    path("account/notifications", views.settings, name="notification_settings"),
    path("unsubscribe/<str:token>", views.unsubscribe, name="unsubscribe"),
]
