"""Classes of words that the phrases of several codes share."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(text.split())


FILLER = (
    "am|was|were|be|been|being|is|are|have|had|has|do|did|does|feel|felt|fear|think|thought|know|knew|guess|suppose|believe"
    "|realize|realized|worry|afraid|sure|that|i|may|might|must|so|very|really|too|quite|a|little|bit|rather|somewhat"
    "|extremely|terribly|awfully|just|pretty|totally|completely|utterly|absolutely|such|far|more|clearly|obviously|simply"
    "|honestly|truly|still|also|visibly|probably|perhaps|maybe|definitely|certainly|seriously|badly|kind|kinda|sort|of|all"
    "|then|got|get|kept|keep|frankly|admittedly|evidently|sadly|unfortunately|apparently|basically|literally|myself"
    "|incredibly|deeply|thoroughly|properly|half|slightly|thing|even|actually|as|well|again|today|yesterday|went|like|an|now"
)

PERFORMANCE = (
    "answer|answers|response|responses|reply|replies|explanation|performance|presentation|pitch|demo|interview|showing"
    "|introduction|account|example|examples|effort|attempt|delivery|speech|talk|english|french|swahili|kiswahili|german"
    "|hindi|spanish|arabic|solution|code|coding|test|quiz|task|exercise|math|maths|arithmetic|words|stories|story|replies"
    "|dutch|italian|portuguese|mandarin|chinese|japanese|russian|turkish|polish|point|points|argument|logic|reasoning|start|ending|posture|slides|diagram|drawing|sketch|spelling|sums|wording|numbers|opening|reaction|calculation|calculations|conversation|comments|interviewing|showing"
    "|mind|head|brain|memory|calculation|logic|interview_skills|skills_test|nerves|body|reading|audition|rehearsal|grammar|accent|pronunciation|handling|grasp|knowledge|communication|manner|manners|body_language|voice|part|round"
)

BAD = (
    "bad|weak|poor|terrible|awful|horrible|dreadful|stupid|silly|dumb|foolish|idiotic|ridiculous|rubbish|lousy|pathetic"
    "|clumsy|confused|confusing|incoherent|muddled|messy|disastrous|embarrassing|shoddy|sloppy|lame|feeble|hopeless"
    "|useless|shaky|lacking|garbled|rambling|laughable|shameful|disappointing|unconvincing|unimpressive|abysmal"
    "|atrocious|appalling|cringeworthy|cringey|mediocre|subpar|substandard|inadequate|unsatisfactory|unprofessional"
    "|a_mess|a_disaster|a_shambles|a_failure|a_flop|a_joke|a_train_wreck|a_car_crash|a_catastrophe|below_par"
    "|all_over_the_place|not_good|not_great|not_very_good|not_so_good|not_up_to|not_good_enough|wooden|waffly|half_baked"
)

OTHERS = (
    "you|your|yours|he|she|they|we|who|whom|his|her|hers|their|our|the|how|what|when|where|which|if|whether|those|these|everyone|everybody"
    "|nobody|people|customers|clients|staff|told|said|asked|glad|pleased|happy|delighted|curious|keen|interested|amazed|fascinated|moved"
    "|impressed|touched|would|without|never|not|no|nor|because|see|hear|heard|saw|mr|ms|mrs|dr|than|some|many|wish|once|qq|unless"
)

NEGATIVE = (
    "nervous|anxious|unprepared|underprepared|flustered|embarrassed|ashamed|mortified|incoherent|inarticulate|stupid|foolish|silly|useless|hopeless"
    "|rusty|awkward|unqualified|underqualified|inexperienced|tensed|tense|overwhelmed|stressed|scatterbrained|disorganised|disorganized|clueless|pathetic"
    "|panicky|jittery|clumsy|unprofessional|inept|incompetent|humiliated|intimidated|distracted|scattered|unfocused|unfocussed|dumbstruck|petrified"
    "|terrified|rattled|shaken|unworthy|undeserving|unconvincing|timid|unfit|dull|boring|weak|poor|bad|terrible|awful|horrible|dreadful|dumb|idiotic"
    "|ridiculous|rubbish|lousy|confused|confusing|muddled|messy|disastrous|shoddy|sloppy|lame|feeble|shaky|lacking|garbled|rambling|laughable|shameful"
    "|unimpressive|abysmal|atrocious|appalling|cringeworthy|cringey|mediocre|subpar|substandard|inadequate|unsatisfactory|wooden|waffly|daft|dim|dense"
    "|thick|slow|shy|hesitant|unsure|lost|tongue|frazzled|flat|stiff|apprehensive|scared|frightened|sheepish|arrogant|rude|cocky|aloof|disinterested"
    "|uninterested|unenthusiastic|naive|amateurish|vague|desperate|careless|lazy|insincere|overconfident|scatty|crap|crappy|shit|pants|shocking|tragic"
    "|woeful|miserable|wretched|diabolical|dire|gutted|crushed|inferior|deficient|wanting|limp|lacklustre|lackluster|underwhelming|forgettable|hazy"
    "|patchy|sketchy|wobbly|woolly|wooly|long_winded|longwinded|slapdash|blundering|bumbling|stumbling|floundering|stammering|shaking|trembling|sweating|quaking"
    "|cringing|rambly|verbose|defensive|grumpy|dazed|dumbfounded|speechless|overawed|starstruck|outclassed|inferior|insecure|unconfident|self_conscious|illiterate|ignorant"
    "|nonsense|gibberish|drivel|twaddle|stumped|flummoxed|unnerved|daunted|thrown|thrown_off|caught_out|baffled|unimpressed|lost_for_words|dismal|thin|know_all|know_it_all|insufferable|vacant|blank|star_struck|tiresome|petty|childish|immature|unready|unfocussed|evasive|inarticulate|worthless|unconvinced|sluggish|sleepy|flimsy|half_hearted|superficial|shallow|tactless|disjointed|repetitive|unstructured|unclear|incorrect_and|laboured|stilted|robotic|monotone|meandering|unintelligible|nonsensical|garish|unremarkable|unpolished|unrehearsed|undercooked|waffling|babbling|mumbling"
    "|incapable|unable_to_think|unable_to_speak|unskilled|hapless|helpless|out_of_my|out_of_sorts|out_of_practice|off_form|off_my|below_par|under_par|underpar|ill_prepared|ill_at_ease|on_edge|all_over_the_place"
    "|not_myself|tongue_tied|worked_up|at_a_loss|a_mess|a_disaster|a_failure|a_fool|a_wreck|a_bundle|a_bag|a_shambles|a_flop|a_joke|a_novice|a_clown|a_disgrace|a_letdown"
    "|an_idiot|idiot|fool|mess|klutz|wreck|numpty|muppet|moron|dunce|failure|disaster|shambles|flop|disgrace|letdown|disappointment|loser|novice|amateur|beginner|clown|imposter|impostor"
    "|fraud|embarrassment|catastrophe|fiasco|nightmare|dope|plonker|wally|twit|dolt|bore|chatterbox|nitwit|blockhead|zombie|jelly|train_wreck|car_crash"
)

POSITIVE = (
    "well|properly|adequately|convincingly|coherently|satisfactorily|justice|clearly|confidently|best|enough|better|intelligently|fluently|effectively|myself|convincing"
    "|articulate|coherent|impressive|good|great|proper|decent|brilliant|strong|confident|sharp|sharpest|clear|polished|fluent|composed|calm|focused|prepared|eloquent|concise"
    "|persuasive|glory|favours|favors|favour|potential|shine|impress|full|capable|competent|fluency|expected|hoped|deserve|worthy|smooth|smoothly|quickly|correctly|sensible|satisfactory"
    "|stellar|ideal|memorable|professional|up_to|expectation|expectations|mark|scratch|standard|finest|straight|proud|satisfied|succinct|structured|clever|bright|qualified|suitable|skilled"
)

_LOW = word_set(
    "terrible awful bad horrible dreadful miserable wretched crushed shaken tragic poor rattled dire weak sad flat lost slow dull"
)
# Feeling terrible is how it felt, not what one is worth.
NEGATIVE_FELT = "|".join(word for word in NEGATIVE.split("|") if word not in _LOW)

MISHAP = (
    "late|lateness|tardiness|delay|noise|barking|phone|ringing|rang|coffee|stain|spill|spilled|spilt|knocked|broke|dropped"
    "|slip|typo|error|mistake|mistakes|blunder|gaffe|mix|confusion|interruption|interrupted|glitch|connection|internet"
    "|camera|audio|sound|mic|microphone|laptop|battery|wifi|network|silence|fainted|fainting|faint|cough|coughing|sneeze"
    "|sneezing|remark|joke|comment|outburst|tears|cried|crying|nerves|wrong|forgot|forgetting|missed|missing|absence|failed"
    "|failing|laughed|laughing|yawned|yawn|hiccups|dog|toddler|swore|swearing|attire|outfit|shirt|shoes|tie"
)

CLASSES = {
    "filler": FILLER,
    "performance": PERFORMANCE,
    "bad": BAD,
    "mishap": MISHAP,
    "others": OTHERS,
    "negative": NEGATIVE,
    "negative_felt": NEGATIVE_FELT,
    "positive": POSITIVE,
}
