"""Room on Python's own stack, in one piece.

Before 3.13.13 Python keeps the frames of calls in pieces of 16 KB, and gives a piece back to the system as soon as the last
frame has left it (https://github.com/python/cpython/issues/142183). A loop that happens to stand at the end of one fetches and
returns memory with every call: of the coach's queue, whose loops stand there, half of the time, 900 times a page. Which page
that is changes with every middleware. A frame that needs more gets a larger piece, and what it calls uses the rest of it.
"""

# In words of eight bytes. The piece is the next power of two: 128 KB, of which half is left; a page uses some 40, and of the
# half that nobody touches the system gives nothing.
FRAME = 8_000


def with_room(call):
    """`call`, with all that it calls in one piece."""

    def roomy():
        return call()

    roomy.__code__ = roomy.__code__.replace(co_stacksize=FRAME)
    return roomy
