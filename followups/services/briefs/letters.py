"""What a referee receives, to the letter; and what she can send from her own phone."""

from datetime import datetime, time, timedelta
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext

from accounts import when
from followups import briefing
from followups.models import RefereeBrief
from followups.services import letters

# Stands for the one-time link wherever she sees the letter: the link itself is the referee's alone.
LINK_SHOWN = "…"


def letter_of(brief, *, token=LINK_SHOWN):
    """The letter as Afterword would send it now; what she approves has the link blotted out."""
    material = material_of(brief)
    if brief.kind == RefereeBrief.Kind.THANKS:
        subject, body = briefing.SUBJECT_OF_THANKS, briefing.thanks_letter(material)
    else:
        link = f"{settings.BASE_URL}/referee/{token}/"
        subject, body = briefing.SUBJECT, briefing.letter(material, link=link)
    referee = brief.referee
    return letters.in_her_name(
        brief.candidate, to_name=referee.name, to_email=referee.email, subject=subject, body=body
    )


def message_of(brief):
    """The text for her own phone."""
    write = briefing.thanks_message if brief.kind == RefereeBrief.Kind.THANKS else briefing.message
    return write(material_of(brief)).strip()


def whatsapp_of(brief):
    """Opens WhatsApp with the text, for a contact she chooses there. Nothing is asked of that host until she taps it."""
    return "https://wa.me/?text=" + quote(message_of(brief))


def mailto_of(brief):
    """Opens her own mail program with the letter, without the link that only our mail can carry."""
    letter = letter_of(brief)
    return letters.mailto(letter.to_email, letter.subject, message_of(brief))


def material_of(brief):
    return briefing.Material(
        referee=brief.referee.name,
        writer=brief.interview.candidate.get_full_name(),
        skill=brief.skill,
        project=brief.project,
        words=brief.words.strip(),
        job=brief.job,
        who_may_ring=brief.who_may_ring,
        only_if_called=brief.interview.contact_prohibited,
    )


def last_day_of_link(brief):
    """The last day, on the calendar of the interview's place, on which the referee's page is open."""
    interview = brief.interview
    sent_on = when.to_wall(brief.send_at, interview.zone).date()
    return briefing.last_day_of_link(decision_on=interview.decision_on, sent_on=sent_on)


def link_ends_at(brief):
    """The instant at which that day is over."""
    next_day = last_day_of_link(brief) + timedelta(days=1)
    return when.to_instant(datetime.combine(next_day, time.min), brief.interview.zone)


def is_too_long(brief):
    """More than two sentences."""
    return briefing.is_too_long(brief.words)


def findings_of(brief):
    """What is better changed in her sentences, in words."""
    text = brief.words
    return [
        {
            "code": found.code,
            "start": found.start,
            "end": found.end,
            "quote": text[found.start : found.end].strip(),
            "message": gettext(found.message),
            "suggestion": gettext(found.suggestion),
        }
        for found in briefing.findings(text)
    ]
