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


@pytest.mark.parametrize(
    "sentence",
    [
        "I am so so sorry that the tea went over your ledger.",
        "I beg for excuse that the parrot was shouting.",
        "I ask for your excuse that the line was poor on my side.",
        "I must excuse myself for the dog.",
        "Kindly grant pardon for the hammering.",
        "Pole sana for keeping you at the gate.",
        "Pole sana kwa kuchelewa.",
        "I left the lid off the churn. I'm sorry about your coat.",
        "I'm sorry about your coat. I left the lid off the churn.",
    ],
)
def test_pardon_is_begged_in_many_englishes(sentence):
    assert "apology" in codes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I had to excuse myself from the table for a moment.",
        "The drivers never ask for excuses.",
        "Pole sana for the burst dam.",
        "Pole sana for your uncle.",
        "I'm so so sorry about your uncle.",
    ],
)
def test_and_sympathy_in_many_englishes_begs_none(sentence):
    assert "apology" not in codes(sentence)


@pytest.mark.parametrize("greeting", ["hi thnak you so much for the tour", "Hello Ann thansk for the tour"])
def test_a_greeting_ends_where_thanks_begin_however_they_are_spelled(greeting):
    text = f"{greeting}, the mill is grand\n\nBo"
    assert "no_thanks" not in {found.code for found in check_note(text)}


def test_a_name_like_a_word_of_thanks_is_part_of_the_greeting():
    note = read_note("Dear Thanh,\n\nThe mill is grand.\n\nBo")
    assert note.text[slice(*note.greeting)] == "Dear Thanh,"


@pytest.mark.parametrize(
    "sentence",
    [
        "Grateful fishermen waved from the quay.",
        "A grateful widow had baked for the crew.",
        "You should see how grateful the pupils were.",
    ],
)
def test_gratitude_of_others_is_no_thanks(sentence):
    assert "no_thanks" in {found.code for found in check_note(f"Dear Ann,\n\n{sentence}\n\nBo")}


@pytest.mark.parametrize("sentence", ["Grateful thanks for the tour.", "A grateful candidate writes to you."])
def test_that_of_the_writer_is(sentence):
    assert "no_thanks" not in {found.code for found in check_note(f"Dear Ann,\n\n{sentence}\n\nBo")}


@pytest.mark.parametrize(
    "sentence",
    [
        "I am not really good enough in algebra for your school.",
        "I was not quick enough at the scales.",
        "I am too shy before a full hall.",
        "I have no ear for dialects.",
        "I am not up to the standard of your crew.",
        "I was far too slow with the long ladder.",
    ],
)
def test_too_little_or_too_much_of_a_quality_is_said_against_oneself(sentence):
    assert "self_deprecation" in codes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Your quay is not strong enough for the new crane.",
        "My sister is too shy for the stage.",
        "Please do not hurry the decision on my account.",
        "The drive I handed you was empty.",
        "The cap was not on properly.",
        "I think it went well.",
        "I know, I know, but every sailor asks for it.",
    ],
)
def test_of_others_and_of_things_it_is_not(sentence):
    assert "self_deprecation" not in codes(sentence)


@pytest.mark.parametrize(
    "body",
    [
        "I wrongly told you that I can begin in May. Kindly forgive me for this muddle.",
        "I did not see that the hour was in Lisbon time. I ask you to excuse me for this.",
        "I scraped the kerb twice. It made me look a beginner.",
    ],
)
def test_what_an_apology_or_blame_points_back_to_is_the_mistake(body):
    assert "dwelling" in codes(body)


@pytest.mark.parametrize(
    "body",
    [
        "My term ends in May. Kindly forgive me for this question.",
        "I rode the barge twice. It made me look at the valley anew.",
        "When the siren went I took it for part of the test! Out on the quay I heard more from Jo than any leaflet could tell.",
        "The dean asked what I would miss. I said the hills, and I have been thinking of it since. I was sorry that the mist hid the spire.",
        "Just a short follow-up on my interview. I thought it went well. When will you decide?",
        "Section 4 answers the very question I had. I will read the rest before our call.",
        "I'm sorry to have missed the regatta. My aunt sent me a film of it.",
        "I have gone through the rules of the dock twice. Nothing in them worried me.",
    ],
)
def test_what_only_stands_there_is_none(body):
    assert "dwelling" not in codes(body) and "self_deprecation" not in codes(body)


def test_what_was_good_to_see_is_no_correction():
    body = "Good to see the pump house and not only the office. On the flow I said 4 litres. It is 6 at the outlet."
    assert "too_long" not in codes(body)


def test_letters_that_are_drawn_out_change_no_word():
    assert "apology" in codes("Soooo sorry about the mud!")


def test_what_a_mistake_is_called_is_said_against_oneself():
    assert "self_deprecation" in codes("I left the cap off the ink. For a calligrapher that is humiliating.")
    assert "self_deprecation" not in codes("Your rival copies your labels. For a printer that is humiliating.")
