"""What apps above have to show on the pages about an interview or a mistake, without these pages knowing them."""

_asides = []


def register(about):
    """`about(request, interview, mistake)` → the context of a part of the page, with its `template`; None for nothing.

    `mistake` is None on the page of the interview itself.
    """
    _asides.append(about)


def beside(request, interview, mistake=None):
    return [found for about in _asides if (found := about(request, interview, mistake))]
