"""Finds where the writer says sorry, or asks to be forgiven, overlooked, not judged, borne with.

Each way of saying it is read with its surroundings: who says it, whether it is denied, and what for. Sympathy, regret
about circumstances, what others said or should say, and apology as a subject are left alone.
"""

import re

from followups.note_check.classes import CLASSES, word_set
from followups.note_check.phrases import Phrases
from followups.note_check.text import Sentence

_BEFORE, _BEHIND = 9, 14


_SPARED = re.compile(r"^(?:mr|ms|mrs|dr|him|her|them|staff) ")


def apologises(sentence: Sentence) -> bool:
    """Say whether the writer apologises in this sentence."""
    for at, word in enumerate(sentence.words):
        if (check := _CHECKS.get(word)) and check(_left(sentence, at), _right(sentence, at), sentence, at):
            return True
    if found := _PLEAS.search(sentence.text, sentence.keys):
        if _SPARED.match(sentence.text[found.end() :]) and found.group().endswith(("excuse ", "pardon ", "forgive ")):
            return False
        before = sentence.text[: found.start()]
        return not (_is_denied(before) or before.endswith(" rather ") or found.group().startswith(("rather ",)))
    return any(script in sentence.text for script in _OTHER_SCRIPTS)


def _left(sentence: Sentence, at: int) -> str:
    return " " + " ".join([*sentence.words[max(0, at - _BEFORE) : at], ""])


def _right(sentence: Sentence, at: int) -> str:
    return " " + " ".join([*sentence.words[at + 1 : at + 1 + _BEHIND], ""])


def _clause(left: str) -> str:
    """Return what stands before the word in the same clause."""
    return left.rpartition(" , ")[2].strip()


_DENIAL = re.compile(
    r" (?:not|never|no|nothing|without|nor|hardly|stop|needless|unnecessary|rather than|instead of|than to|neither|none) "
)


def _is_denied(left: str) -> bool:
    clause = " " + _clause(left) + " "
    return bool(_DENIAL.search(clause.replace(" not only ", " ").replace(" can not ", " ").replace(" could not ", " ")))


# --- sorry

_ADJECTIVE = re.compile(
    r" (?:state|sight|tale|story|affair|excuse|lot|business|figure|condition|looking|little|is|was|seems) "
)
_SELF_BEFORE = re.compile(r"(?:^| )(?:i|we|am|me|myself)(?: [^ ]+){0,6}$")
_FILLS = word_set(
    "so very truly really oops and but again also once first oh please btw am terribly extremely sincerely deeply awfully "
    "most well ah hi hello dear just well yes lastly finally secondly ps p s incredibly genuinely my too pole whoops ooh "
    "super madly honestly anyway frightfully dreadfully heartily ever then firstly feel feeling felt man ugh"
)
_SOMEBODY = word_set(
    "you he she they who it staff team everyone everybody people is are were seem seemed sounded looked be being the a his "
    "her their your this of feel felt"
)
_SAYS = re.compile(
    r"(?:^| )(?:i|let me|me|want|wanted|wish|like|must|should|have|need|writing|first|just|am|to|allow me)(?: [^ ]+){0,3}"
    r" (?:say|saying)(?: (?:i am|a|so|very|how|that|truly|really|big|huge|the|again|am|i)){0,4}$"
)
_SYMPATHY_VERB = re.compile(
    r"^ (?:to (?:hear|learn|read|see|find|discover|note|know|understand|leave|lose|part|say goodbye|go|say (?!i |my )"
    r"|be (?:leaving|missing|parting|told|going)|have (?:heard|learnt|learned|read|seen|left|to leave|to go)"
    r"|miss|have missed)|(?:when|as) (?:i|we) (?:heard|learnt|learned|read|left|saw|had to leave)"
    r"|that (?:i|we) (?:did not get|could not (?:see|meet|stay|visit|join)|never (?:met|saw|got)|had no chance)) "
)
_MISSED_SLOT = re.compile(
    r"^ to (?:have missed|miss) (?:you are |your |the |my |our |an |a )?(?:[^ ]+ )?(?:call|interview|start|slot|appointment|deadline|meeting|email|message) "
)
_NOT_TO = re.compile(
    r"^ (?:not|never) to (?!have (?:told|warned|written|replied|answered|been|brought|sent|let|called|come|informed))"
)
_SYMPATHY_THING = re.compile(
    r" (?:loss|losses|death|passing|bereavement|weather|rain|rains|news|fire|flood|floods|flooding|illness|sickness"
    r"|theft|robbery|closure|redundancies|layoffs|farmers|families|family|people|colleagues|those|anyone|everyone|whoever"
    r"|victims|him|her|them|msiba|kufiwa|ugonjwa|demise|defeat|tragedy|storm|drought|burglary|cancellation_of) "
)
_YOUR_TROUBLE = {"time", "inconvenience", "trouble", "wait", "wasted", "precious", "confusion", "disappointment", "patience",
                 "having", "valuable", "evening", "afternoon", "morning", "weekend", "name", "schedule", "being"}  # fmt: skip
_MINE = re.compile(r" (?:i|my|me|mine|myself) ")
_MY_DOING = re.compile(
    r" (?:my|me|mine) | i (?:was|did|had|kept|made|forgot|failed|caused|took|gave|lost|missed|sent) |^ (?:that )?(?:this|it) (?:[^ ]+ ){0,5}(?:late|long|delayed|short) "
)
_CIRCUMSTANCE_SUBJECT = {"you", "your", "he", "she", "they", "his", "her", "their", "there", "we", "our", "mr", "ms", "mrs", "dr",
                         "the", "this", "that", "it", "these", "those", "a", "an", "such", "both", "nobody", "no", "some",
                         "so", "most", "another", "one", "everyone", "two"}  # fmt: skip
_ARTEFACT = re.compile(
    r"^ (?:that |if |because )?(?:the |this |that |these |it |some |a |an )?(?:[^ ]+ ){0,2}?(?:note|message|mail|email|e|letter|reply|link|links|file"
    r"|files|attachment|attachments|document|documents|line|audio|video|camera|sound|connection|noise|phone|delay"
    r"|is late|took so long|took this long|is long|is so|is a bit|comes late|answer|answers|took me|handwriting|is rather) "
)
_LET_DOWN_SUBJECT = re.compile(
    r"^ (?:that |if )?(?:we (?:were late|kept|interrupted|overran|missed)|you (?:had to|were kept|were left|did not get my|could not hear|never got my))"
)


def _sorry(left: str, right: str, sentence: Sentence, at: int) -> bool:
    clause = _clause(left)
    before = clause.split()
    last = before[-1] if before else ""
    if _ADJECTIVE.match(right) and (
        last in {"a", "the", "this", "that", "its", "such", "in", "their", "your"} or not before
    ):
        return False
    enough = " enough " in right
    if _is_denied(left) and not enough and not re.search(r"not know how to (?:say|be)$", clause):
        return False
    if last in {"feel", "felt", "feeling"} and right.startswith(" for "):
        return False
    if last in {"say", "saying"} or re.search(r" say(?:ing)? (?:[^ ]+ ){0,4}$", " " + clause + " "):
        if not _SAYS.search(clause) or re.search(
            r"(?:^| )(?:you|they|he|she|who|how|people|staff)(?: [^ ]+){0,3} say", clause
        ):
            return enough and "i" in before
    elif last in {"said", "says", "safe", "than", "word"}:
        return False
    elif not all(word in _FILLS for word in before):
        if not _SELF_BEFORE.search(clause) and last in _SOMEBODY:
            return False
        subjects = [word for word in before if word in {"i", "you", "he", "she", "they", "we", "who", "it"}]
        if (
            subjects
            and subjects[-1] not in {"i", "we"}
            and last in {"is", "are", "were", "was", "be", "feel", "felt", "so", "very"}
        ):
            return False
        if (
            re.search(r"(?:would|will|shall|could|might) (?:[^ ]+ )?(?:be|feel)(?: (?:very|so|really|truly))?$", clause)
            and "for" not in right[:5]
        ):
            return False
    if right.strip() in {"", "for that"} and _OTHERS_GRIEF.search(sentence.text) and not _DID.search(sentence.text):
        return False
    return _is_for_own_doing(right, sentence, at)


_OTHERS_GRIEF = re.compile(
    r" (?:you|your|he|she|they|his|her|their|[^ ]+) (?:[^ ,]+ ){0,3}(?:lost|loss|died|passed|ill|unwell|sick|bereaved|suffered|closed|burned|burnt|failed|stolen|robbed) | (?:sad|sorry|heard|hear|hearing|learn) (?:[^ ,]+ ){0,3}(?:about|of|that) "
)
_DID = re.compile(
    r" (?:i|my|me) (?:[^ ,]+ ){0,1}(?:was|did|had|lost|missed|kept|failed|forgot|made|said|interrupted|called|phone|answer|dog) "
)
_PERSONS = re.compile(
    r" (?:growers|workers|members|neighbours|neighbors|players|owners|teachers|drivers|traders|survivors|customers|users|men|women|fans|crew|teams?|kids"
    r"|[^ ]+s(?= who)"
    r"|children|parents|patients|animals|pupils|students|staff|herders|fishermen|birds|cows|goats|horses) (?:who|that|there|in|on|of|at|$)"
)


def _is_for_own_doing(right: str, sentence: Sentence, at: int) -> bool:
    """Read what stands after "sorry": is it something the writer did?"""
    right = re.sub(r"^ (?:(?:again|once more|indeed|really|so much|too|guys|sir|madam|maam|all|and) )+", " ", right)
    if _SYMPATHY_VERB.match(right):
        return bool(_MISSED_SLOT.match(right))
    if _NOT_TO.match(right):
        return False
    if re.match(
        r"^ (?:that )?i (?:could not|can not|cannot|did not get to|had to) (?:[^ ]+ )?(?:see|meet|visit|taste|watch|leave before)",
        right,
    ):
        return False
    words = right.partition(" ,")[0].split()
    if not words:
        return True
    first, rest = words[0], " " + " ".join(words[1:]) + " "
    if first in {"for", "about", "over", "regarding", "on", "kwa"}:
        if (
            _SYMPATHY_THING.search(" " + " ".join(words[1:7]) + " ")
            and not _MINE.search(rest)
            and not (len(words) > 1 and words[1].endswith("ing"))
        ):
            return False
        if _PERSONS.search(" " + " ".join(words[1:6]) + " ") and first in {"for", "about"} and not _MINE.search(rest):
            return False
        if rest.startswith((" you are ", " your ")):
            return any(word in _YOUR_TROUBLE for word in words[2:6])
        if rest.strip() in {"you", "her", "him", "them", "you all"}:
            return False
        return not re.match(
            r" (?:what (?!i |my )|how you|everything you|all you|all that you|all the trouble you)", rest
        )
    if re.match(
        r"^ if (?:you|anyone|anybody|he|she|they) (?:did|were|was|felt|found|thought|minded|had|are|feel)", right
    ):
        return True
    if first in {"that", "if", "because", "when", "as"} and len(words) > 1:
        first = words[1]
    if first in {"i", "my", "me", "mine", "for"}:
        return True
    if _ARTEFACT.match(right) or _LET_DOWN_SUBJECT.match(right):
        return True
    is_name = (
        at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].is_title and not sentence.tokens[at].word.isupper()
    )
    shouted = all(token.is_title for token in sentence.tokens[:12])
    if first in _CIRCUMSTANCE_SUBJECT or words[0] == "that" or (is_name and not shouted and len(words) > 2):
        return bool(_MY_DOING.search(" " + " ".join(words) + " ")) and first not in {"we"}
    return True


# --- apologise, apology

_WANTING = re.compile(
    r"(?:^| )(?:i|let me|allow me|permit me|we|me|am|want|wanted|wish|wished|like|love|need|have|had|must|ought|owe|writing|write|hasten|beg|just|here"
    r"|only|fair|right|remains)(?: (?:also|again|sincerely|just|first|really|to|like|begin by|start by|once more|humbly|deeply|"
    r"profusely|truly|would|do|must|should|need|want|wish|have|had|feel|i|am|writing|so|very|can|could|may|will|shall|publicly|"
    r"wholeheartedly|personally|most|and|then|therefore|formally|fully|not|thank you|you|if|might|hereby|heartily|unreservedly))*$"
)
_STORY = re.compile(r"^ (?:[^ ]+ ){0,2}?to (?:the|a|an|our|her|his|him|them|their|every|each|customers|clients|my) ")
_FRAMED = re.compile(
    r"(?:^| )(?:how|when|whenever|where|why|who|whom|whether|what|asked|asks|if you|should you)(?: |$)"
)


def _apologize(left: str, right: str, sentence: Sentence, at: int) -> bool:
    clause = _clause(left)
    if " enough " in right and re.search(r"(?:^| )i (?:can|could) not", clause):
        return True
    if _is_denied(left) or (" not " in f" {clause} " and " enough " not in right):
        return False
    if _FRAMED.search(clause) or (sentence.words[at] == "apologized" and _STORY.match(right)):
        return False
    if sentence.words[at] == "apologizing" and not re.search(r"(?:am|be|keep|begin by|start by|by|for)$", clause):
        return False
    if all(
        word in _FILLS or word in {"i", "we", "do", "to", "sincerely", "kindly", "humbly", "must", "would"}
        for word in clause.split()
    ):
        return sentence.words[at] != "apologizes"
    words = clause.split()
    subject = next(
        (w for w in reversed(words) if w in {"i", "you", "he", "she", "they", "we", "it", "him", "them", "her", "us"}),
        "",
    )
    if subject in {"you", "he", "she", "they", "him", "them", "it"} and not re.search(
        r"(?:thank you|beg you|to you|tell you)", clause
    ):
        return False
    return bool(_WANTING.search(clause)) and (subject in {"i", "we", ""} or "you" in words)


_APOLOGY_LEAD = re.compile(
    r"(?:(?:^| )(?:my|a|an|many|sincere|sincerest|deep|deepest|humble|humblest|profound|heartfelt|thousand|million|huge|big|belated"
    r"|warm|full|quick|short|brief|please|kindly|again|and|also|once more|most|very|so|with|unreserved|profuse|little|small"
    r"|genuine|honest|much|late|first|then|extreme|double|further|our|but|special|hearty|personal|ps|p|s|public|formal))*$"
)
_GIVING = re.compile(
    r"(?:^| )(?:accept|owe|offer|offering|extend|send|sending|convey|tender|make|give|express|render|pass|present|submit|add|include"
    r"|receive|take|with|beg|pass on|deserve|deserves|is|repeat)(?: (?:you|all|the|panel|to|on|both|everyone|everybody|team|him|her|them|please|this|these|here|also"
    r"|mr|ms|mrs|dr))*$"
)
_APOLOGY_GOES_ON = {"for", "about", "that", "if", "again", "to", "in", "on", "as", "regarding", "all", "everyone", "sir", "madam", ",",
                    "i", "my", "the", "once", "from", "over", "guys", "too", "but", "this", "when", "also", "and", "are", "it"}  # fmt: skip


def _apology(left: str, right: str, sentence: Sentence, at: int) -> bool:
    clause = _clause(left)
    if _is_denied(left):
        return False
    if right.startswith((" from me ", " from my ")):
        return True
    lead = _APOLOGY_LEAD.search(clause)
    start = lead.start() if lead else len(clause)
    head, adjectives = clause[:start].strip(), clause[start:].split()
    follows = right.split()
    if follows and follows[0] not in _APOLOGY_GOES_ON:
        return False
    if not head:
        return (
            bool(adjectives)
            or sentence.words[at] == "apologies"
            or (bool(follows) and follows[0] in {"for", "if", "that"})
        )
    if re.search(
        r"(?:^| )(?:you|they|he|she|who) (?:[^ ]+ )?(?:owe|owed|offer|send|make|gave|made|offered|sent)(?: |$)",
        head + " ",
    ):
        return False
    if re.search(r"(?:^| )(?:you are|your|their|his|her|'s|its)$", head):
        return False
    if re.search(r"(?:^| )(?:accept|owe)(?: [^ ]+){0,3}$", head):
        return not re.search(r"(?:^| )i (?:[^ ]+ )?accept", head)
    return "my" in adjectives or (
        bool(_GIVING.search(head)) and bool(re.search(r"(?:^| )(?:i|me|please|kindly|this)(?: |$)", head))
    )


# --- words of other languages, and pole (sorry in Kiswahili, a post in English)


def _foreign(left: str, right: str, sentence: Sentence, at: int) -> bool:
    before = _clause(left).split()
    return (
        not _is_denied(left)
        and not (before and before[-1] in {"word", "qq", "called", "means", "your", "you", "asking", "a"})
        and not (_SYMPATHY_THING.search(right))
    )


def _pole(left: str, right: str, sentence: Sentence, at: int) -> bool:
    if _clause(left) not in {"", "and", "na", "but", "lakini", "so", "oh", "also", "ni"} or _SYMPATHY_THING.search(
        right
    ):
        return False
    words = [word for word in right.split() if word != "sana"]
    if not words:
        return True
    return words[0] in {"for", "about", "kwa", "that", "i", ","} and not re.match(
        r" (?:kwa|for) (?:msiba|kazi|safari|kifo|mkasa|your|you|yaliyo|ajali)", " " + " ".join(words)
    )


def _pardon(left: str, right: str, sentence: Sentence, at: int) -> bool:
    """ "Pardon" alone, or before "pour"; the English verb is among the pleas."""
    if _clause(left) not in {"", "oh", "mille", "and", "thousand", "a thousand", "many"}:
        return False
    return bool(re.match(r"^(?: | , | for | pour | about )", right)) and right.split()[:1] in (
        [],
        [","],
        ["for"],
        ["pour"],
        ["about"],
        ["de"],
    )


_FOREIGN = word_set(
    "samahani samahanini nisamehe nisameheni mnisamehe unisamehe mtusamehe msamaha radhi niwie mniwie maaf maafi mafi maf kshama "
    "kshamaprarthi mazrat maazrat mazeret entschuldigung entschuldigen entschuldige entschuldigt verzeihung verzeihen verzeih desole "
    "desolee desoles excusez excusezmoi perdon perdona perdone perdonen disculpa disculpe disculpas disculpen desculpa desculpe "
    "desculpas scusa scusi scusate scuso scusami undskyld beklager forlat ursakta anteeksi izvinite izvini prostite przepraszam "
    "prepacte sumimasen gomen gomenasai gomennasai joesonghamnida mianhamnida mianhae duibuqi uxolo ngiyaxolisa verskoon signomi "
    "ddrwg m'excuse m'excuser t'excuse afsakid bocsanat maafkan minta_maaf zao ozur kusura mi_dispiace"
)

_CHECKS = {
    "sorry": _sorry,
    "apologize": _apologize, "apologized": _apologize, "apologizing": _apologize,
    "apology": _apology, "apologies": _apology,
    "pole": _pole, "poleni": _pole, "pardon": _pardon, "pardons": _pardon,
} | dict.fromkeys(_FOREIGN, _foreign)  # fmt: skip

_OTHER_SCRIPTS = (
    "извин", "прости", "простите", "вибач", "申し訳", "すみません", "ごめん", "对不起", "抱歉", "對不起", "죄송", "미안", "माफ", "क्षमा", "آسف", "معذرت",
    "عذر", "סליח", "ขอโทษ", "συγγνωμ", "xin lỗi", "xin loi",
)  # fmt: skip

# --- asking to be forgiven, overlooked, not judged, borne with

_FORGIVE = "forgive|pardon|excuse|overlook|look_past|look_beyond|see_past|see_beyond|bear_with|disregard|make_allowances|make_allowance|be_patient_with|be_lenient|go_easy|not_judge|not_mind|not_hold|not_take|not_be_offended|not_count|not_think_badly|not_think_ill|not_think_less|not_be_put_off|let_it_pass|not_dwell|turn_a_blind_eye|adjust|be_merciful|not_let"
_OWN = "me|my|myself|our|us|the|this|that|any|these|all|if|how|it|typos|mistakes|errors|what|such|for|having|any"
_PLEA_CLASSES = CLASSES | {
    "forgive": _FORGIVE,
    "own": _OWN,
    "hoping": "hope|hoping|trust|pray|wish|ask|asking|request|requesting|beg|begging|urge|implore|plead|pleading|appeal|hopefully|want|would_like|rely|like",
    "polite": "please|kindly|do|pls|and|but|so|again|just|humbly|then|also|kindest|tafadhali|friends|ps|p|s",
    "mercy": "pardon|forgiveness|indulgence|understanding|mercy|leniency|clemency|patience|grace",
    "seek": "beg|seek|ask|crave|request|plead|implore|asking|begging|seeking|pleading|requesting|hope|hoping|appeal|count|rely|counting|relying|ask_you|need",
    "sin": "inconvenience|inconveniences|delay|confusion|mistake|error|trouble|noise|interruption|lateness|disturbance|mix|misunderstanding|tone|remark|joke|words|comment|outburst|behaviour|behavior|conduct|absence|impression|late|silence|manner|language|rudeness|attitude|way",
    "doing": "being|keeping|causing|saying|making|arriving|interrupting|leaving|calling|talking|speaking|having|losing|answering|writing|putting|wasting|disturbing|failing|forgetting|bothering|troubling|joining|turning|raising|using|laughing|snapping|swearing|cutting|overrunning",
}

_PLEAS = Phrases(
    """
    ^ {polite}? {polite}? {polite}? forgive|pardon|excuse {own}
    ^ {polite}? {polite}? {polite}? overlook|look_past|look_beyond|see_past {own}
    ^ {polite}? {polite}? {polite}? bear with me|my|us|this|the
    please|kindly|tafadhali forgive|pardon|excuse|overlook {own}
    ^ please|kindly|pls do? forgive|pardon|excuse|overlook
    {hoping} ~2 you|panel|committee|they ~5 forgive|pardon|excuse|overlook me|my|the|this|that|any|our|it|these|if|how|what
    {hoping} ~2 you|panel|committee|they ~5 forgive|pardon|excuse|overlook $|a|an|such|his|one|some|of|her|for|and
    hope|hoping|trust|hopefully|pray ~9 be forgiven|excused|overlooked|pardoned
    i =3 apologetic about|for|that|over
    i =2 apologies for|that|about|to|if
    ^ ~3 regret|regretting the|any|my ~2 {sin}
    my ~2 regret|regrets|remorse for|at|over|about|that|regarding
    request|requesting|seek|beg|ask ~3 apology|apologies
    i =4 regretful|remorseful|contrite
    {hoping} ~2 you|panel|committee|they ~4 look|see past|beyond|over|through
    {hoping} ~2 you|panel|committee|they ~4 bear with me|my|this|us
    {hoping} ~2 you|panel|committee|they ~4 not judge|hold|blame|take|think|mark|penalize|penalise|be ~2 me|my|it|this|that|against|less|ill|badly|harshly|too|offended|off|unkindly
    {hoping} ~2 you|panel|committee|they ~4 make|show allowance|allowances|leniency|mercy
    {hoping} ~2 you|panel|committee|they ~4 be lenient|patient|merciful|gentle|forgiving|understanding|kind ~2 with|about|towards|of|on|enough
    {hoping} ~2 you|panel|committee|they ~4 disregard|ignore|forget my|that|how|what ~4 {mishap}|answer|nerves|nervousness|silly|stupid|blunder|performance|start
    {hoping} ~2 you|panel|committee|they ~3 not mind ~4 {mishap}|length|long|lengthy|late|delay|short|informal
    {hoping} ~2 you|panel|committee|they ~3 not let ~4 {mishap}|answer|nerves|performance|count|spoil|put|influence|affect|overshadow
    {hoping} ~2 you|panel|committee|they ~2 understand ~8 late|missed|delay|nervous|lateness|mistake|unwell|sick|error|failed|absent|absence
    {hoping} ~2 you ~3 give me the benefit
    ^ {polite}? {polite}? could|can|would|will|may you ~3 forgive|pardon|excuse|overlook|disregard {own}
    you ~3 find it in ~2 heart
    you will ~2 have to? forgive|pardon|excuse|bear me|my|with|the
    if you ~2 can|could|would|will ~3 forgive|pardon|excuse|overlook|bear {own}|with
    be ~2 able to forgive|pardon|excuse|overlook {own}
    {seek} ~4 forgiveness|indulgence|mercy|leniency|clemency
    beg|ask|seek|request|crave|asking|begging|seeking ~3 your|you|for|are ~3 understanding|patience
    count|rely|counting|relying on your understanding|patience|indulgence
    beg|ask|seek|crave|request|begging|seeking ~4 pardon
    hope ~2 to be forgiven|excused|pardoned
    {seek} ~2 to be forgiven|excused|pardoned
    may i|we be forgiven|excused|pardoned
    ^ {polite}? {polite}? do not judge|hold|blame|mind|penalize|penalise|mark ~1 me|my|it|this|that|the|against|what|how
    please|kindly ~1 do not judge|hold|blame|think|take|mark|mind|penalize|penalise|let ~4 me|my|it|this|against|less|ill|badly|offence|amiss|wrong|the|worse|personally|that
    please|kindly ~2 not judge|hold|penalize|blame ~4 me|my|against
    please|kindly do not be offended|angry|upset|annoyed|too|disappointed|cross|mad|put
    please|kindly take|mean no offence|offense
    please|kindly ignore|disregard|forget my ~2 {mishap}|answer|nerves|nervousness|silly|stupid|blunder|performance|performance
    please|kindly be lenient|patient|gentle|merciful|understanding|forgiving|kind with|about|towards|of|on|to ~1 me|my|the|this
    please|kindly be lenient|merciful|patient|understanding $
    please|kindly make allowance|allowances
    please|kindly give me the benefit
    please|kindly understand ~6 late|missed|delay|nervous|nerves|mistake|unwell|sick|error|failed|lateness
    please|kindly adjust with|to|my
    please|kindly go easy
    please|kindly have mercy|patience|pity
    please|kindly show ~1 mercy|leniency|understanding|patience
    no offence|offense|harm ~2 meant|intended|taken
    meant|mean|intended no offence|offense|harm|disrespect
    did not mean|intend ~4 offend|rude|disrespect|disrespectful|offence|insult|hurt
    i ~3 regret ~2 my|the|any|this|that {sin}
    i ~3 regret ~3 {doing}
    i ~3 regret that? i was|kept|made|said|called|left|arrived|interrupted|lost|raised|spoke|caused|came|failed|forgot|missed
    i ~3 regret what|how i
    i ~3 regret ~4 {sin} $
    ^ @ regret the|any ~2 {sin}
    is|are|was|were|be ~2 regretted
    my bad
    mea culpa
    mille|mil excuses|disculpas|perdones|excusas
    tut mir ~3 leid
    je m'excuse|mexcuse
    veuillez m'excuser
    lo siento
    mi dispiace
    chiedo scusa|venia
    het spijt me
    vraiment navre|navree
    je suis ~2 navre|navree
    a thousand pardons
    i ~3 plead guilty
    hope|hoping|hopefully|trust i ~4 forgiven|excused|pardoned
    hope|trust|hopefully|hoping ~3 will|does|can|may|would ~1 not ~2 held|hold|count|taken|reflect|used|weigh|be_held against ~1 me
    hope ~5 not ~2 held against me
    against me $
    eat humble pie
    make amends
    can|could you ~1 ever forgive
    owe ~3 sorry
    hope|trust ~3 no hard feelings
    hope ~3 was|were not offended|offensive|offend|upset
    ^ no hard feelings
    """.splitlines(),
    _PLEA_CLASSES,
)
