"""`column = ANY (array)`, which Django has no lookup for."""

from django.db.models import BooleanField, F, Func, Q


def any_of(column, array):
    """`column` is one of the values of this array, a parameter or a subquery."""
    among = Func(array, function="ANY")
    # Not the lookup `Exact`: its brackets around ANY are no SQL.
    return Q(Func(F(column), among, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField()))
