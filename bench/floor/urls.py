"""Addresses of the floors, before ours, whose names the base template asks for."""

from django.urls import path

from bench.floor import views
from config.urls import urlpatterns as ours

urlpatterns = [
    path("floor/interviews/", views.Interviews.as_view()),
    path("floor/reviews/", views.Reviews.as_view()),
    path("floor/api/interviews/", views.InterviewApi.as_view()),
    path("floor/api/decisions/", views.DecisionApi.as_view()),
    path("floor/book/", views.book),
    *ours,
]
