"""What a referee is told, and how it gets there: from her own phone, or once by Afterword."""

import email
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import when
from accounts.models import hash_token
from accounts.records import Conflict, Refused
from coaching import invariants
from followups import outbox
from followups.models import OutboundEmail, RefereeBrief, Reminder
from followups.outbox.crypto import unseal
from followups.services import briefs, decisions, deletion, letters, referees
from followups.services import interviews as interview_services
from followups.services.vouching import who_can_vouch
from interviews.models import Interview, Mistake
from tests.factories import (
    InterviewerFactory,
    InterviewFactory,
    MistakeFactory,
    RefereeBriefFactory,
    RefereeFactory,
    RequirementFactory,
)
from tests.mailing import queue_letter

pytestmark = pytest.mark.django_db
ZONE = "Africa/Nairobi"


@pytest.fixture
def writer(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.quiet_from = candidate.quiet_until = "00:00"
    candidate.save()
    return candidate


@pytest.fixture
def referee(writer):
    return RefereeFactory(candidate=writer, email="lydia@friends.example")


@pytest.fixture
def interview(writer):
    return InterviewFactory(candidate=writer, company="Savanna Books", shared_with_coach=True)


@pytest.fixture
def brief(interview, referee):
    brief = RefereeBriefFactory(interview=interview, referee=referee)
    brief.events.create(new="draft")
    return brief


def schedule(brief, hours=3, **more):
    wall = when.to_wall(timezone.now() + timedelta(hours=hours), ZONE)
    return briefs.schedule_brief(brief, send_wall=wall, send_zone=ZONE, by=brief.candidate, **more)


def row_of(brief):
    return OutboundEmail.objects.get(dedupe_key=f"brief:{brief.public_id}:{brief.round}")


def mail_of(brief):
    return email.message_from_bytes(unseal(row_of(brief).message_encrypted), policy=email.policy.default)


def history(brief):
    return [event.new for event in brief.events.all()]


def send(brief, **more):
    """By Afterword, as far as the mail server."""
    schedule(brief, **more)
    outbox.pump(now=brief.send_at + timedelta(seconds=1))
    brief.refresh_from_db()
    return brief


# Drafting


def test_it_is_drafted_from_her_own_words(interview, referee):
    must_have = RequirementFactory(interview=interview, text="Writes every week")
    mistake = MistakeFactory(interview=interview, requirement=must_have, correction="I wrote posts. Weekly. For years.")
    InterviewerFactory(interview=interview, name="Grace Kamau", kind="hr")
    brief = briefs.draft_brief(interview, referee, mistake=mistake, by=interview.candidate)
    assert (brief.skill, brief.words, brief.job, brief.who_may_ring, brief.status) == (
        "Writes every week",
        "I wrote posts. Weekly.",
        "the Content manager role at Savanna Books",
        "Grace Kamau of Savanna Books",
        "draft",
    )
    assert briefs.draft_brief(interview, referee, mistake=mistake, by=interview.candidate) == brief


@pytest.mark.parametrize("kind", ["misleading_claim", "wrong_fact"])
def test_no_referee_stands_in_for_what_was_not_so(interview, referee, kind):
    mistake = MistakeFactory(interview=interview, kind=kind)
    with pytest.raises(Refused) as refused:
        briefs.draft_brief(interview, referee, mistake=mistake, by=interview.candidate)
    assert refused.value.field == "mistake"
    assert str(refused.value).startswith("A referee is never asked to stand in for something that was not so.")
    assert not RefereeBrief.objects.exists()


def test_what_a_coach_has_stopped_goes_through_no_referee_either(interview, referee, coach):
    mistake = MistakeFactory(interview=interview, kind="conduct", hurt_someone=True)
    decisions.decide(mistake)
    decisions.decide_otherwise(mistake, "practice", by=coach, made="coach")
    with pytest.raises(Refused) as refused:
        briefs.draft_brief(interview, referee, mistake=mistake, by=interview.candidate)
    assert refused.value.field == "mistake"


def test_what_turns_out_to_be_false_after_approval_does_not_go(brief, interview):
    brief.mistake = MistakeFactory(interview=interview)
    brief.save()
    schedule(brief)
    Mistake.objects.update(kind="wrong_fact")
    outbox.pump(now=brief.send_at + timedelta(seconds=1))
    brief.refresh_from_db()
    assert (brief.status, brief.failure, row_of(brief).status) == ("failed", "not_to_ask", "suppressed")


@pytest.mark.parametrize("field", ["agreed_at", "refused_at"])
def test_nobody_is_told_who_has_not_agreed_or_wants_no_mail(interview, referee, field):
    referee.agreed_at = None if field == "agreed_at" else referee.agreed_at
    referee.refused_at = timezone.now() if field == "refused_at" else None
    referee.save()
    with pytest.raises(Refused) as refused:
        briefs.draft_brief(interview, referee, by=interview.candidate)
    assert refused.value.field == "referee"


def test_a_referee_and_a_mistake_of_others_are_refused(interview, referee):
    for wrong in (
        {"referee": RefereeFactory(), "mistake": None},
        {"referee": referee, "mistake": MistakeFactory()},
    ):
        with pytest.raises(Refused):
            briefs.draft_brief(interview, wrong["referee"], mistake=wrong["mistake"], by=interview.candidate)


# By Afterword


def test_a_scheduled_brief_is_a_letter_that_waits(brief, writer):
    schedule(brief)
    row = row_of(brief)
    assert (brief.status, row.status, row.due_at) == ("scheduled", "queued", brief.send_at)
    assert (row.to_third_party, row.kind, row.sender, row.is_secret) == (True, "brief", writer, True)
    assert row.content_hash == brief.approved_hash == briefs.letter_of(brief).hash


def test_the_letter_is_plain_in_her_name_and_holds_a_link_of_its_own(brief, settings):
    settings.BASE_URL = "https://afterword.example"
    schedule(brief)
    mail = mail_of(brief)
    link = next(line for line in mail.get_content().splitlines() if line.startswith("https://"))
    token = link.removeprefix("https://afterword.example/referee/").rstrip("/")
    assert (mail["From"], mail["Reply-To"], mail["To"], mail["Subject"]) == (
        '"Achieng Otieno (via Afterword)" <afterword@localhost.localdomain>',
        "Achieng Otieno <candidate@cast.example>",
        "Lydia Were <lydia@friends.example>",
        "If they ring you about me",
    )
    assert (mail.get_content_type(), mail["List-Unsubscribe"]) == ("text/plain", None)
    assert len(token) == 43
    assert brief.token_hash == hash_token(token)
    assert mail.get_content().replace(token, "…").replace("\r\n", "\n") == briefs.letter_of(brief).body
    assert token not in str(RefereeBrief.objects.values())


def test_the_pump_sends_it_the_brief_follows_and_the_link_is_scrubbed(brief):
    send(brief)
    row = row_of(brief)
    assert (row.status, brief.status, brief.sent_at) == ("sent", "sent", row.sent_at)
    assert (row.message_encrypted, row.to_address_encrypted) == (None, None)
    assert history(brief) == ["draft", "scheduled", "sending", "sent"]
    of_briefs = [
        each for each in invariants.check(timezone.now()) if "RefereeBrief" in each.promise or each.code == "I5"
    ]
    assert [(each.code, each.count) for each in of_briefs] == [("I5", 0)] * 3 + [("I7", 0)]


def test_it_can_be_taken_back_until_it_leaves(brief):
    briefs.send_now(brief, by=brief.candidate)
    briefs.unschedule_brief(brief, by=brief.candidate)
    assert (brief.status, row_of(brief).status) == ("draft", "cancelled")
    OutboundEmail.objects.all().delete()
    send(brief)
    with pytest.raises(Conflict):
        briefs.unschedule_brief(brief, by=brief.candidate)


def test_what_she_has_not_seen_does_not_go(brief):
    seen = briefs.letter_of(brief).hash
    RefereeBrief.objects.update(words="Something else.")
    with pytest.raises(Conflict):
        schedule(brief, seen_hash=seen)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"skill": ""}, "skill"),
        ({"words": " "}, "words"),
        ({"words": "One. Two. Three."}, "words"),
    ],
)
def test_too_little_and_too_much_are_refused_at_the_field(brief, fields, at):
    briefs.edit_brief(brief, by=brief.candidate, **fields)
    with pytest.raises(Refused) as refused:
        schedule(brief)
    assert refused.value.field == at


def test_an_apology_is_asked_about_once(brief):
    briefs.edit_brief(brief, by=brief.candidate, words="I am sorry that I never said it.")
    with pytest.raises(letters.BetterChanged) as better:
        schedule(brief)
    assert [each["code"] for each in better.value.findings] == ["apology"]
    schedule(brief, despite_findings=True)
    assert brief.status == "scheduled"


@pytest.mark.parametrize("hours", [-1, 24 * 8, 24 * 31])
def test_times_that_help_nobody_are_refused(brief, hours):
    with pytest.raises(Refused) as refused:
        schedule(brief, hours=hours)
    assert refused.value.field == "send_wall"


def test_a_refused_address_is_known_when_scheduling(brief):
    outbox.suppress("lydia@friends.example", reason="asked")
    with pytest.raises(Refused) as refused:
        schedule(brief)
    assert str(refused.value) == ("This address does not take mail from here. Your own mailbox stays open.")


def test_her_own_letter_that_came_back_is_told_apart_from_a_refusal(brief, interview, referee, writer):
    row = queue_letter(writer, "lydia@friends.example")
    OutboundEmail.objects.filter(pk=row.pk).update(status="sent", sent_at=timezone.now(), bounced_at=timezone.now())
    outbox.suppress("lydia@friends.example", reason="bounce")
    assert briefs.why_not_by_afterword(brief) == (
        "Mail from here to this address came back. Your own mailbox stays open."
    )
    assert who_can_vouch(interview) == [referee]


def test_new_accounts_use_their_own_phone(brief, writer):
    writer.joined_at, writer.vouched_at = timezone.now(), None
    writer.save()
    with pytest.raises(Refused):
        schedule(brief)
    assert briefs.share_by_self(brief, by=writer).status == "shared_by_self"


# Limits


def test_one_referee_hears_twice_in_thirty_days(brief, writer, referee):
    send(brief)
    second = RefereeBriefFactory(interview=InterviewFactory(candidate=writer), referee=referee)
    briefs.share_by_self(second, by=writer)
    third = RefereeBriefFactory(interview=InterviewFactory(candidate=writer), referee=referee)
    with pytest.raises(Refused) as refused:
        schedule(third)
    assert str(refused.value) == (
        "Lydia Were has heard from you twice in thirty days, and that is enough for a favour. If it cannot wait, ring instead."
    )
    briefs.share_by_self(third, by=writer)
    assert third.status == "shared_by_self"
    other = RefereeBriefFactory(interview=third.interview, referee=RefereeFactory(candidate=writer))
    assert schedule(other).status == "scheduled"


def test_a_month_later_there_is_room_again(brief, writer, referee):
    OutboundEmail.objects.create(
        kind="brief", sender=writer, to_third_party=True, due_at=timezone.now(), next_try_at=timezone.now(), status="sent",
        sent_at=timezone.now(), to_address_hash=outbox.hashes_of(referee.email)[0],
    )  # fmt: skip
    old = RefereeBriefFactory(interview=InterviewFactory(candidate=writer), referee=referee)
    briefs.share_by_self(old, by=writer, at=timezone.now() - timedelta(days=31))
    assert briefs.why_limited(brief, timezone.now()) == ""
    RefereeBrief.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=29))
    assert briefs.why_limited(brief, timezone.now()) != ""


def test_removing_and_adding_somebody_again_does_not_begin_the_count_anew(brief, writer, referee):
    send(brief)
    referees.remove_referee(referee, by=writer)
    again = RefereeFactory(candidate=writer, email="Lydia@friends.example")
    second = send(RefereeBriefFactory(interview=InterviewFactory(candidate=writer), referee=again))
    assert second.status == "sent"
    third = RefereeBriefFactory(interview=InterviewFactory(candidate=writer), referee=again)
    with pytest.raises(Refused):
        schedule(third)


def test_what_never_went_does_not_count(brief):
    for _number in range(3):
        schedule(brief)
        briefs.unschedule_brief(brief, by=brief.candidate)
    assert briefs.why_limited(brief, timezone.now()) == ""


# From her own phone


def test_she_says_that_she_told_them(brief, writer):
    at = timezone.now() - timedelta(minutes=5)
    briefs.share_by_self(brief, by=writer, at=at)
    assert (brief.status, brief.sent_at, history(brief)) == ("shared_by_self", at, ["draft", "shared_by_self"])
    briefs.reopen_brief(brief, by=writer)
    assert (brief.status, brief.sent_at) == ("draft", None)


def test_a_letter_that_waits_is_taken_back_when_she_told_them(brief, writer):
    schedule(brief)
    briefs.share_by_self(brief, by=writer)
    assert (brief.status, row_of(brief).status) == ("shared_by_self", "cancelled")


def test_the_link_to_whatsapp_holds_her_text_and_nothing_else(brief):
    link = briefs.whatsapp_of(brief)
    assert link.startswith("https://wa.me/?text=Hello%20Lydia%20Were%2C%20thank%20you")
    assert ("lydia%40friends" in link, "referee/" in link) == (False, False)


# What changes meanwhile


def test_forbidden_contact_takes_a_letter_back_and_changes_its_words(brief, interview, writer):
    schedule(brief)
    interview_services.edit_interview(interview, by=writer, contact_prohibited=True)
    brief.refresh_from_db()
    assert (brief.status, row_of(brief).status, brief.events.last().reason) == ("draft", "cancelled", "no_longer_fits")
    sentence = "please speak of it only if they call you"
    brief.interview.refresh_from_db()
    assert (briefs.letter_of(brief).body.count(sentence), briefs.message_of(brief).count(sentence)) == (1, 1)
    told = Reminder.objects.get(subject_id=brief.public_id, kind="brief-out")
    assert told.occurrence == "back:1"


def test_another_decision_date_leaves_a_letter_alone(brief, interview, writer):
    schedule(brief)
    interview_services.edit_interview(interview, by=writer, decision_on=interview.decision_on + timedelta(days=3))
    brief.refresh_from_db()
    assert brief.status == "scheduled"


def test_another_address_takes_the_letter_back(brief, writer, referee):
    schedule(brief)
    referees.edit_referee(referee, by=writer, email="other@friends.example")
    brief.refresh_from_db()
    assert (brief.status, row_of(brief).status) == ("draft", "cancelled")


def test_another_relation_does_not(brief, writer, referee):
    schedule(brief)
    referees.edit_referee(referee, by=writer, relation="my teacher")
    brief.refresh_from_db()
    assert brief.status == "scheduled"


@pytest.mark.parametrize(("start", "end"), [("draft", "expired"), ("scheduled", "expired"), ("shared_by_self", None)])
def test_once_they_have_decided_nothing_is_left_to_mention(brief, interview, writer, start, end):
    if start == "scheduled":
        schedule(brief)
    elif start == "shared_by_self":
        briefs.share_by_self(brief, by=writer)
    interview_services.record_outcome(interview, "offer", by=writer)
    brief.refresh_from_db()
    assert brief.status == (end or start)
    assert not OutboundEmail.objects.filter(kind="brief", status="queued").exists()


def test_what_nobody_told_anybody_is_put_away_after_two_months(brief, interview):
    Interview.objects.update(contact_prohibited=True)
    briefs.LIFE.catch_up(brief.created_at + timedelta(days=59))
    brief.refresh_from_db()
    assert brief.status == "draft"
    briefs.LIFE.catch_up(brief.created_at + timedelta(days=61))
    brief.refresh_from_db()
    interview.refresh_from_db()
    assert (brief.status, brief.events.last().reason, interview.closed_at is None) == ("expired", "too_late", False)


def test_deleting_an_interview_takes_its_briefs_along(brief, interview, writer):
    schedule(brief)
    row = row_of(brief)
    interview_services.delete_interview(interview, by=writer)
    row.refresh_from_db()
    assert (row.status, RefereeBrief.objects.exists()) == ("cancelled", False)


def test_deleting_what_it_was_about_takes_the_unsent_brief_along(brief, interview, writer):
    brief.mistake = MistakeFactory(interview=interview)
    brief.save()
    schedule(brief)
    deletion.delete_mistake(brief.mistake, by=writer)
    assert (RefereeBrief.objects.exists(), OutboundEmail.objects.get(kind="brief").status) == (False, "cancelled")


def test_an_unfinished_brief_keeps_an_interview_open(brief, interview, writer):
    interview.contact_prohibited = True
    interview.save()
    interview_services.interview_changed(interview, by=writer)
    interview.refresh_from_db()
    assert interview.closed_at is None
    briefs.share_by_self(brief, by=writer)
    interview.refresh_from_db()
    assert interview.closed_at is not None


# Unknown and failed


def put(brief, status, **fields):
    """The letter as the mail server left it."""
    schedule(brief)
    row = row_of(brief)
    for step in ("claimed", "handing_over", status):
        more = {"claim_id": brief.public_id, "lease_until": timezone.now()} if step == "claimed" else {}
        outbox.rows.move(row, step, at=timezone.now(), **more, **(fields if step == status else {}))
    brief.refresh_from_db()


@pytest.mark.parametrize(
    ("choice", "status", "row_status"),
    [("leave", "sent", "sent"), ("own", "shared_by_self", "cancelled"), ("again", "scheduled", "cancelled")],
)
def test_what_cannot_be_seen_is_hers_to_settle(brief, writer, choice, status, row_status):
    put(brief, "unknown")
    assert brief.status == "unknown"
    row = row_of(brief)
    briefs.resolve_unknown(brief, choice, by=writer)
    row.refresh_from_db()
    assert (brief.status, row.status) == (status, row_status)


def test_a_letter_that_came_back_did_not_arrive(brief):
    put(brief, "sent", code=250, sent_at=timezone.now())
    briefs.LIFE.came_back(row_of(brief))
    brief.refresh_from_db()
    assert (brief.status, brief.failure, brief.sent_at) == ("failed", "bounced", None)


def test_one_that_could_not_be_seen_and_came_back_can_go_another_way(brief, writer):
    put(brief, "unknown")
    outbox.rows.move(row_of(brief), "failed", at=timezone.now(), error="bounced")
    brief.refresh_from_db()
    assert (brief.status, brief.failure) == ("failed", "bounced")
    assert briefs.share_by_self(brief, by=writer).status == "shared_by_self"


def test_her_list_of_letters_names_it_and_settles_it(brief, writer):
    put(brief, "unknown")
    row = row_of(brief)
    assert outbox.titles_of([row]) == {
        row.pk: ("Two sentences for Lydia Were, Savanna Books", f"/briefs/{brief.public_id}/", ZONE)
    }
    outbox.resolve_letter(row, "leave", by=writer)
    brief.refresh_from_db()
    assert brief.status == "sent"


def test_a_failed_one_can_be_mended_and_sent_again(brief, writer):
    put(brief, "failed", error="550")
    assert (brief.status, brief.failure) == ("failed", "550")
    briefs.edit_brief(brief, by=writer, words="I wrote four posts a week.")
    assert brief.status == "draft"
    assert schedule(brief).round == 2


# The database


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "scheduled"},
        {"status": "sent"},
        {"status": "shared_by_self"},
        {"answer": "happy", "token_hash": "x"},
        {"answer": "happy", "answered_at": timezone.now()},
        {"kind": "thanks", "token_hash": "x"},
    ],
)
def test_the_database_refuses_what_cannot_be(brief, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        RefereeBrief.objects.filter(pk=brief.pk).update(**fields)


def test_one_brief_a_referee_and_interview(brief):
    with pytest.raises(IntegrityError), transaction.atomic():
        RefereeBriefFactory(interview=brief.interview, referee=brief.referee)


# Thanks


def test_thanks_come_when_it_is_known_how_it_ended(brief, interview, writer):
    briefs.share_by_self(brief, by=writer)
    with pytest.raises(Refused):
        briefs.draft_thanks(brief, by=writer)
    interview_services.record_outcome(interview, "offer", by=writer)
    thanks = briefs.draft_thanks(brief, by=writer)
    assert (thanks.kind, thanks.words) == (
        "thanks",
        "Thank you for being ready to speak for me about the Content manager role at Savanna Books. "
        "They have offered me the job.",
    )
    assert briefs.draft_thanks(brief, by=writer) == thanks
    send(thanks)
    assert (thanks.status, row_of(thanks).is_secret, thanks.token_hash) == ("sent", False, "")


def test_thanks_come_when_they_have_rung(brief, writer):
    with pytest.raises(Conflict):
        briefs.mark_called(brief, by=writer)
    briefs.share_by_self(brief, by=writer)
    briefs.mark_called(brief, by=writer)
    thanks = briefs.draft_thanks(brief, by=writer)
    assert thanks.words.startswith("Thank you for speaking for me about")


# Who can vouch


def test_who_has_agreed_can_vouch(interview, referee, writer):
    RefereeFactory(candidate=writer, agreed_at=None)
    RefereeFactory()
    assert who_can_vouch(interview) == [referee]


@pytest.mark.parametrize(("answer", "here", "elsewhere"), [("not_this_one", 0, 1), ("happy", 1, 1)])
def test_who_declined_this_interview_cannot(brief, interview, writer, answer, here, elsewhere):
    RefereeBrief.objects.update(answer=answer, answered_at=timezone.now(), token_hash="x")
    other = InterviewFactory(candidate=writer)
    assert (len(who_can_vouch(interview)), len(who_can_vouch(other))) == (here, elsewhere)


def test_who_refuses_mail_cannot(interview, referee):
    outbox.suppress("LYDIA@friends.example", reason="asked")
    assert who_can_vouch(interview) == []
    assert decisions.facts_for(MistakeFactory(interview=interview)).referee_can_vouch is False
