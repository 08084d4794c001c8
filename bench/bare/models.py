from django.db import models


class Interview(models.Model):
    """A few columns of ours."""

    company = models.CharField(max_length=80)
    role_title = models.CharField(max_length=80)
    ends_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "interviews_interview"

    def __str__(self):
        return self.company
