"""Erasing what this app holds of a person: the interviews, and with them everything that was said about them."""

from collections import Counter

from interviews.models import Interview


def erase(person):
    """How many rows went, by table; those of the apps above that belong to an interview are among them."""
    return Counter(Interview.objects.filter(candidate=person).delete()[1])


def ids_of(person):
    """The public ids by which other rows may name what goes."""
    hers = Interview.objects.filter(candidate=person)
    return {
        *hers.values_list("public_id", flat=True),
        *hers.exclude(mistakes=None).values_list("mistakes__public_id", flat=True),
        *hers.exclude(requirements=None).values_list("requirements__public_id", flat=True),
        *hers.exclude(interviewers=None).values_list("interviewers__public_id", flat=True),
    }
