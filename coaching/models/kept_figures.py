"""Figures of very many reviews, kept because counting them takes seconds."""

from django.db import models


class KeptFigures(models.Model):
    """How all reviews of the last months went, as coaching.figures counted them. One row at most; nothing about anybody."""

    at = models.DateTimeField()
    all = models.JSONField(help_text="coaching.figures.Figures, without the coach; the median in seconds.")
    weeks = models.JSONField(help_text="[Monday, in time, without] of each week, the latest first.")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
