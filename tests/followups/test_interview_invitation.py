"""An invitation fills the form, is kept only after a look, and updates and cancellations find what came from it."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import FormDraft
from accounts.records import Conflict
from accounts.when import to_wall
from followups.models import Reminder
from followups.services import interviews as services
from followups.services import invitations
from interviews.invitation.lines import decode
from interviews.models import Interview
from interviews.services import rounds_to_choose
from tests.factories import InterviewFactory, MistakeFactory

URL = "/interviews/invitation/"
CHECK = "/interviews/invitation/check/"
FOLDER = Path(__file__).parent.parent / "data" / "invitations"
JSON = {"content_type": "application/json"}


def stamp(days, hour=7):
    """A moment some days from now, in UTC as calendars write it."""
    return (timezone.now() + timedelta(days=days)).replace(hour=hour, minute=0, second=0).strftime("%Y%m%dT%H%M%SZ")


def invitation(
    days=2, *, sequence=0, method="REQUEST", uid="one@kijani.example", people=(), summary="Interview with Kijani Foods"
):
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{uid}", f"SEQUENCE:{sequence}",
            f"DTSTART:{stamp(days)}", f"DTEND:{stamp(days, 8)}", f"SUMMARY:{summary}", "LOCATION:4 Moi Avenue",
            "ORGANIZER;CN=Grace Wanjiru:mailto:grace@kijani.example", "ATTENDEE:mailto:candidate@cast.example",
            *(f"ATTENDEE;CN={name}:mailto:{name.split()[0].lower()}@kijani.example" for name in people),
            "END:VEVENT", "END:VCALENDAR",
        ]
    )  # fmt: skip


def fields_of(response, **changed):
    """What the browser would send back of the form that is shown for checking."""
    sent = {}
    for bound in response.context["form"]:
        value = bound.value()
        if isinstance(value, datetime):
            value = value.isoformat(timespec="minutes")
        if value is not None:
            sent[bound.name] = value
    return {**sent, **changed}


def save(client, response, **changed):
    """Press the button of the form that is shown."""
    return client.post(response.context["place"], fields_of(response, **changed))


@pytest.fixture
def her(client_of, candidate):
    return client_of(candidate)


def keep(client, text, **changed):
    return save(client, client.post(URL, {"text": text}), **changed)


def test_it_is_shown_before_it_is_kept(her):
    response = her.post(URL, {"text": invitation()})
    form = response.context["form"]
    assert (form["company"].value(), form["notes"].value()) == ("Kijani Foods", "Place: 4 Moi Avenue")
    assert form["people"].field.choices == [("0", "Grace Wanjiru, grace@kijani.example")]
    assert not Interview.objects.exists()


def test_saved_it_is_planned_with_its_people_and_reminders(her, candidate):
    response = keep(her, invitation(sequence=3))
    interview = Interview.objects.get()
    assert (interview.status, interview.company, interview.invitation_uid, interview.invitation_sequence) == (
        "planned", "Kijani Foods", "one@kijani.example", 3,
    )  # fmt: skip
    assert list(interview.interviewers.values_list("name", "email", "kind")) == [
        ("Grace Wanjiru", "grace@kijani.example", "interviewer")
    ]
    assert response.url == f"/interviews/{interview.public_id}/"
    assert Reminder.objects.filter(recipient=candidate).exists()


def test_people_she_unticks_stay_out(her):
    save(her, her.post(URL, {"text": invitation(people=["Faith Mutua"])}), people=["1"])
    assert list(Interview.objects.get().interviewers.values_list("name", flat=True)) == ["Faith Mutua"]


def test_one_that_is_over_leads_to_the_debrief(her):
    response = keep(her, invitation(days=-2))
    interview = Interview.objects.get()
    assert (interview.status, response.url) == ("held", f"/interviews/{interview.public_id}/debrief/")


def test_an_uploaded_file_is_read_too(her):
    raw = (FOLDER / "google.ics").read_bytes()
    response = her.post(URL, {"file": SimpleUploadedFile("invite.ics", raw)})
    assert response.context["form"]["company"].value() == "Savanna Books"


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({}, "file", "Choose the file, or paste its text below."),
        ({"text": "See you on Monday"}, "text", "There is no calendar invitation in this. It begins with BEGIN:VCALENDAR; in a mail it is the attachment that ends in .ics."),
        ({"file": b"PK\x03\x04"}, "file", "This is a packed file. Unpack it, and choose the .ics file inside."),
        ({"file": b"<html></html>"}, "file", "This is a web page, not an invitation. The invitation is the attachment that ends in .ics."),
        ({"file": b"x" * 10_000_000}, "file", "This is too large for an invitation (256 kB at most). Save the one event, not the calendar."),
        ({"file": b""}, "file", "The submitted file is empty."),
    ],
)  # fmt: skip
def test_what_is_none_is_told_at_its_field(her, sent, field, message):
    if "file" in sent:
        sent = {"file": SimpleUploadedFile("invite.ics", sent["file"])}
    response = her.post(URL, sent)
    assert (response.status_code, response.context["form"].errors) == (200, {field: [message]})


def test_of_several_one_is_chosen(her):
    response = her.post(URL, {"file": SimpleUploadedFile("a.ics", (FOLDER / "several.ics").read_bytes())})
    assert [each.key for each in response.context["reading"].invitations] == ["0", "1"]
    chosen = her.post(URL, {"text": response.context["text"], "which": "1"})
    assert chosen.context["form"]["invitation_uid"].value() == "loop-2"


def test_a_refused_form_keeps_what_was_typed(her):
    response = keep(her, invitation(), company="", notes="Bring two ideas.")
    assert list(response.context["form"].errors) == ["company"]
    assert response.context["form"]["notes"].value() == "Bring two ideas."
    assert [label for _key, label in response.context["form"].fields["people"].choices] == [
        "Grace Wanjiru, grace@kijani.example"
    ]


def test_an_update_shows_what_is_otherwise_and_changes_it_when_saved(her, candidate):
    keep(her, invitation(days=5, people=["Faith Mutua"]), company="Kijani Foods Ltd")
    before = Interview.objects.get()
    due = Reminder.objects.filter(recipient=candidate, status="scheduled").values_list("due_at", flat=True)
    was_due = sorted(due)
    response = her.post(URL, {"text": invitation(days=6, sequence=1, people=["Faith Mutua", "Peter Kamau"])})
    assert [(what, after) for what, _before, after in response.context["changes"]][1:] == [("Who joins", "Peter Kamau")]
    assert response.context["changes"][0][0] == "When"
    assert response.context["form"]["company"].value() == "Kijani Foods Ltd"
    before.refresh_from_db()
    assert before.invitation_sequence == 0
    save(her, response)
    after = Interview.objects.get()
    assert (after.pk, after.invitation_sequence, after.starts_at - before.starts_at) == (
        before.pk,
        1,
        timedelta(days=1),
    )
    assert set(after.interviewers.values_list("name", flat=True)) == {"Grace Wanjiru", "Faith Mutua", "Peter Kamau"}
    assert sorted(due.all()) == [moment + timedelta(days=1) for moment in was_due]


def test_an_update_says_place_and_link_once(her):
    """Browsers send every line break as two characters."""
    text = invitation().replace("LOCATION:4 Moi Avenue", "LOCATION:4 Moi Avenue\r\nDESCRIPTION:Bring two ideas.")
    notes = "Place: 4 Moi Avenue\n\nBring two ideas."
    keep(her, text, notes=notes.replace("\n", "\r\n"))
    shown = her.post(URL, {"text": text.replace(stamp(2, 8), stamp(2, 9))})
    assert shown.context["form"]["notes"].value() == notes


def test_the_same_again_changes_nothing(her):
    keep(her, invitation())
    response = her.post(URL, {"text": invitation()})
    assert "Nothing has changed" in response.content.decode()


def test_an_older_version_says_so(her):
    keep(her, invitation(sequence=2))
    response = her.post(URL, {"text": invitation(days=9, sequence=1)})
    assert "You have a newer one" in response.content.decode()
    assert "Save the change" not in response.content.decode()


def test_a_cancellation_offers_to_mark_it(her):
    keep(her, invitation())
    interview = Interview.objects.get()
    page = her.post(URL, {"text": invitation(sequence=1, method="CANCEL")}).content.decode()
    assert f'action="/interviews/{interview.public_id}/cancel/"' in page
    her.post(f"/interviews/{interview.public_id}/cancel/")
    again = her.post(URL, {"text": invitation(sequence=1, method="CANCEL")}).content.decode()
    assert "is marked as called off already" in again
    assert "/cancel/" not in again


def test_one_called_off_is_planned_again_by_an_update(her):
    keep(her, invitation())
    her.post(f"/interviews/{Interview.objects.get().public_id}/cancel/")
    keep(her, invitation(days=4, sequence=2))
    assert (Interview.objects.get().status, Interview.objects.get().invitation_sequence) == ("planned", 2)


def test_a_cancellation_of_nothing_is_nothing_to_do(her):
    page = her.post(URL, {"text": invitation(method="CANCEL")}).content.decode()
    assert "This calls off an appointment that is not among yours." in page


def test_two_windows_with_one_invitation(her):
    """The second is told, keeps its text, and then changes what the first has stored."""
    first, second = (her.post(URL, {"text": invitation()}) for _window in range(2))
    save(her, first)
    told = save(her, second, notes="Bring two ideas.")
    assert (told.status_code, told.context["form"]["notes"].value()) == (409, "Bring two ideas.")
    assert Interview.objects.get().notes == "Place: 4 Moi Avenue"
    save(her, told)
    assert Interview.objects.get().notes == "Bring two ideas."


def test_two_windows_with_one_update(her):
    keep(her, invitation())
    update = her.post(URL, {"text": invitation(days=3, sequence=1)})
    interview = Interview.objects.get()
    her.post(f"/interviews/{interview.public_id}/edit/", {
        "company": "Other", "zone": interview.zone, "ends_wall": interview.ends_wall.isoformat(timespec="minutes"),
    })  # fmt: skip
    told = save(her, update)
    assert (told.status_code, Interview.objects.get().company) == (409, "Other")


def test_nobody_elses_interview_is_found_or_changed(her, client_of, stranger):
    theirs = client_of(stranger)
    keep(theirs, invitation())
    response = her.post(URL, {"text": invitation(days=3, sequence=1)})
    assert response.context["interview"] is None
    foreign = f"/interviews/{Interview.objects.get().public_id}/invitation/"
    assert her.post(foreign, fields_of(response)).status_code == 404
    save(her, response)
    assert Interview.objects.filter(invitation_uid="one@kijani.example").count() == 2


# What was guessed, each at its field.


def test_what_was_guessed_stands_at_its_field_and_leads_there(her):
    text = invitation(summary="").replace(f"DTEND:{stamp(2, 8)}\r\n", "")
    page = her.post(URL, {"text": text})
    form, html = page.context["form"], page.content.decode()
    assert {field.name: field.remarks for field in form.to_look_at} == {
        "company": ["The invitation has no title. Which company is it?"],
        "ends_wall": ["The invitation does not say when it ends. We put an hour."],
    }
    for name in ("company", "ends_wall"):
        assert (f'href="#id_{name}"' in html, form[name].aria_describedby) == (True, f"id_{name}_remarks")
        assert html.count(f'id="id_{name}_remarks"') == 1
    refused = save(her, page, company="", role_title="Editor")
    assert refused.context["form"]["company"].remarks == form["company"].remarks
    assert refused.context["form"]["company"].aria_describedby == "id_company_error id_company_remarks"


@pytest.mark.parametrize(
    "name", ["offered", "remarked", "invitation_sequence", "seen", "country", "previous", "people"]
)
@pytest.mark.parametrize(
    "value", ["[" * 50_000, "null", "7", '[["\\ud800", "x", "hr"]]', "2026-13-45T00:00", "x\x00", "-1"]
)
def test_whatever_comes_back_in_its_place_is_an_answer_in_words(her, candidate, name, value):
    InterviewFactory(candidate=candidate)
    answer = save(her, her.post(URL, {"text": invitation()}), **{name: value})
    errors = answer.context["form"].errors if answer.status_code == 200 else {}
    assert answer.status_code == (200 if errors else 302)
    assert set(errors) <= {name, "people"}


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (["Grace\u202e", "", "hr"], "Grace\u202e: Please use one line of plain characters: no line breaks or invisible signs."),
        (["Grace", "grace at kijani", "hr"], "Grace: Enter one e-mail address, such as grace@example.org."),
        (["Grace", "g@kijani.example, p@kijani.example", "hr"], "Grace: One address, please: a letter goes to one person. Write another note for somebody else."),
    ],
)  # fmt: skip
def test_somebody_who_cannot_be_kept_is_told_where_she_is_ticked(her, person, words):
    shown = her.post(URL, {"text": invitation()})
    answer = save(her, shown, offered=json.dumps([person]), people=["0"])
    assert answer.context["form"].errors == {"people": [words]}
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    "address", ["grace@kijani", "grace@-kijani.example", "grace..w@kijani.example", "grace@kijani..example"]
)
def test_an_address_no_letter_can_go_to_is_left_out_and_not_its_owner(her, address):
    text = invitation().replace("grace@kijani.example", address)
    keep(her, text)
    assert list(Interview.objects.get().interviewers.values_list("name", "email")) == [("Grace Wanjiru", "")]
    (told,) = her.post("/api/v1/interviews/invitation/", {"text": text}, **JSON).json()["appointments"]
    assert told["people"] == [{"name": "Grace Wanjiru", "email": "", "kind": "interviewer"}]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ics")), ids=lambda path: path.stem)
def test_whatever_program_wrote_it_it_can_be_kept_as_it_is_shown(client_of, candidate, time_machine, path):
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    client, text = client_of(candidate), decode(path.read_bytes())[0]
    shown = client.post(URL, {"text": text})
    keys = [each.key for each in shown.context["reading"].invitations] if "reading" in shown.context else [""]
    kept = 0
    for key in keys:
        shown = client.post(URL, {"text": text, "which": key})
        if shown.context["invitation"].is_cancelled:
            continue
        named = {} if shown.context["form"]["company"].value() else {"company": "Kijani"}
        answer = save(client, shown, **named)
        assert (answer.status_code, answer.context and answer.context["form"].errors) == (302, None)
        kept += 1
    assert Interview.objects.count() == kept


def test_an_interview_that_is_deleted_while_it_is_checked_is_told(her):
    keep(her, invitation())
    gone, same = Interview.objects.get(), Interview.objects.get()
    services.delete_interview(same, by=same.candidate)
    fields = {"company": "Kijani", "ends_wall": gone.ends_wall, "zone": gone.zone}
    for verb in (invitations.take_over, services.edit_interview):
        with pytest.raises(Conflict, match="This interview is gone"):
            verb(gone, by=gone.candidate, **fields)


# The session ends, or the phone dies, in the middle of it.


def draft_of(response, **changed):
    """What the page's script keeps of this form."""
    fields = fields_of(response, **changed)
    people = fields.pop("people", [])
    return {**fields, **{f"people={number}": "on" for number in people}, "path": response.context["place"]}


def test_what_she_began_to_check_waits_and_is_forgotten_once_saved(her):
    assert her.get(CHECK).url == URL
    shown = her.post(URL, {"text": invitation(people=["Faith Mutua"]).replace(f"DTEND:{stamp(2, 8)}\r\n", "")})
    assert 'data-draft="/interviews/invitation/check/"' in shown.content.decode()
    assert her.get(URL).context["begun"] is None
    her.post("/drafts/", draft_of(shown, company="Kijani Ltd", notes="Bring two ideas.", people=["1"]))
    assert her.get(URL).context["begun"] == {"path": CHECK, "company": "Kijani Ltd"}

    back = her.get(CHECK)
    assert "This is how you left it." in back.content.decode()
    form = back.context["form"]
    assert (form["notes"].value(), form["people"].value(), form["ends_wall"].remarks) == (
        "Bring two ideas.",
        ["1"],
        ["The invitation does not say when it ends. We put an hour."],
    )
    assert not Interview.objects.exists()
    save(her, back)
    interview = Interview.objects.get()
    assert (interview.company, interview.notes, interview.invitation_uid) == (
        "Kijani Ltd", "Bring two ideas.", "one@kijani.example",
    )  # fmt: skip
    assert list(interview.interviewers.values_list("name", flat=True)) == ["Faith Mutua"]
    assert her.get(URL).context["begun"] is None


def test_what_she_began_to_check_can_be_put_away(her):
    her.post("/drafts/", draft_of(her.post(URL, {"text": invitation()})))
    assert her.post(her.get(URL).context["begun"]["path"], {"leave": ""}).url == URL
    assert (her.get(URL).context["begun"], Interview.objects.exists()) == (None, False)


def test_an_update_waits_at_its_interview_and_goes_with_it(her):
    keep(her, invitation())
    update = her.post(URL, {"text": invitation(days=4, sequence=1)})
    her.post("/drafts/", draft_of(update, notes="Ask for Faith."))
    address = f"/interviews/{Interview.objects.get().public_id}/invitation/"
    assert her.get(URL).context["begun"]["path"] == address
    assert her.get(address).context["form"]["notes"].value() == "Ask for Faith."
    her.post(f"/interviews/{Interview.objects.get().public_id}/delete/")
    assert (her.get(address).status_code, FormDraft.objects.exists()) == (404, False)


def test_of_two_windows_nothing_is_left_waiting(her):
    first, second = (her.post(URL, {"text": invitation()}) for _window in range(2))
    her.post("/drafts/", draft_of(second))
    save(her, first)
    told = save(her, second, notes="Bring two ideas.")
    save(her, told)
    assert (Interview.objects.get().notes, FormDraft.objects.exists()) == ("Bring two ideas.", False)


def test_without_a_session_what_she_typed_is_shown_and_not_what_the_page_carries(her, client):
    shown = her.post(URL, {"text": invitation(people=["Faith Mutua"])})
    answer = client.post(CHECK, fields_of(shown, notes="Bring two ideas."))
    assert (answer.status_code, answer.context["typed"]) == (401, ["Kijani Foods", "Bring two ideas."])


def test_deleting_an_interview_forgets_what_was_typed_about_it(her, candidate):
    interview, other = InterviewFactory.create_batch(2, candidate=candidate)
    mistake, kept = MistakeFactory(interview=interview), MistakeFactory(interview=other)
    for path in (f"/interviews/{interview.public_id}/edit/", f"/mistakes/{mistake.public_id}/edit/", f"/mistakes/{kept.public_id}/edit/"):  # fmt: skip
        her.post("/drafts/", {"path": path, "text": "I said two years."})
    her.post(f"/interviews/{interview.public_id}/delete/")
    assert list(FormDraft.objects.values_list("path", flat=True)) == [f"/mistakes/{kept.public_id}/edit/"]


# The country, and the round before.


@pytest.mark.parametrize(
    ("zone", "place", "country"),
    [
        ("Africa/Cairo", "", "EG"),
        ("E. Africa Standard Time", "4 Moi Avenue\\, Nairobi\\, Kenya", "KE"),
        ("E. Africa Standard Time", "4 Moi Avenue", ""),
        ("Arabian Standard Time", "Video", ""),
        ("Nowhere/Land", "Kenya", ""),
    ],
)
def test_the_country_is_filled_in_where_it_is_certain_and_kept_when_saved(her, zone, place, country):
    day = f"{timezone.now() + timedelta(days=3):%Y%m%d}"
    text = invitation().replace(f"DTSTART:{stamp(2)}", f"DTSTART;TZID={zone}:{day}T100000")
    text = text.replace(f"DTEND:{stamp(2, 8)}", "DURATION:PT1H").replace("LOCATION:4 Moi Avenue", f"LOCATION:{place}")
    shown = her.post(URL, {"text": text})
    assert shown.context["form"]["country"].value() == country
    save(her, shown)
    assert Interview.objects.get().country == country
    (told,) = her.post("/api/v1/interviews/invitation/", {"text": text}, **JSON).json()["appointments"]
    assert told["country"] == country


def test_a_time_in_utc_says_nothing_about_the_country(her, candidate):
    candidate.zone = "Africa/Cairo"
    candidate.save()
    assert her.post(URL, {"text": invitation()}).context["form"]["country"].value() == ""


def test_an_invitation_may_be_a_next_round_of_hers(her, candidate, stranger):
    earlier = InterviewFactory(candidate=candidate, company="Kijani Foods Ltd", ended_hours_ago=200)
    agency = InterviewFactory(candidate=candidate, company="Bridge Recruiters", ended_hours_ago=100)
    theirs = InterviewFactory(candidate=stranger, company="Kijani Foods")
    shown = her.post(URL, {"text": invitation()})
    groups = [
        (title, [key for key, _name in some]) for title, some in shown.context["form"].fields["previous"].choices[1:]
    ]
    assert groups == [
        ("The same company", [str(earlier.public_id)]),
        ("Your other interviews", [str(agency.public_id)]),
    ]
    refused = save(her, shown, previous=str(theirs.public_id))
    assert refused.context["form"].errors == {"previous": ["Choose one of your earlier interviews."]}
    save(her, shown, previous=str(agency.public_id))
    assert Interview.objects.latest("id").previous == agency


def test_an_update_keeps_the_round_before(her, candidate):
    earlier = InterviewFactory(candidate=candidate, company="Kijani Foods", ended_hours_ago=200)
    keep(her, invitation(), previous=str(earlier.public_id))
    keep(her, invitation(days=4, sequence=1))
    assert Interview.objects.latest("id").previous == earlier


@pytest.mark.parametrize(("number", "queries"), [(1, 1), (30, 1)])
def test_the_rounds_to_choose_from_take_one_query(candidate, number, queries, django_assert_num_queries):
    InterviewFactory.create_batch(number, candidate=candidate)
    with django_assert_num_queries(queries):
        same, others = rounds_to_choose(candidate=candidate, company="Kijani Foods")
    assert len(same) + len(others) == number


def test_by_hand_a_round_under_another_name_is_in_the_fold(her, candidate, stranger):
    agency = InterviewFactory(candidate=candidate, company="Bridge Recruiters", ended_hours_ago=100)
    theirs = InterviewFactory(candidate=stranger)
    sent = {"company": "Kijani Foods", "ended": "now", "decides": "unknown", "zone": "Africa/Nairobi"}
    refused = her.post("/interviews/new/", {**sent, "round_of": str(theirs.public_id)})
    assert refused.context["form"].errors == {"round_of": ["Choose one of your earlier interviews."]}
    her.post("/interviews/new/", {**sent, "round_of": str(agency.public_id)})
    assert Interview.objects.latest("id").previous == agency


# In the demo.


def test_the_demo_has_an_invitation_to_try_and_nothing_else_has(her, settings):
    settings.AFTERWORD_DEMO = False
    assert her.get(URL).context["sample"] == ""
    settings.AFTERWORD_DEMO = True
    text = her.get(URL).context["sample"]
    shown = her.post(URL, {"text": text})
    form = shown.context["form"]
    assert [form[name].value() for name in ("company", "role_title", "zone", "country")] == [
        "Lakeside Printers", "Production editor", "Africa/Nairobi", "KE",
    ]  # fmt: skip
    assert form.to_look_at == []
    save(her, shown)
    interview = Interview.objects.get()
    assert (interview.status, interview.starts_wall.hour, interview.starts_wall.weekday() < 5) == ("planned", 10, True)


# Rounds.


def test_her_own_interviews_there_are_rounds(her, candidate):
    earlier = InterviewFactory(candidate=candidate, company="Kijani Foods")
    InterviewFactory(candidate=candidate, company="Other")
    page = her.get("/interviews/rounds/", {"company": "kijani foods ltd"})
    assert [each.pk for each in page.context["rounds"]] == [earlier.pk]
    assert her.get("/interviews/rounds/", {"company": "Kij"}).content.decode().strip() == ""


@pytest.mark.parametrize(
    ("answer", "is_round", "goes_on"), [("yes", True, "debrief"), ("none", False, "debrief"), ("", False, "logged")]
)
def test_the_question_of_rounds_is_asked_once(her, candidate, answer, is_round, goes_on):
    earlier = InterviewFactory(candidate=candidate, company="Kijani Foods", ended_hours_ago=200)
    previous = str(earlier.public_id) if answer == "yes" else answer
    sent = {
        "company": "Kijani Foods",
        "ended": "now",
        "decides": "unknown",
        "zone": "Africa/Nairobi",
        "previous": previous,
    }
    response = her.post("/interviews/new/", sent)
    interview = Interview.objects.latest("id")
    assert response.url == f"/interviews/{interview.public_id}/{goes_on}/"
    assert (interview.previous == earlier) is is_round


def test_one_line_is_stored_and_shown(her, candidate):
    response = her.post("/interviews/quick/", {"line": "K Books just now, decide tomorrow, Grace was kind"})
    interview = Interview.objects.get()
    today = to_wall(timezone.now(), candidate.zone).date()
    assert (interview.company, interview.status, interview.decision_on, interview.notes) == (
        "K Books", "held", today + timedelta(days=1), "Grace was kind",
    )  # fmt: skip
    assert response.url == f"/interviews/{interview.public_id}/logged/"
    form = her.get(response.url).context["form"]
    assert [form["company"].value(), form["notes"].value()] == ["K Books", "Grace was kind"]


def test_what_was_understood_is_put_right(her, candidate):
    earlier = InterviewFactory(candidate=candidate, company="K Books", ended_hours_ago=200)
    url = her.post("/interviews/quick/", {"line": "K Books"}).url
    interview = Interview.objects.latest("id")
    ends = (interview.ends_wall - timedelta(hours=1)).isoformat(timespec="minutes")
    response = her.post(
        url, {"company": "K Books Ltd", "ends_wall": ends, "decision_on": "", "previous": str(earlier.public_id)}
    )
    interview.refresh_from_db()
    assert response.url == f"/interviews/{interview.public_id}/debrief/"
    assert (interview.company, interview.previous, interview.ends_wall.isoformat(timespec="minutes")) == (
        "K Books Ltd",
        earlier,
        ends,
    )


@pytest.mark.parametrize("line", ["", "   ", "grace@kijani.example", "x" * 301])
def test_a_line_without_a_company_is_asked_again(her, line):
    response = her.post("/interviews/quick/", {"line": line})
    assert (response.status_code, list(response.context["quick"].errors)) == (200, ["line"])
    assert not Interview.objects.exists()


def test_a_decision_before_the_interview_is_kept_as_a_jotting(her):
    her.post("/interviews/quick/", {"line": "K Books tomorrow 10:00, decide today"})
    interview = Interview.objects.get()
    assert (interview.status, interview.decision_on) == ("planned", None)
    assert interview.notes == "K Books tomorrow 10:00, decide today"


def test_today_and_the_list_have_the_line(her):
    for url in ("/today/", "/interviews/"):
        assert 'action="/interviews/quick/"' in her.get(url).content.decode()


# The API.


def test_the_api_reads_and_stores_nothing(her):
    answer = her.post("/api/v1/interviews/invitation/", {"text": invitation()}, **JSON).json()
    (one,) = answer["appointments"]
    assert (one["company"], one["invitation_uid"], one["interview"], one["changes"]) == (
        "Kijani Foods",
        "one@kijani.example",
        None,
        [],
    )
    assert one["people"] == [{"name": "Grace Wanjiru", "email": "grace@kijani.example", "kind": "interviewer"}]
    assert not Interview.objects.exists()


def test_the_api_stores_what_it_read_and_finds_it_again(her):
    (one,) = her.post("/api/v1/interviews/invitation/", {"text": invitation()}, **JSON).json()["appointments"]
    names = ("company", "starts_wall", "ends_wall", "zone", "notes", "invitation_uid", "invitation_sequence")
    body = {name: one[name] for name in names}
    stored = her.post("/api/v1/interviews/", {**body, "planned": True}, **JSON)
    assert (stored.status_code, her.post("/api/v1/interviews/", {**body, "planned": True}, **JSON).status_code) == (
        201,
        409,
    )
    (two,) = her.post("/api/v1/interviews/invitation/", {"text": invitation(days=3, sequence=1)}, **JSON).json()[
        "appointments"
    ]
    assert (two["interview"], [change["what"] for change in two["changes"]], two["older"]) == (
        stored.json()["public_id"],
        ["When", "Who joins"],
        False,
    )
    patched = her.patch(f"/api/v1/interviews/{two['interview']}/", {name: two[name] for name in names}, **JSON)
    assert patched.json()["invitation_sequence"] == 1
    (three,) = her.post("/api/v1/interviews/invitation/", {"text": invitation()}, **JSON).json()["appointments"]
    assert three["older"] is True


@pytest.mark.parametrize(("text", "status"), [("Dear Achieng", 422), ("", 400), ("x" * 300_000, 400)])
def test_the_api_says_what_is_none(her, text, status):
    response = her.post("/api/v1/interviews/invitation/", {"text": text}, **JSON)
    assert (response.status_code, list(response.json()["errors"])) == (status, ["text"])


def test_the_api_takes_a_line_and_tells_of_rounds(her):
    first = her.post("/api/v1/interviews/quick/", {"line": "K Books just now"}, **JSON)
    assert (first.status_code, first.json()["company"]) == (201, "K Books")
    rounds = her.get("/api/v1/interviews/rounds/", {"company": "k books"}).json()["rounds"]
    assert [each["public_id"] for each in rounds] == [first.json()["public_id"]]
    second = her.post("/api/v1/interviews/", {"company": "K Books", "previous": rounds[0]["public_id"]}, **JSON)
    assert second.json()["previous"] == first.json()["public_id"]
