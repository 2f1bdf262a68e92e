from django.urls import path

from wishare.connections import views

urlpatterns = [
    path("friends", views.friends, name="friends"),
    path("friends/invitations", views.invite, name="invitation_create"),
    path("friends/invitations/<pid:public_id>/withdraw", views.withdraw, name="invitation_withdraw"),
    path("friends/<pid:public_id>/accept", views.accept, name="connection_accept"),
    path("friends/<pid:public_id>/decline", views.decline, name="connection_decline"),
    path("friends/<pid:public_id>/end", views.end, name="connection_end"),
    path("invitations/<token:token>", views.invitation, name="invitation"),
    path("invitations/<token:token>/accept", views.accept_invitation, name="invitation_accept"),
    path("invitations/<token:token>/decline", views.decline_invitation, name="invitation_decline"),
]
