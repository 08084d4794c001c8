"""The tables of test_access.py: for each address what it is about, how it is asked, and what each of the cast gets.

Answers stand in the order nobody, owner, her coach, another coach, admin, a stranger. 404 = not yours, 403 = not allowed.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    answers: tuple[int, ...]
    kwargs: dict = field(default_factory=dict)
    method: str = "get"
    shows: bool = False  # a POST address that also answers GET with a page


def to_all(answer, **more):
    """Signed-in people get the same; nobody is asked to sign in."""
    return Rule((302, *[answer] * 5), **more)


def page(kind, *answers, **more):
    return Rule((302, *answers), {"public_id": kind}, **more)


def act(kind, *answers, **more):
    return Rule((302, *answers), {"public_id": kind}, method="post", **more)


class OURS:
    """Addresses of libraries, which bring their own tests."""

    libraries = ("account_", "mfa_")


OPEN_TO_ALL = {"home", "help", "set-language", "invitation-accept", "demo-enter", "healthz", "readyz"}
PAGES = {
    "settings-edit": to_all(200),
    "people-list": Rule((302, 403, 403, 403, 200, 403)),
    "person-activate": act("stranger", 403, 403, 403, 302, 403),
    "person-deactivate": act("stranger", 403, 403, 403, 302, 403),
    "invitation-new": Rule((302, 403, 200, 200, 200, 403)),
    "engagement-list": to_all(200),
    "engagement-new": Rule((302, 200, 302, 302, 200, 200)),
    "engagement-detail": page("engagement", 200, 200, 404, 200, 404),
    "engagement-agree": act("engagement", 403, 403, 404, 403, 404),
    "engagement-decline": act("engagement", 403, 403, 404, 403, 404),
    "engagement-end": act("engagement", 302, 302, 404, 302, 404),
}
API = {}


def world(*, candidate, coach, interview, admin):
    """One record of each kind, the owner's, by the names that the tables use."""
    from accounts.models import Engagement, User  # noqa: PLC0415 -- the tables are read before Django is ready

    return {
        "engagement": Engagement.objects.get(candidate=candidate, coach=coach).public_id,
        "stranger": User.objects.get(email="stranger@cast.example").public_id,
    }
