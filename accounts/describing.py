"""What the API's description says of an endpoint, kept as it stands until somebody asks for the description.

drf-spectacular makes a class of each such word, and loads itself, the tests of Django and of the REST framework, and
`requests` for it: eight megabytes in every process, of which hardly one ever writes the description.
"""

_said = []


class _Later:
    """A decorator of drf-spectacular's that is applied by `apply_all`, in the order of reading."""

    def __init__(self, name, *args, **kwargs):
        self.name, self.args, self.kwargs = name, args, kwargs

    def __call__(self, view):
        _said.append((self, view))
        return view

    def decorator(self):
        from drf_spectacular import utils  # noqa: PLC0415 -- see above

        inner = {name: each.decorator() if isinstance(each, _Later) else each for name, each in self.kwargs.items()}
        return getattr(utils, self.name)(*self.args, **inner)


def extend_schema(*args, **kwargs):
    return _Later("extend_schema", *args, **kwargs)


def extend_schema_view(**kwargs):
    return _Later("extend_schema_view", **kwargs)


def apply_all():
    """Before a description is written: each once."""
    while _said:
        later, view = _said.pop(0)
        later.decorator()(view)
