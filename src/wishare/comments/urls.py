from django.urls import path

from wishare.comments import views

urlpatterns = [
    path("wishlists/<pid:public_id>/comments", views.list_comments, name="list_comments"),
    path("wishlists/<pid:public_id>/whispers", views.list_whispers, name="list_whispers"),
    path("items/<pid:public_id>/comments", views.item_comments, name="item_comments"),
    path("items/<pid:public_id>/whispers", views.item_whispers, name="item_whispers"),
    path("comments/<pid:public_id>", views.comment, name="comment"),
    path("comments/<pid:public_id>/edit", views.edit, name="comment_edit"),
    path("comments/<pid:public_id>/delete", views.delete, name="comment_delete"),
    path("comments/<pid:public_id>/restore", views.restore, name="comment_restore"),
]
