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
    "|grammar|accent|pronunciation|handling|grasp|knowledge|communication|manner|manners|body_language|voice|part|round"
)

BAD = (
    "bad|weak|poor|terrible|awful|horrible|dreadful|stupid|silly|dumb|foolish|idiotic|ridiculous|rubbish|lousy|pathetic"
    "|clumsy|confused|confusing|incoherent|muddled|messy|disastrous|embarrassing|shoddy|sloppy|lame|feeble|hopeless"
    "|useless|shaky|lacking|garbled|rambling|laughable|shameful|disappointing|unconvincing|unimpressive|abysmal"
    "|atrocious|appalling|cringeworthy|cringey|mediocre|subpar|substandard|inadequate|unsatisfactory|unprofessional"
    "|a_mess|a_disaster|a_shambles|a_failure|a_flop|a_joke|a_train_wreck|a_car_crash|a_catastrophe|below_par"
    "|all_over_the_place|not_good|not_great|not_very_good|not_so_good|not_up_to|not_good_enough|wooden|waffly|half_baked"
)

MISHAP = (
    "late|lateness|tardiness|delay|noise|barking|phone|ringing|rang|coffee|stain|spill|spilled|spilt|knocked|broke|dropped"
    "|slip|typo|error|mistake|mistakes|blunder|gaffe|mix|confusion|interruption|interrupted|glitch|connection|internet"
    "|camera|audio|sound|mic|microphone|laptop|battery|wifi|network|silence|fainted|fainting|faint|cough|coughing|sneeze"
    "|sneezing|remark|joke|comment|outburst|tears|cried|crying|nerves|wrong|forgot|forgetting|missed|missing|absence|failed"
    "|failing|laughed|laughing|yawned|yawn|hiccups|dog|toddler|swore|swearing|attire|outfit|shirt|shoes|tie"
)

CLASSES = {"filler": FILLER, "performance": PERFORMANCE, "bad": BAD, "mishap": MISHAP}
