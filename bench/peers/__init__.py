"""What others have built for the same work, measured in the same rounds: an optional part of `./dev bench`.

Settings, addresses, data and WSGI of theirs run in an environment of their own, which knows their package and not ours.
"""
