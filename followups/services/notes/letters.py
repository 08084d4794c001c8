"""What the reader of a note receives, and what her own mail program is given."""

from followups.services import letters


def letter_of(note):
    """The letter as Afterword would send it now."""
    return letters.in_her_name(
        note.candidate, to_name=note.to_name, to_email=note.to_email, subject=note.subject.strip(), body=note.body
    )


def text_hash(note):
    """SHA-256 of exactly what the reader would receive."""
    return letter_of(note).hash


def eml_of(note):
    """The note as a file that a mail program opens as a draft, from her own address."""
    return letters.eml(letter_of(note))


def mailto_of(note):
    """A link that opens her mail program with the note in it."""
    return letters.mailto(note.to_email, note.subject, letters.normal_text(note.body))
