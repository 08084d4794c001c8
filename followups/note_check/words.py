"""Words as people type them in mail, brought to one spelling: case, accents, contractions, slang, misspellings."""

import re
import unicodedata
from functools import lru_cache

from followups.note_check.classes import word_set

INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")

_WHOLE = {
    "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not", "wont": "will not",
    "shan't": "shall not", "ain't": "am not", "let's": "let us", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "wasnt": "was not", "werent": "were not", "couldnt": "could not", "shouldnt": "should not",
    "wouldnt": "would not", "isnt": "is not", "arent": "are not", "havent": "have not", "hadnt": "had not",
    "neednt": "need not", "mustnt": "must not", "im": "i am", "ive": "i have", "thats": "that is", "youre": "you are",
    "gonna": "going to", "wanna": "want to", "u": "you", "ur": "your", "pls": "please", "plz": "please",
    "plse": "please", "coz": "because", "cos": "because", "bcoz": "because", "bcos": "because", "cuz": "because",
    "abt": "about", "soz": "sorry", "sry": "sorry", "srry": "sorry", "soree": "sorry", "sowry": "sorry", "sozz": "sorry", "sowwy": "sorry",
    "sori": "sorry", "thx": "thanks", "thnx": "thanks", "tnx": "thanks", "tks": "thanks", "thks": "thanks",
    "thanx": "thanks", "thankyou": "thank you", "thanku": "thank you", "ty": "thank you", "tysm": "thank you",
    "offense": "offence", "upto": "up to", "alot": "a lot", "whilst": "while", "&": "and", "screwup": "screw up",
    "myself": "myself", "i'd": "i would", "could've": "could have", "should've": "should have",
    "would've": "would have", "shoulda": "should have", "coulda": "could have", "realised": "realized",
    "realise": "realize", "apols": "apologies", "apol": "apologies", "apologises": "apologizes",
}  # fmt: skip
_ENDINGS = {"n't": " not", "'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would"}
_PRONOUN_S = {"it", "that", "he", "she", "there", "here", "what", "who", "this", "where", "how"}

PARTICIPLES = word_set(
    "been gone done seen had taken given written spoken forgotten left lost got gotten made said told thought brought bought caught felt found kept meant met "
    "slept sent spent stood understood misunderstood broken driven eaten fallen flown known shown worn torn chosen stolen begun drunk sung sunk swum rung held heard "
    "built burnt learnt dreamt spilt spelt misspelt taught sold paid laid led sat won woken frozen hidden mistaken overslept better thrown drawn grown blown risen "
    "shaken sworn wound fought sought stuck struck hung dug fed fled misled misread misheard mixed"
)
_STRETCHED = re.compile(r"([a-z])\1\1+")
_OFTEN_STRETCHED = word_set("so very really thanks thank thx sorry soz you please pls way much love loved no yes my oh")
"""Words that people draw out: "soooo sorry"."""
# Misspellings are mended towards these words only, and never away from a word of _REAL.
TARGETS = (
    "sorry", "apologize", "apologized", "apologizing", "apology", "apologies", "apologetic", "forgive", "forgiveness", "pardon",
    "excuse", "overlook", "thank", "thanks", "grateful", "gratitude", "appreciate", "appreciated", "appreciation",
    "nervous", "embarrassed", "embarrassing", "embarrassment", "ashamed", "terrible", "terribly", "stupid",
    "samahani", "asante", "regret", "inconvenience", "please", "kindly", "performance", "disappointed", "really",
    "mistake", "answered", "interview", "prepared", "unprepared",
)  # fmt: skip
_REAL = word_set(
    "worry lorry story sort sorts sorrow sore sour spry than tank think thin shank thanked thankful tanks thane hank "
    "graceful gratefully person parson garden pardoned pardons excused excuses excuse execute forgave forgiven "
    "forgives forgiving foregone forge forgot forget overlooked overlooks overlooking outlook appreciates "
    "appreciating depreciate depreciated nerves nervously server service embarrass embarrasses prepare prepares "
    "preparing repaired performances perform performed disappoint disappoints disappointing please pleased pleas "
    "phrase release kind kindle kingly mistakes mistaken mistook answers answer answering interviews interviewed "
    "interviewer interviewing regrets regretted regent regretting inconveniences stupidly studio studied student "
    "rally ready reality asked ashes shamed terribly apologise apologist terrific thinks thing things those these "
    "there their their trunk though through solely surely sorely sorted sorting terrace thanking tanned scary sherry "
    "asthma assent asset assented"
)
_BY_INITIAL: dict[str, tuple[str, ...]] = {}
for _target in TARGETS:
    _BY_INITIAL[_target[0]] = (*_BY_INITIAL.get(_target[0], ()), _target)
_LETTERS = {target: frozenset(target) for target in TARGETS}


@lru_cache(maxsize=8192)
def normal_words(raw: str) -> tuple[str, ...]:
    """Return the plain words that one written word stands for: "Can’t" gives ("can", "not"), and one of apostrophes nothing."""
    word = unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw)).casefold()
    word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    word = word[:40].replace("\u2019", "'").replace("\u02bc", "'").replace("\u2018", "'").replace("`", "'").strip("'")
    if (stretched := _STRETCHED.sub(r"\1", word)) != word and stretched in _OFTEN_STRETCHED:
        word = stretched
    if word in _WHOLE:
        return tuple(_WHOLE[word].split())
    for ending, full in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending), full.strip())
    if word.endswith("'s"):
        stem = word[:-2]
        return (stem, "is") if stem in _PRONOUN_S else (stem, "'s")
    return (_spelled(word),) if word else ()


def _spelled(word: str) -> str:
    if word.startswith("apologis"):
        word = "apologiz" + word[8:]
    if len(word) < 4 or len(word) > 16 or word in _REAL or word in TARGETS:
        return word
    near = 1 if len(word) < 8 else 2
    for target in _BY_INITIAL.get(word[0], ()):
        if abs(len(word) - len(target)) <= near and _is_misspelling(word, target, near):
            return target
    return word


def _is_misspelling(word: str, target: str, near: int) -> bool:
    """Say whether `word` is `target` mistyped: the same consonants in order, or few slips (a swap counts as one)."""
    letters, wanted = set(word), _LETTERS[target]
    if len(letters - wanted) > near or len(wanted - letters) > near:
        return False  # each of these letters would be a slip of its own
    if sorted(word) == sorted(target) and word[-1] == target[-1] and len(word) > 4:
        return True
    return slips(word, target, near) <= near


def slips(one: str, other: str, most: int) -> int:
    """Return the optimal string alignment distance, or a number above `most`. Words are short (≤ 18 letters)."""
    # What both begin and end with costs nothing, and in most words that are mistyped little is left.
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
