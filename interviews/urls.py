from django.urls import path

from interviews import views

urlpatterns = [path("readers/", views.reading_list, name="reading-list")]
