"""What each code says: why it matters, in a line, and a neutral way on. The caller translates."""

from accounts.when import gettext_noop

ERROR, WARNING = "error", "warning"

# code: (severity, message, suggestion)
TEXTS: dict[str, tuple[str, str, str]] = {
    "apology": (
        ERROR,
        gettext_noop(
            "An apology moves the attention from you to what went wrong; most readers had not given it a thought."
        ),
        gettext_noop(
            "Leave this sentence out, or give the new fact only: “When we spoke about X, one thing I would add: …”"
        ),
    ),
    "self_deprecation": (
        ERROR,
        gettext_noop("This speaks against you, and what you write about yourself is what stays with the reader."),
        gettext_noop(
            "Leave this sentence out, or say what you would answer today: “When we spoke about X, one thing I would add: …”"
        ),
    ),
    "dwelling": (
        ERROR,
        gettext_noop("Several sentences about it make it larger than it was in the room."),
        gettext_noop("Keep what is so, in one sentence, and leave out how it came about and how it felt."),
    ),
    "too_long_words": (
        ERROR,
        gettext_noop("Over 200 words a note is put aside for later, and later often means not at all."),
        gettext_noop("Keep the thanks, one thing you talked about and one thing you would add."),
    ),
    "rather_long": (
        WARNING,
        gettext_noop("Notes of up to 150 words are read at once; this one is a little longer."),
        gettext_noop("See whether one sentence can go."),
    ),
    "too_long_correction": (
        ERROR,
        gettext_noop("The longer an explanation, the less it helps: two sentences of new information are the most."),
        gettext_noop("Keep the one fact they did not hear, in two sentences at most."),
    ),
    "two_corrections": (
        WARNING,
        gettext_noop("Two things put right in one note read like a list of regrets."),
        gettext_noop("Keep the one that matters most for this job."),
    ),
    "too_long_letter": (
        ERROR,
        gettext_noop("A letter like this is read when it is three sentences or fewer."),
        gettext_noop("Say what is right, where it came up, and thank them."),
    ),
    "too_long_input": (
        ERROR,
        gettext_noop("This is far too long for a note; only its beginning was checked."),
        gettext_noop("See whether something else was pasted in with it."),
    ),
    "no_thanks": (
        ERROR,
        gettext_noop("There is no thanks in this note yet, and thanks is what it is for."),
        gettext_noop("Begin with it: “Thank you for …”, and name one thing they gave you time for."),
    ),
    "generic": (
        WARNING,
        gettext_noop("This note could go to anybody: nothing in it comes from your conversation."),
        gettext_noop("Name one thing you talked about, something they said, or something you saw there."),
    ),
    "copy_paste": (
        WARNING,
        gettext_noop("This is nearly the same as another note to this panel, and panels compare."),
        gettext_noop("Give each person the one thing you talked about with them."),
    ),
    "placeholder": (
        ERROR,
        gettext_noop("There is still a gap here, to be filled in."),
        gettext_noop("Fill it in, or take it out."),
    ),
    "wrong_name": (
        ERROR,
        gettext_noop("This greets somebody else than the person the note goes to."),
        gettext_noop("Check the name against your interview."),
    ),
    "wrong_company": (
        ERROR,
        gettext_noop("This names another company than the one you interviewed with."),
        gettext_noop("Check the company's name, here and in the subject."),
    ),
    "pressure": (
        WARNING,
        gettext_noop("Asking for the job or for another chance puts the reader under pressure."),
        gettext_noop("Say what interests you about the work instead; the decision is theirs."),
    ),
    "gift": (
        WARNING,
        gettext_noop("A gift can look like a bribe, and many people may not accept one."),
        gettext_noop("Leave it out; the note is enough."),
    ),
    "bad_mouthing": (
        WARNING,
        gettext_noop("Speaking ill of others makes readers wonder what will be said of them."),
        gettext_noop("Leave it out, or say what you are looking for instead."),
    ),
    "contact_prohibited": (
        ERROR,
        gettext_noop("They asked that nobody writes to them after the interview."),
        gettext_noop("Better left unsent; a referee can mention it if they call."),
    ),
    "late": (
        WARNING,
        gettext_noop("More than two days have passed since the interview."),
        gettext_noop("Send it today or let it be; either is fine, and there is no need to mention the delay."),
    ),
}
