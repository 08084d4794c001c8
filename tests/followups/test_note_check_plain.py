"""What is never outvoted by the words around it: plain admissions, and answers that are announced."""

import pytest

from followups.note_check import check_note
from followups.note_check.admissions import admits
from followups.note_check.passages import Kind, passages
from followups.note_check.text import read_note


def codes(body):
    return {
        found.code
        for found in check_note(f"Dear Ann,\n\nThank you for the tour of the mill. {body}\n\nBest wishes,\nBo")
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Following our talk about the reef tank on Thursday I know I sounded clueless about salinity.",
        "I came across as rather wooden.",
        "Please pardon that I did so poorly on the timed brief.",
        "I am ashamed of how I read the chart, although the ward itself was wonderful.",
        "I did myself no favours on Monday.",
        "I must have bored you on the second day, and the weaving shed was wonderful.",
        "My Python is weaker than what you are looking for, and the fraud scoring is very interesting.",
        "I would love another shot at the second exercise.",
        "Would it be possible to reschedule my interview?",
        "It was hardly the impression I had hoped to leave.",
        "This makes me look careless, which I am not.",
        "Pardon my hesitant and muddled answers about the pumps.",
        "I know that was thoughtless of me.",
        "The suite deserved better than what I gave it.",
        "Next to the others in the corridor I am nowhere.",
        "I was slowing everybody down.",
        "My spoken French is very bad.",
        "I gave you so little to work with.",
        "My second seam was crooked and I know it.",
        "I'm no good at talking about my own work.",
        "It wasn't very professional of me.",
        "If possible I would be glad to get a second chance at the dictation.",
        "In the pruning task I worked below my usual standard.",
        "I gave a poor estimate of the tonnage.",
        "I wish I could have explained the lock gates more clearly.",
        "I was rubbish at the reversing test, I know.",
        "I ask you for another opportunity to be interviewed.",
        "I know my experience is too little for the post.",
        "I can't have made a very good impression on Monday.",
        "It was embarassing to hold up an empty folder.",
        "i know my slides were pants",
        "I felt two inches tall.",
        "You must have wondered how I ever passed my driving test.",
        "I wish I'd had something wiser to say on the hedges.",
        "I am all fingers and thumbs on a stage.",
        "I was hopeless at drawing the circuit.",
        "I dithered over the second lever.",
        "I went on far too long about my goats.",
        "Excuse my broken English on the phone.",
        "It was not right of me to ask.",
        "Everybody on that bench was so much quicker than me.",
    ],
)
def test_a_plain_admission_is_found_whatever_stands_beside_it(sentence):
    assert "self_deprecation" in codes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I was embarrassed by your kindness.",
        "At school I was hopeless at sums, and look at me now.",
        "If I came across as dull, your dog did not mind.",
        "My connection was poor.",
        "I would love another chance to see the hatchery.",
        "I did not come across a better workshop all year.",
        "The apprentice looked terrible and sang beautifully.",
        "It was embarrassing to hear how little the county pays.",
        "I felt small beside the old crane.",
        "We talked far too long about your goats, and I loved it.",
        "I was hopeless at drawing the cat until I bought one.",
        "I know my answers were clear enough.",
        "Everybody said the new ferry was faster than the old one.",
    ],
)
def test_and_what_only_sounds_like_one_is_not(sentence):
    assert not any(admits(one) for one in read_note(sentence).sentences)


ANSWER = "I meet each side alone. I write down what each one fears most. Nobody is asked to decide on the first day."


def test_what_follows_a_question_that_is_named_is_an_added_answer():
    assert "too_long" in codes(f"You asked how I handle families who disagree. {ANSWER}")


def test_also_where_an_answer_tells_what_breaks():
    answer = "I would listen first. Mostly the seal has slipped off. Only after that would I open the pump."
    found = codes(f"You asked how I would look for the leak. {answer}")
    assert "too_long" in found and "dwelling" not in found


def test_also_where_something_is_to_be_added():
    answer = "Two men sort by size. A third one reads the labels. Nothing waits for longer than an hour."
    assert "too_long" in codes(f"There is something I would add about the sorting line. {answer}")
    assert "too_long" in codes(f"To answer the sorting question in full: we start at six. {answer}")


def test_what_somebody_had_in_mind_is_the_reason_for_a_mistake_and_no_blame():
    found = codes("My answer about the tide was wrong. I suppose I was thinking of the winter table.")
    assert "dwelling" in found and "self_deprecation" not in found


def test_an_apology_for_the_english_of_the_letter_is_no_more_than_that():
    found = codes("Please excuse my bad English in this mail.")
    assert "apology" in found and "self_deprecation" not in found


def test_sorry_may_come_last():
    assert "apology" in codes("I spoke over the second speaker and I am sorry.")


def test_to_be_kept_in_mind_asks_for_no_pardon():
    assert "apology" not in codes("I know I was hopeless at the scales. I do hope you will bear me in mind anyway.")


def test_an_offer_after_words_against_oneself_is_no_more_of_them():
    found = codes(
        "I came over badly, I'm hopeless at selling my own work. My portfolio still opens if you'd want another look at it."
    )
    assert "self_deprecation" in found and "dwelling" not in found


def test_until_the_subject_turns_back_to_the_reader():
    body = "You asked how I handle families who disagree. I meet each side alone. Your garden is lovely. I grew up on a farm. It had bees."
    kinds = [each.kind for each in passages(read_note(f"Dear Ann,\n\n{body}"))]
    assert kinds[1] is Kind.CORRECTION and kinds[2:] == [Kind.OTHER] * 3
    assert "too_long" not in codes(body)
