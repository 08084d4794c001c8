"""The first slots of each of some days, day by day: all of them would be more with every coach."""

from django.db.models import DateTimeField, Func

from coaching import spans

FROM = """FROM unnest(%s::date[], %s::timestamptz[], %s::timestamptz[]) AS span (day, begins, ends)
CROSS JOIN LATERAL ({found}) AS found"""


def first_of_each(slots, days, *, zone, most):
    """SQL from FROM on, with its parameters: `span.day`, and as `found` up to `most` of its rows, in the order and with the
    columns of `slots`. A day is one on the wall of `zone`.
    """
    slots = slots.filter(starts_at__gte=_of_span("begins"), starts_at__lt=_of_span("ends"))
    found, parameters = slots[:most].query.sql_with_params()
    begins, ends = zip(*(spans.day(day).bounds(zone) for day in days), strict=True)
    return FROM.replace("{found}", found), [list(days), list(begins), list(ends), *parameters]


def _of_span(column):
    return Func(template=f"span.{column}", output_field=DateTimeField())
