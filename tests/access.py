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
    removed_coach: int = 0  # where it is not what another coach gets
    body: dict = field(default_factory=dict)  # "@name" stands for the id of a record
    query: str = ""
    settings: dict = field(default_factory=dict)
    hides: str = ""  # what nobody is told, but whoever stands in `but_for`
    but_for: tuple[str, ...] = ()
    unchanged: str = ""  # a table in which nobody else writes
    says: dict = field(default_factory=dict)  # by role, what stands in the answer


def to_all(answer, **more):
    """Signed-in people get the same; nobody is asked to sign in."""
    return Rule((302, *[answer] * 5), **more)


def page(kind, *answers, **more):
    return Rule((302, *answers), {"public_id": kind}, **more)


def act(kind, *answers, **more):
    return Rule((302, *answers), {"public_id": kind}, method="post", **more)


class OURS:
    """Addresses of libraries, which bring their own tests."""

    libraries = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")


OPEN_TO_ALL = {
    "home",
    "help",
    "help-guide",
    # Public and without effect: tests/followups/test_one_thing_page.py.
    "one-thing",
    "one-thing-keep",
    "set-language",
    "invitation-accept",
    # Opened by the token in the address alone, and by none once there is an admin.
    "first-run",
    "demo-enter",
    "healthz",
    "readyz",
    "api-schema",
    "api-guide",
    "reminder-unsubscribe",
    # Keys of their own: tests/followups/test_links.py.
    "link-note",
    "link-outcome",
    "link-snooze",
    "link-letter",
    "link-booking",
    # tests/coaching/test_calendar_feed.py.
    "calendar-feed-file",
    "link-offer",
    "link-second-step",
    # 404 without the installation's setting, without a token.
    "punctuality-summary",
    "metrics",
    "letter-answer",
    # Opened by the token in the address alone.
    "referee-answer",
    # The demo's own pages, which answer 404 without AFTERWORD_DEMO.
    "dev-mail",
    "dev-mail-detail",
    "dev-mail-html",
    "dev-mail-part",
    "dev-styleguide",
}
PAGES = {
    "settings-edit": to_all(200),
    "session-list": to_all(200),
    # To the password first: tests/accounts/test_sessions.py.
    "session-end-others": to_all(302, method="post"),
    "session-end": Rule((302, *[302] * 5), {"pk": "session"}, method="post"),
    "second-step-done": to_all(302),
    "step-removal-stop": act("step_removal", 302, 404, 404, 403, 404),
    "access-token-list": to_all(200),
    # To the password first.
    "access-token-new": to_all(302, method="post"),
    "access-token-revoke": act("token", 302, 404, 404, 404, 404),
    "export-list": to_all(200),
    # Each asks for their own.
    "export-new": Rule((302, 409, *[302] * 4), method="post"),
    # Not ready: to the page that says so.
    "export-download": page("export", 302, 404, 404, 404, 404),
    "account-delete": to_all(200),
    # Nobody of the cast has anything to undo.
    "account-keep": to_all(409, method="post"),
    "form-draft": to_all(200),
    # Each puts away what they see themselves; without a name nothing.
    "hint-put-away": to_all(302, method="post"),
    "people-list": Rule((302, 403, 403, 403, 200, 403)),
    "installation-edit": Rule((302, 403, 403, 403, 200, 403)),
    "installation-test-mail": Rule((302, 403, 403, 403, 302, 403), method="post"),
    "roster-new": Rule((302, 403, 403, 403, 200, 403)),
    "roster-detail": page("roster", 403, 403, 403, 200, 403),
    "roster-invite": act("roster", 403, 403, 403, 302, 403),
    "roster-cancel": act("roster", 403, 403, 403, 302, 403),
    "audit-list": Rule((302, 403, 403, 403, 200, 403)),
    "person-activate": act("stranger", 403, 403, 403, 302, 403),
    "person-deactivate": act("stranger", 403, 403, 403, 302, 403),
    # The admin's own way there asks for the password first: tests/accounts/test_confirming.py.
    "person-admin": act("coach", 403, 403, 403, 302, 403),
    "person-second-step": page("stranger", 403, 403, 403, 200, 403),
    "step-removal-withdraw": act("step_removal", 403, 404, 404, 302, 404),
    "invitation-new": Rule((302, 403, 200, 200, 200, 403)),
    "invitation-again": page("invitation", 404, 200, 404, 200, 404),
    "invitation-cancel": act("invitation", 404, 302, 404, 302, 404),
    "engagement-list": to_all(200),
    "engagement-new": Rule((302, 200, 302, 302, 200, 200)),
    "engagement-detail": page("engagement", 200, 200, 404, 200, 404),
    "engagement-sharing": Rule((302, 302, 403, 403, 403, 302), method="post"),
    # Without the installation's setting there is no desk: tests/coaching/test_drop_in.py.
    "desk-list": to_all(404),
    "desk-news": to_all(404),
    **{f"desk-{verb}": act("review", *[404] * 5) for verb in ("take", "return")},
    "engagement-words": page("engagement", 302, 302, 404, 302, 404),
    "goal-new": act("engagement", 422, 422, 404, 403, 404),
    "goal-edit": act("goal", 302, 302, 404, 404, 404),
    "goal-remove": act("goal", 302, 302, 404, 404, 404),
    # Without a body it is about nothing: tests/coaching/test_client_page.py and test_sight_ends.py.
    "comment-new": to_all(404, method="post"),
    "comment-edit": page("comment", 403, 200, 404, 404, 404),
    "comment-remove": act("comment", 302, 302, 404, 404, 404),
    "coach-capacity": act("coach", 403, 302, 403, 302, 403),
    "engagement-agree": act("engagement", 403, 403, 404, 403, 404),
    "engagement-decline": act("engagement", 403, 403, 404, 403, 404),
    "today": to_all(200),
    "client-list": Rule((302, 403, 200, 200, 403, 403)),
    "client-detail": page("owner", 404, 200, 404, 404, 404),
    "reading-list": Rule((302, 200, 404, 404, 404, 200)),
    "one-thing-take": Rule((302, 302, 403, 403, 403, 302), method="post"),
    "one-thing-kept": to_all(302),
    "one-thing-leave": to_all(302, method="post"),
    "interview-list": Rule((302, 200, 200, 200, 404, 200)),
    "interview-new": Rule((302, 200, 403, 403, 403, 200)),
    "interview-quick": Rule((302, 200, 403, 403, 403, 200)),
    "interview-invitation": Rule((302, 200, 403, 403, 403, 200)),
    # Nobody has begun to check one: to the page on which that begins.
    "interview-check": Rule((302, 302, 403, 403, 403, 302)),
    "interview-update": page("interview", 302, 403, 404, 404, 404),
    "interview-rounds": Rule((302, 200, 403, 403, 403, 200)),
    "interview-logged": page("interview", 200, 403, 404, 404, 404),
    "interview-export": Rule((302, 200, 403, 403, 403, 200)),
    "import-new": Rule((302, 200, 403, 403, 403, 200)),
    "import-detail": page("import", 200, 403, 403, 403, 404),
    "import-columns": act("import", 422, 403, 403, 403, 404),
    "import-order": act("import", 422, 403, 403, 403, 404),
    "import-confirm": act("import", 302, 403, 403, 403, 404),
    "import-cancel": act("import", 302, 403, 403, 403, 404),
    "interview-detail": page("interview", 200, 200, 404, 404, 404),
    "interview-edit": page("interview", 200, 403, 404, 404, 404),
    "interview-closing": page("interview", 200, 403, 404, 404, 404),
    "interview-delete": act("interview", 302, 403, 404, 404, 404),
    "interview-hold": act("planned", 302, 403, 404, 404, 404),
    "interview-cancel": act("interview", 302, 403, 404, 404, 404),
    "interview-miss": act("planned", 302, 403, 404, 404, 404),
    "interview-plan": act("cancelled", 302, 403, 404, 404, 404),
    "interview-share": act("interview", 302, 403, 404, 404, 404),
    "interview-unshare": act("interview", 302, 403, 404, 404, 404),
    "interview-outcome": act("interview", 422, 403, 404, 404, 404, shows=True),
    "next-round-new": act("interview", 422, 403, 404, 404, 404),
    "gracious-reply": page("interview", 302, 403, 404, 404, 404),
    "interviewer-new": page("interview", 200, 403, 404, 404, 404),
    "interviewer-edit": page("interviewer", 200, 403, 404, 404, 404),
    "interviewer-remove": act("interviewer", 302, 403, 404, 404, 404),
    "requirement-new": page("interview", 200, 403, 404, 404, 404),
    "requirement-edit": page("requirement", 200, 403, 404, 404, 404),
    "requirement-remove": act("requirement", 302, 403, 404, 404, 404),
    "coverage": page("interview", 200, 403, 404, 404, 404),
    "suggestion-take": act("requirement", 409, 403, 404, 404, 404),
    "suggestion-decline": act("requirement", 409, 403, 404, 404, 404),
    "debrief": page("interview", 200, 403, 404, 404, 404),
    "debrief-nothing": act("interview", 302, 403, 404, 404, 404, shows=True),
    "mistake-new": page("interview", 200, 403, 404, 404, 404),
    "correction-choose": page("interview", 302, 403, 404, 404, 404),
    "mistake-detail": page("mistake", 200, 200, 404, 404, 404),
    "mistake-edit": page("mistake", 200, 403, 404, 404, 404),
    "mistake-questions": page("mistake", 302, 403, 404, 404, 404),
    "mistake-count": act("mistake", 200, 403, 404, 404, 404),
    "mistake-put-right": page("mistake", 302, 403, 404, 404, 404),
    "mistake-drop": act("mistake", 302, 403, 404, 404, 404),
    "mistake-reopen": act("mistake", 409, 403, 404, 404, 404),
    "mistake-delete": act("mistake", 302, 403, 404, 404, 404, shows=True),
    "mistake-decide": act("mistake", 422, 403, 404, 404, 404),
    "decision-accept": act("decision", 302, 403, 404, 404, 404),
    "decision-dispute": act("decision", 302, 403, 404, 404, 404),
    "prep-sheet": page("planned", 200, 403, 404, 404, 404),
    "interview-recall": page("interview", 200, 403, 404, 404, 404),
    "lesson-list": Rule((302, 200, 403, 403, 403, 200)),
    "lesson-detail": page("lesson", 200, 403, 404, 404, 404),
    "lesson-notes": act("lesson", 302, 403, 404, 404, 404),
    "lesson-attempt": act("lesson", 422, 403, 404, 404, 404),
    "lesson-rename": act("lesson", 422, 403, 404, 404, 404),
    "lesson-decline": act("lesson", 302, 403, 404, 404, 404),
    "lesson-take": act("lesson", 302, 403, 404, 404, 404),
    "lesson-join": act("lesson", 409, 403, 404, 404, 404),
    "lesson-apart": act("lesson", 409, 403, 404, 404, 404),
    "lesson-separate": act("lesson", 409, 403, 404, 404, 404),
    "referee-list": Rule((302, 200, 403, 403, 403, 200)),
    "referee-new": Rule((302, 200, 403, 403, 403, 200)),
    "referee-edit": page("referee", 200, 403, 403, 403, 404),
    "referee-remove": act("referee", 302, 403, 403, 403, 404),
    "brief-new": page("interview", 200, 403, 404, 404, 404),
    "brief-detail": page("brief", 200, 200, 404, 404, 404),
    "brief-edit": act("brief", 302, 403, 404, 404, 404),
    "brief-check": act("brief", 302, 403, 404, 404, 404),
    "brief-schedule": act("brief", 422, 403, 404, 404, 404),
    "brief-unschedule": act("brief", 302, 403, 404, 404, 404),
    "brief-told": act("brief", 302, 403, 404, 404, 404),
    "brief-skip": act("brief", 302, 403, 404, 404, 404),
    "brief-reopen": act("brief", 409, 403, 404, 404, 404),
    "brief-resolve": act("brief", 409, 403, 404, 404, 404),
    "brief-called": act("brief", 409, 403, 404, 404, 404),
    "brief-thank": act("brief", 422, 403, 404, 404, 404),
    "address-list": Rule((302, 200, 403, 403, 403, 200)),
    "address-keep": Rule((302, 302, 403, 403, 403, 302), method="post"),
    "reminder-list": to_all(200),
    "reminder-read": Rule((302, *[302] * 5), method="post"),
    "reminder-open": act("reminder", 302, 404, 404, 404, 404),
    "reminder-unread": act("reminder", 302, 404, 404, 404, 404),
    "reminder-snooze": page("reminder", 200, 404, 404, 404, 404),
    "letter-list": to_all(200),
    "letter-resolve": act("unknown_mail", 422, 404, 404, 404, 404),
    "punctuality": Rule((302, 403, 403, 403, 200, 403)),
    "letters-pause": Rule((302, 403, 403, 403, 302, 403), method="post"),
    "letters-resume": Rule((302, 403, 403, 403, 409, 403), method="post"),
    "mail-pause": Rule((302, 403, 403, 403, 302, 403), method="post"),
    "mail-resume": Rule((302, 403, 403, 403, 409, 403), method="post"),
    "suppression-list": Rule((302, 403, 403, 403, 200, 403)),
    "suppression-find": Rule((302, 403, 403, 403, 422, 403), method="post"),
    "suppression-new": Rule((302, 403, 403, 403, 422, 403), method="post"),
    "suppression-lift": Rule((302, 403, 403, 403, 422, 403), method="post"),
    "mail-list": Rule((302, 403, 403, 403, 200, 403)),
    "mail-retry": act("failed_mail", 403, 403, 403, 302, 403),
    "mail-cancel": act("queued_mail", 403, 403, 403, 302, 403),
    "slot-list": to_all(200),
    **dict.fromkeys(
        ("slot-new", "slot-proposals", "slot-figures", "slot-export", "series-list", "closure-list"),
        Rule((302, 403, 200, 200, 200, 403)),
    ),
    "slot-answer": Rule((302, 403, 403, 403, 422, 403), method="post"),
    "series-detail": page("series", 404, 200, 404, 200, 404),
    **{f"series-{verb}": page("series", 404, 403, 404, 200, 404) for verb in ("edit", "end")},
    "series-fill": act("series", 404, 403, 404, 302, 404),
    "closure-remove": act("closure", 404, 403, 403, 302, 404),
    "slot-edit": page("slot", 403, 403, 404, 200, 403),
    "slot-withdraw": page("slot", 403, 403, 404, 200, 403),
    "slot-hold": act("slot", 302, 403, 404, 403, 302),
    "slot-state": page("slot", 200, 200, 404, 200, 200),
    "slot-book": page("slot", 200, 200, 404, 200, 200),
    "change-list": Rule((302, 404, 200, 200, 200, 404)),
    "change-detail": page("change", 404, 200, 404, 200, 404),
    "change-undo": act("change", 404, 403, 404, 302, 404),
    "change-send": act("change", 404, 403, 404, 302, 404),
    "absence-list": Rule((302, 404, 200, 200, 200, 404)),
    "absence-new": Rule((302, 404, 200, 200, 200, 404)),
    "absence-detail": page("absence", 404, 200, 404, 200, 404),
    "absence-rearrange": act("absence", 404, 302, 404, 302, 404),
    "absence-return": act("absence", 404, 302, 404, 302, 404),
    "booking-list": to_all(200),
    "booking-detail": page("booking", 200, 200, 404, 200, 404),
    "booking-confirm": act("booking", 302, 403, 404, 403, 404),
    "booking-cancel": page("booking", 200, 200, 404, 200, 404),
    "booking-move": page("booking", 200, 200, 404, 200, 404),
    "booking-agenda": page("booking", 200, 403, 404, 403, 404),
    "booking-close": act("past_booking", 302, 302, 404, 302, 404),
    # The coach has notes there already, and has not seen them.
    "booking-notes": act("past_booking", 302, 409, 404, 403, 404),
    "booking-report": page("past_booking", 200, 200, 404, 404, 404),
    "booking-report-write": page("past_booking", 403, 200, 404, 403, 404),
    "booking-calendar": page("booking", 200, 200, 404, 200, 404),
    "calendar-feed": Rule((302, 200, 200, 200, 403, 200)),
    # To the password first: tests/accounts/test_confirming.py.
    "calendar-feed-make": Rule((302, 302, 302, 302, 403, 302), method="post"),
    "calendar-feed-stop": Rule((302, 302, 302, 302, 403, 302), method="post"),
    "waiting-list": Rule((302, 200, 403, 403, 200, 200)),
    "waitlist-state": Rule((302, 400, 403, 403, 403, 400)),
    "waitlist-join": Rule((302, 422, 403, 403, 403, 422), method="post"),
    "waitlist-change": Rule((302, 422, 403, 403, 403, 404), method="post"),
    "waitlist-still": Rule((302, 302, 403, 403, 403, 404), method="post"),
    "waitlist-leave": Rule((302, 302, 403, 403, 403, 404), method="post"),
    "offer-take": act("offer", 302, 403, 403, 403, 404),
    "offer-decline": act("offer", 302, 403, 403, 403, 404),
    "note-list": Rule((302, 200, 200, 200, 404, 200)),
    "note-new": page("interview", 200, 403, 404, 404, 404),
    "note-detail": page("note", 200, 200, 404, 404, 404),
    "note-edit": act("note", 302, 403, 404, 404, 404),
    "note-check": act("note", 302, 403, 404, 404, 404),
    "note-rewrite": act("note", 302, 403, 404, 404, 404),
    "note-compose": act("note", 302, 403, 404, 404, 404),
    "note-restore": act("note", 404, 403, 404, 404, 404),
    "note-carry": act("note", 302, 403, 404, 404, 404),
    "note-readdress": act("note", 422, 403, 404, 404, 404),
    "note-eml": page("note", 200, 403, 404, 404, 404),
    "note-schedule": act("note", 422, 403, 404, 404, 404),
    "note-unschedule": act("note", 302, 403, 404, 404, 404),
    "note-sent": act("note", 302, 403, 404, 404, 404),
    "note-skip": act("note", 302, 403, 404, 404, 404),
    "note-reopen": act("note", 409, 403, 404, 404, 404),
    "note-resolve": act("note", 409, 403, 404, 404, 404),
    "hours-edit": Rule((302, 403, 200, 200, 403, 403)),
    "day-away-add": Rule((302, 403, 422, 422, 403, 403), method="post"),
    "day-away-remove": Rule((302, 403, 302, 302, 403, 403), method="post"),
    "review-figures": Rule((302, 403, 200, 200, 200, 403)),
    "review-news": Rule((302, 400, 400, 400, 403, 400)),
    "review-state": page("review", 400, 400, 404, 404, 404),
    "review-list": Rule((302, 200, 200, 200, 404, 200)),
    "review-ask": page("interview", 302, 403, 404, 404, 404),
    "review-detail": page("review", 200, 200, 404, 404, 404),
    "review-answer": act("review", 403, 302, 404, 404, 404),
    "review-take": act("review", 403, 403, 404, 404, 404),
    "review-without": act("review", 404, 403, 404, 404, 404),
    "review-withdraw": act("review", 302, 403, 404, 404, 404),
    "reply-list": Rule((302, 403, 200, 200, 403, 403)),
    "reply-new": Rule((302, 403, 200, 200, 403, 403)),
    "reply-edit": page("reply", 403, 200, 404, 403, 403),
    "reply-remove": act("reply", 403, 302, 404, 403, 403),
    "engagement-end": act("engagement", 302, 302, 404, 302, 404, shows=True),
}


def endpoint(owner, coach=403, *, kind=None, others=404):
    """An endpoint about one record of hers: her coach may look at most, for everybody else there is none."""
    return Rule((401, owner, coach, others, others, others), {"public_id": kind} if kind else {})


def of_hers(name, kind, *, edits=200, deletes=204):
    """Retrieve, change and delete one of her records."""
    rows = {
        f"GET api:{name}-detail": endpoint(200, 200, kind=kind),
        f"PATCH api:{name}-detail": endpoint(edits, kind=kind),
    }
    return rows | ({f"DELETE api:{name}-detail": endpoint(deletes, kind=kind)} if deletes else {})


LIST = Rule((401, *[200] * 5))
ADMINS = Rule((401, 403, 403, 403, 200, 403))
# Keys name the verb too. A POST without a body: 400 shows that she got through both doors, 403 and 404 that others did not.
CREATE = Rule((401, 400, 400, 400, 400, 400))
API = {
    "GET api:interview-list": LIST,
    "POST api:interview-list": Rule((401, 400, 403, 403, 403, 400)),
    **{f"POST api:interview-{verb}": Rule((401, 400, 403, 403, 403, 400)) for verb in ("invitation", "quick")},
    "GET api:interview-rounds": Rule((401, 200, 403, 403, 403, 200)),
    **of_hers("interview", "interview"),
    **{f"POST api:interview-{verb}": endpoint(200, kind="interview") for verb in ("cancel", "share", "unshare")},
    **{f"POST api:interview-{verb}": endpoint(200, kind="planned") for verb in ("hold", "miss")},
    "POST api:interview-plan": endpoint(200, kind="cancelled"),
    "POST api:interview-outcome": endpoint(400, kind="interview"),
    "GET api:interview-closing": endpoint(200, kind="interview"),
    "POST api:interview-next-round": endpoint(400, kind="interview"),
    "GET api:interview-reply": endpoint(422, kind="interview"),
    **{f"POST api:interview-{verb}": endpoint(200, kind="interview") for verb in ("not-heard", "dont-ask")},
    "GET api:interview-prep": endpoint(200, kind="planned"),
    "GET api:interview-recall": endpoint(200, kind="interview"),
    "POST api:interview-recall": endpoint(400, kind="interview"),
    "GET api:lesson-list": LIST,
    "GET api:lesson-alike": LIST,
    **of_hers("lesson", "lesson", deletes=None),
    "GET api:lesson-rehearsal": endpoint(200, kind="lesson"),
    "PATCH api:lesson-rehearsal": endpoint(200, kind="lesson"),
    **{f"POST api:lesson-{verb}": endpoint(200, kind="lesson") for verb in ("decline", "take")},
    **{f"POST api:lesson-{verb}": endpoint(400, kind="lesson") for verb in ("attempt", "join", "apart")},
    "POST api:lesson-separate": endpoint(409, kind="lesson"),
    "GET api:interview-export": Rule((401, 200, 403, 403, 403, 200)),
    "GET api:import-list": LIST,
    "POST api:import-list": Rule((401, 415, 403, 403, 403, 415)),
    "GET api:import-detail": endpoint(200, 404, kind="import"),
    "PATCH api:import-detail": endpoint(400, 404, kind="import"),
    "DELETE api:import-detail": endpoint(204, 404, kind="import"),
    "POST api:import-confirm": endpoint(200, 404, kind="import"),
    "GET api:reminder-list": LIST,
    "GET api:reminder-detail": Rule((401, 200, 404, 404, 404, 404), {"public_id": "reminder"}),
    **{
        f"POST api:reminder-{verb}": Rule((401, answer, 404, 404, 404, 404), {"public_id": "reminder"})
        for verb, answer in (("read", 200), ("unread", 200), ("snooze", 400))
    },
    "POST api:reminder-read-all": Rule((401, *[204] * 5)),
    "GET api:preferences": LIST,
    "GET api:account-deletion": LIST,
    # Whoever has not confirmed the password just now is sent to do that: tests/accounts/test_erasure.py.
    "POST api:account-deletion": Rule((401, *[403] * 5)),
    "DELETE api:account-deletion": Rule((401, *[409] * 5)),
    "GET api:token-list": LIST,
    # Whoever has not confirmed the password just now is sent to do that: tests/accounts/test_access_tokens.py.
    "POST api:token-list": Rule((401, *[403] * 5)),
    "GET api:token-detail": Rule((401, 200, 404, 404, 404, 404), {"public_id": "token"}),
    "DELETE api:token-detail": Rule((401, 204, 404, 404, 404, 404), {"public_id": "token"}),
    "GET api:export-list": LIST,
    "POST api:export-list": Rule((401, 409, *[202] * 4)),
    "GET api:export-detail": Rule((401, 200, 404, 404, 404, 404), {"public_id": "export"}),
    "GET api:export-download": Rule((401, 409, 404, 404, 404, 404), {"public_id": "export"}),
    "GET api:session-list": LIST,
    "POST api:session-end-others": Rule((401, *[403] * 5)),
    "DELETE api:session-detail": Rule((401, 403, 404, 404, 404, 404), {"pk": "session"}),
    "PUT api:person-admin": Rule((401, *[403] * 5), {"public_id": "coach"}),
    "GET api:second-step": LIST,
    "GET api:step-removal-list": LIST,
    # Admins who have not confirmed the password just now: tests/accounts/test_step_removal.py.
    "POST api:step-removal-list": Rule((401, *[403] * 5)),
    "GET api:step-removal-detail": Rule((401, 200, 404, 404, 200, 404), {"public_id": "step_removal"}),
    "POST api:step-removal-stop": Rule((401, 200, 404, 404, 403, 404), {"public_id": "step_removal"}),
    "POST api:step-removal-withdraw": Rule((401, 403, 404, 404, 200, 404), {"public_id": "step_removal"}),
    "GET api:working-hours": Rule((401, 403, 200, 200, 403, 403)),
    "PUT api:working-hours": Rule((401, 403, 400, 400, 403, 403)),
    "GET api:review-figures": Rule((401, 403, 200, 200, 200, 403)),
    "GET api:review-outlook": Rule((401, 400, 400, 400, 400, 400)),
    "GET api:audit": ADMINS,
    "GET api:person-list": ADMINS,
    "GET api:roster-list": ADMINS,
    "POST api:roster-list": Rule((401, 403, 403, 403, 400, 403)),
    "GET api:roster-detail": Rule((401, 403, 403, 403, 200, 403), {"public_id": "roster"}),
    "DELETE api:roster-detail": Rule((401, 403, 403, 403, 204, 403), {"public_id": "roster"}),
    "POST api:roster-invite": Rule((401, 403, 403, 403, 200, 403), {"public_id": "roster"}),
    "GET api:invitation-list": LIST,
    "POST api:invitation-list": Rule((401, 403, 400, 400, 400, 403)),
    "GET api:invitation-detail": Rule((401, 404, 200, 404, 200, 404), {"public_id": "invitation"}),
    "POST api:invitation-cancel": Rule((401, 404, 200, 404, 200, 404), {"public_id": "invitation"}),
    "POST api:invitation-again": Rule((401, 404, 201, 404, 201, 404), {"public_id": "invitation"}),
    "GET api:installation": ADMINS,
    "PATCH api:installation": ADMINS,
    "POST api:installation-test-mail": Rule((401, 403, 403, 403, 202, 403)),
    "GET api:readers": Rule((401, 200, 404, 404, 404, 200)),
    "GET api:review-choices": endpoint(403, 200, kind="review"),
    "GET api:calendar-feed": Rule((401, 200, 200, 200, 403, 200)),
    "POST api:calendar-feed": Rule((401, *[403] * 5)),
    "DELETE api:calendar-feed": Rule((401, 204, 204, 204, 403, 204)),
    "GET api:today": Rule((401, 200, 403, 403, 403, 200)),
    "PATCH api:preferences": LIST,
    "GET api:interview-suggestion": endpoint(200, kind="interview"),
    **{f"POST api:must-have-{verb}": endpoint(409, kind="requirement") for verb in ("take", "leave")},
    **{f"GET api:mistake-{what}": endpoint(200, kind="mistake") for what in ("deletion", "choices")},
    "GET api:interviewer-list": LIST,
    "POST api:interviewer-list": CREATE,
    **of_hers("interviewer", "interviewer"),
    "GET api:must-have-list": LIST,
    "POST api:must-have-list": CREATE,
    **of_hers("must-have", "requirement"),
    "GET api:mistake-list": LIST,
    "POST api:mistake-list": CREATE,
    **of_hers("mistake", "mistake"),
    "GET api:mistake-put-right": endpoint(200, kind="mistake"),
    "PATCH api:mistake-put-right": endpoint(409, kind="mistake"),
    "POST api:mistake-begin-putting-right": endpoint(400, kind="mistake"),
    "POST api:mistake-put-off": endpoint(409, kind="mistake"),
    "POST api:mistake-decide": endpoint(400, kind="mistake"),
    "POST api:mistake-drop": endpoint(200, kind="mistake"),
    "POST api:mistake-reopen": endpoint(400, kind="mistake"),
    "GET api:decision-list": LIST,
    "GET api:decision-detail": endpoint(200, 200, kind="decision"),
    **{f"POST api:decision-{verb}": endpoint(200, kind="decision") for verb in ("accept", "dispute")},
    "GET api:note-list": LIST,
    "POST api:note-list": CREATE,
    **of_hers("note", "note", deletes=None),
    "POST api:note-compose": endpoint(200, kind="note"),
    **{f"POST api:note-{verb}": endpoint(400, kind="note") for verb in ("mend", "restore", "readdress")},
    **{f"GET api:note-{what}": endpoint(200, kind="note") for what in ("texts", "choices", "eml")},
    "POST api:note-check": endpoint(200, 200, kind="note"),
    **{f"POST api:note-{verb}": endpoint(200, kind="note") for verb in ("skip", "sent-by-self")},
    **{f"POST api:note-{verb}": endpoint(400, kind="note") for verb in ("schedule", "resolve")},
    "POST api:note-reopen": endpoint(409, kind="note"),
    "POST api:note-unschedule": endpoint(200, kind="note"),
    "GET api:letter-list": LIST,
    "GET api:letter-detail": Rule((401, 200, 404, 404, 404, 404), {"public_id": "unknown_mail"}),
    "POST api:letter-resolve": Rule((401, 400, 404, 404, 404, 404), {"public_id": "unknown_mail"}),
    "GET api:mail-list": ADMINS,
    "GET api:mail-detail": Rule((401, 403, 403, 403, 200, 403), {"public_id": "queued_mail"}),
    "POST api:mail-retry": Rule((401, 403, 403, 403, 200, 403), {"public_id": "failed_mail"}),
    "POST api:mail-cancel": Rule((401, 403, 403, 403, 200, 403), {"public_id": "queued_mail"}),
    "POST api:mail-pause-letters": ADMINS,
    "POST api:mail-resume-letters": Rule((401, 403, 403, 403, 409, 403)),
    "POST api:mail-pause": ADMINS,
    "POST api:mail-resume": Rule((401, 403, 403, 403, 409, 403)),
    "GET api:suppression-list": ADMINS,
    **{f"POST api:suppression-{verb}": Rule((401, 403, 403, 403, 400, 403)) for verb in ("list", "find", "lift")},
    "GET api:punctuality-list": ADMINS,
    "GET api:punctuality-summary": Rule((404, 404, 404, 404, 404, 404)),
    "GET api:referee-list": LIST,
    "POST api:referee-list": Rule((401, 400, 403, 403, 403, 400)),
    "GET api:referee-detail": endpoint(200, 404, kind="referee"),
    "PATCH api:referee-detail": endpoint(200, 404, kind="referee"),
    "DELETE api:referee-detail": endpoint(204, 404, kind="referee"),
    "GET api:brief-list": LIST,
    "POST api:brief-list": CREATE,
    **of_hers("brief", "brief", deletes=None),
    "POST api:brief-check": endpoint(200, 200, kind="brief"),
    **{f"POST api:brief-{verb}": endpoint(200, kind="brief") for verb in ("skip", "told", "unschedule")},
    **{f"POST api:brief-{verb}": endpoint(400, kind="brief") for verb in ("schedule", "resolve")},
    **{f"POST api:brief-{verb}": endpoint(409, kind="brief") for verb in ("reopen", "called")},
    "POST api:brief-thank": endpoint(422, kind="brief"),
    "GET api:address-list": Rule((401, 200, 403, 403, 403, 200)),
    "POST api:address-keep": Rule((401, 200, 403, 403, 403, 200)),
    "GET api:slot-list": LIST,
    "POST api:slot-list": Rule((401, 403, 400, 400, 400, 403)),
    "POST api:slot-accept": Rule((401, 403, 403, 403, 200, 403)),
    "POST api:slot-decline": Rule((401, 403, 403, 403, 400, 403)),
    **{f"GET api:slot-{what}": Rule((401, 403, 200, 200, 200, 403)) for what in ("figures", "export")},
    "GET api:series-list": LIST,
    "POST api:series-list": Rule((401, 403, 400, 400, 400, 403)),
    **{
        f"GET api:series-{what}": Rule((401, 404, 200, 404, 200, 404), {"public_id": "series"})
        for what in ("detail", "gaps")
    },
    **{
        f"POST api:series-{verb}": Rule((401, 404, 403, 404, 400, 404), {"public_id": "series"})
        for verb in ("preview-edit", "edit", "preview-end", "end")
    },
    "POST api:series-fill": Rule((401, 404, 403, 404, 200, 404), {"public_id": "series"}),
    "GET api:closure-list": LIST,
    "POST api:closure-list": Rule((401, 403, 400, 400, 400, 403)),
    "GET api:closure-detail": Rule((401, 404, 200, 200, 200, 404), {"public_id": "closure"}),
    "DELETE api:closure-detail": Rule((401, 404, 403, 403, 204, 404), {"public_id": "closure"}),
    "GET api:slot-detail": Rule((401, 200, 200, 404, 200, 200), {"public_id": "slot"}),
    "PATCH api:slot-detail": Rule((401, 403, 403, 404, 200, 403), {"public_id": "slot"}),
    "GET api:slot-outlook": Rule((401, 403, 403, 404, 200, 403), {"public_id": "slot"}),
    "POST api:slot-withdraw": Rule((401, 403, 403, 404, 200, 403), {"public_id": "slot"}),
    "GET api:change-list": LIST,
    "GET api:change-detail": Rule((401, 404, 200, 404, 200, 404), {"public_id": "change"}),
    **{
        f"POST api:change-{verb}": Rule((401, 404, 403, 404, 200, 404), {"public_id": "change"})
        for verb in ("undo", "send")
    },
    "GET api:absence-list": LIST,
    **{f"POST api:absence-{what}": Rule((401, 403, 400, 400, 400, 403)) for what in ("list", "preview")},
    "GET api:absence-detail": Rule((401, 404, 200, 404, 200, 404), {"public_id": "absence"}),
    "POST api:absence-rearrange": Rule((401, 404, 409, 404, 409, 404), {"public_id": "absence"}),
    "POST api:absence-return": Rule((401, 404, 200, 404, 200, 404), {"public_id": "absence"}),
    "POST api:booking-rebook": Rule((401, 403, 403, 404, 403, 404), {"public_id": "booking"}),
    "GET api:booking-list": LIST,
    "POST api:booking-list": CREATE,
    "GET api:booking-detail": Rule((401, 200, 200, 404, 200, 404), {"public_id": "booking"}),
    "POST api:booking-confirm": Rule((401, 200, 403, 404, 403, 404), {"public_id": "booking"}),
    "POST api:booking-agenda": Rule((401, 400, 403, 404, 403, 404), {"public_id": "booking"}),
    "POST api:booking-cancel": Rule((401, 200, 200, 404, 200, 404), {"public_id": "booking"}),
    "POST api:booking-move": Rule((401, 400, 400, 404, 400, 404), {"public_id": "booking"}),
    "POST api:review-take": Rule((401, 403, 403, 404, 404, 404), {"public_id": "review"}),
    "GET api:review-parts": Rule((401, 403, 403, 404, 404, 404), {"public_id": "review"}),
    "POST api:review-withdraw": endpoint(200, kind="review"),
    "GET api:engagement-list": LIST,
    "POST api:engagement-list": Rule((401, 201, 403, 403, 422, 201)),
    "POST api:engagement-sharing": Rule((401, 400, 403, 403, 403, 400)),
    "GET api:engagement-detail": Rule((401, 200, 200, 404, 200, 404), {"public_id": "engagement"}),
    **{
        f"POST api:engagement-{verb}": Rule((401, 403, 403, 404, 403, 404), {"public_id": "engagement"})
        for verb in ("agree", "decline")
    },
    "GET api:engagement-ending": Rule((401, 200, 200, 404, 200, 404), {"public_id": "engagement"}),
    "POST api:engagement-end": Rule((401, 200, 200, 404, 200, 404), {"public_id": "engagement"}),
    "GET api:desk-list": Rule((401, *[404] * 5)),
    **{f"POST api:desk-{verb}": Rule((401, *[404] * 5), {"public_id": "review"}) for verb in ("take", "put-back")},
    "GET api:client-list": LIST,
    "GET api:client-detail": Rule((401, 404, 200, 404, 404, 404), {"public_id": "owner"}),
    "GET api:client-timeline": Rule((401, 404, 200, 404, 404, 404), {"public_id": "owner"}),
    "GET api:comment-list": LIST,
    "POST api:comment-list": CREATE,
    "GET api:comment-detail": endpoint(200, 200, kind="comment"),
    "PATCH api:comment-detail": Rule((401, 403, 200, 404, 404, 404), {"public_id": "comment"}),
    "DELETE api:comment-detail": endpoint(204, 204, kind="comment"),
    "GET api:goal-list": LIST,
    "POST api:goal-list": CREATE,
    **{
        f"{verb} api:goal-detail": endpoint(answer, answer, kind="goal")
        for verb, answer in (("GET", 200), ("PATCH", 200), ("DELETE", 204))
    },
    "GET api:coach-list": LIST,
    "GET api:coach-detail": Rule((401, *[200] * 5), {"public_id": "coach"}),
    **{
        f"{verb} api:coach-room": Rule((401, 403, 200, 403, 200, 403), {"public_id": "coach"})
        for verb in ("GET", "PATCH")
    },
    "POST api:booking-close": Rule((401, 400, 400, 404, 400, 404), {"public_id": "past_booking"}),
    "GET api:booking-notes": Rule((401, 200, 200, 404, 403, 404), {"public_id": "past_booking"}),
    "PUT api:booking-notes": Rule((401, 400, 400, 404, 403, 404), {"public_id": "past_booking"}),
    "GET api:booking-report": Rule((401, 200, 200, 404, 404, 404), {"public_id": "past_booking"}),
    "PUT api:booking-report": Rule((401, 403, 400, 404, 403, 404), {"public_id": "past_booking"}),
    "GET api:canned-reply-list": LIST,
    "POST api:canned-reply-list": Rule((401, 403, 400, 400, 403, 403)),
    **{
        f"{verb} api:canned-reply-detail": Rule((401, 404, answer, 404, 404, 404), {"public_id": "reply"})
        for verb, answer in (("GET", 200), ("PATCH", 200), ("DELETE", 204))
    },
    "GET api:waitlist-list": LIST,
    "POST api:waitlist-list": Rule((401, 400, 403, 403, 403, 400)),
    "GET api:waitlist-figures": ADMINS,
    "GET api:waitlist-detail": endpoint(200, 404, kind="waiting"),
    "PATCH api:waitlist-detail": endpoint(200, 404, kind="waiting"),
    **{f"POST api:waitlist-{verb}": endpoint(200, 404, kind="waiting") for verb in ("leave", "still")},
    **{f"POST api:waitlist-{verb}": endpoint(400, 404, kind="waiting") for verb in ("take", "decline")},
    "GET api:review-list": LIST,
    "POST api:review-list": CREATE,
    "GET api:review-detail": endpoint(200, 200, kind="review"),
    "POST api:review-answer": Rule((401, 403, 400, 404, 404, 404), {"public_id": "review"}),
}


def world(*, candidate, coach, interview, admin):
    """One record of each kind, the owner's, by the names that the tables use."""
    from datetime import timedelta  # noqa: PLC0415 -- the tables are read before Django is ready

    from allauth.usersessions.models import UserSession  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts import services, when  # noqa: PLC0415
    from accounts.models import Engagement, User  # noqa: PLC0415
    from coaching import models as coaching_models  # noqa: PLC0415
    from coaching.services import absences, changes  # noqa: PLC0415
    from followups.models import OutboundEmail, Reminder  # noqa: PLC0415
    from followups.services import decisions, spreadsheets  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    now = timezone.now()
    planned = factories.InterviewFactory(
        candidate=candidate, shared_with_coach=True, status="planned", ended_hours_ago=-48
    )
    cancelled = factories.InterviewFactory(candidate=candidate, shared_with_coach=True, status="cancelled")
    mistake = factories.MistakeFactory(interview=interview)
    decision = decisions.decide(mistake)
    note = factories.ThankYouNoteFactory(interview=interview)
    referee = factories.RefereeFactory(candidate=candidate)
    brief = factories.RefereeBriefFactory(interview=interview, referee=referee)
    slot = factories.SlotFactory(coach=coach)
    booking = factories.BookingFactory(
        slot__coach=coach, candidate=candidate, booked_by=coach, confirmed_at=None, confirm_by=now + timedelta(days=1)
    )
    begun = now - timedelta(days=1)
    past_slot = factories.SlotFactory(coach=coach, starts_at=begun)
    past_booking = factories.BookingFactory(slot=past_slot, candidate=candidate)
    coaching_models.SessionReport.objects.create(
        booking=past_booking, worked="Calm.", change="Figures first.", sent_at=now
    )
    review = coaching_models.Review.objects.create(
        interview=interview, candidate=candidate, coach=coach, note=note, answer_by=now + timedelta(hours=5)
    )
    waiting = coaching_models.WaitlistEntry.objects.create(
        candidate=candidate, zone="Africa/Nairobi", first_on=now, last_on=now + timedelta(days=19), answered_at=now,
        opens_at=now, closes_at=now + timedelta(days=20),
    )  # fmt: skip
    offer = factories.BookingFactory(
        candidate=candidate, status="held", hold_until=now + timedelta(minutes=30), waitlist_entry=waiting
    )
    mail = {
        "kind": "note",
        "sender": candidate,
        "to_third_party": True,
        "due_at": now,
        "next_try_at": now,
        "message_encrypted": b"x",
    }
    hours_off = {
        name: when.to_wall(now + timedelta(days=days), "Africa/Nairobi")
        for name, days in (("from_wall", 40), ("until_wall", 41))
    }
    reminder = Reminder.objects.create(
        kind="debrief", subject_type="interviews.interview", subject_id=interview.public_id, recipient=candidate,
        status="sent", due_at=now, deliver_at=now, sent_at=now,
    )  # fmt: skip
    records = {
        "engagement": Engagement.objects.get(candidate=candidate, coach=coach),
        "invitation": factories.InvitationFactory(invited_by=coach),
        "roster": services.take_roster([{"email": "roster@people.example"}], by=admin),
        "stranger": User.objects.get(email="stranger@cast.example"),
        "owner": candidate,
        "coach": coach,
        "interview": interview,
        "planned": planned,
        "cancelled": cancelled,
        "mistake": mistake,
        "decision": decision,
        "lesson": factories.LessonFactory(candidate=candidate, mistake=mistake),
        "interviewer": note.interviewer,
        "requirement": factories.RequirementFactory(interview=interview),
        "note": note,
        "referee": referee,
        "brief": brief,
        "slot": slot,
        "series": factories.SeriesFactory(coach=coach),
        "closure": coaching_models.Closure.objects.create(from_on="2030-12-25", until_on="2030-12-26", title="Holiday"),
        "review": review,
        "booking": booking,
        "past_booking": past_booking,
        "waiting": waiting,
        "offer": offer,
        "reminder": reminder,
        "change": changes.begin(
            [changes.Step(factories.SlotFactory(coach=coach))], kind="slots", by=admin, must_wait=True
        ),
        "absence": absences.plan(coach, zone="Africa/Nairobi", by=admin, **hours_off),
        "import": spreadsheets.read_list(b"Company,Date\nKijani,2026-01-05\n", by=candidate),
        "comment": factories.CommentFactory(candidate=candidate, author=coach),
        "token": services.make_token(candidate, name="Backup", scopes=["read"], days=7)[0],
        "export": services.ask_for_export(candidate),
        "step_removal": factories.StepRemovalFactory(person=candidate, asked_by=admin),
        "goal": factories.GoalFactory(engagement=Engagement.objects.get(candidate=candidate, coach=coach)),
        "reply": factories.CannedReplyFactory(coach=coach),
        "failed_mail": OutboundEmail.objects.create(status="failed", **mail),
        "unknown_mail": OutboundEmail.objects.create(status="unknown", **{**mail, "kind": "other"}),
        "queued_mail": OutboundEmail.objects.create(status="queued", **mail),
    }
    session = UserSession.objects.create(user=candidate, session_key=f"known-{candidate.pk}", ip="203.0.113.7")
    return {name: record.public_id for name, record in records.items()} | {"session": session.pk}
