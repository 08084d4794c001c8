"""Phrases of self-criticism: of one's performance, nerves, ability, fitness, and pleas for another chance."""

from followups.note_check.classes import CLASSES
from followups.note_check.phrases import Phrases

_CLASSES = CLASSES | {
    "botched": "froze|rambled|waffled|babbled|blabbered|mumbled|stuttered|stammered|choked|blanked|botched|bungled|blew|blown|bombed"
    "|flunked|flopped|flubbed|goofed|muffed|tanked|underperformed|floundered|faltered|blundered|wittered|prattled|dithered|fluffed"
    "|garbled|clammed|bumbled|fumbled|cringed|squirmed|messed|screwed|crumbled|underwhelmed|winced|sucked|butchered|mangled|bottled|bluffed"
    "|freezing|rambling|waffling|babbling|stammering|stuttering|mumbling|tripped_over_my|overthought|wobbled|overtalked|flailed|misfired"
    "|droned|dried_up|lost_the_plot|lost_my_thread|lost_my_way|lost_my_nerve|lost_my_train|lost_my_cool|fell_apart|fell_short|fell_flat|went_blank"
    "|went_to_pieces|came_undone|cracked_up|blacked_out|tensed_up|seized_up|hit_a_blank|drew_a_blank|went_off_on_a_tangent|talked_rubbish"
    "|talked_nonsense|spoke_badly|lost_track",
    "weakly": "struggled|stumbled|panicked|failed|fell|sank|messed|slipped|hesitated|sweated|trembled|collapsed|tripped",
    "seem": "came|come|coming|seemed|seem|sounded|sound|looked|look|appeared|appear",
    "odd": "arrogant|foolish|stupid|unprepared|nervous|rude|disinterested|uninterested|distracted|dull|cold|aloof|unprofessional|clueless|silly"
    "|desperate|confused|weak|ignorant|incompetent|awkward|inarticulate|incoherent|amateurish|boring|cocky|naive|shallow|a_fool|an_idiot|a_mess|vague"
    "|unsure|lost|hesitant|timid|flustered|lazy|careless|disorganised|disorganized|harsh|abrupt|negative|unenthusiastic|insincere|dumb|pathetic|tired|stiff|hopeless"
    "|overconfident|big_headed|clumsy|scatty|underprepared|badly|poorly",
    "outcome": "impression|chances|chance|opportunity|prospects|interview|mess|hash|fool|ass|idiot|spectacle|disgrace|hames|pig_s_ear",
    "well": "well|properly|adequately|convincingly|coherently|satisfactorily|justice|clearly|confidently|best|enough|better|intelligently|fluently"
    "|effectively|correctly_enough|myself|convincing|articulate|coherent|impressive|good|great|fully_enough",
    "perform": "answer|perform|express|explain|present|do|come_across|speak|sell|handle|give|respond|communicate|put|acquit|show|articulate|deliver"
    "|represent|interview|prepare|conduct|manage|convey|describe|defend",
    "performed": "answered|performed|expressed|explained|presented|done|come|spoken|sold|handled|given|responded|communicated|put|shown|prepared"
    "|acquitted|been|said|rehearsed|slept|practised|practiced|revised|studied|delivered|conducted|represented|interviewed|managed|did|kept|stayed|known|thought|known|tried|read|brushed|paid|listened|made|found|had|got",
    "cop": "am|was|were|be|been|being|seem|seemed|seeming|sound|sounded|look|looked|looking|came|come|coming|appear|appeared|got|get|getting|became|become|acted|behaved|acting|remain|remained"
    "|must|turned",
    "negverb": "froze|rambled|waffled|babbled|blabbered|mumbled|stuttered|stammered|choked|blanked|botched|bungled|blew|bombed|flunked|flopped|flubbed|goofed|muffed|tanked"
    "|underperformed|floundered|faltered|blundered|wittered|prattled|dithered|fluffed|bumbled|fumbled|underwhelmed|sucked|butchered|mangled|bottled|undersold|oversold|overtalked|stumbled"
    "|panicked|crumbled|struggled|flailed|wobbled|misfired|drivelled|gabbled|jabbered|cracked|crashed|sweated|trembled|overthought|underprepared|overran|foundered|clammed|tripped|garbled"
    "|overshared|blathered|blurted|hesitated",
    "negverbing": "rambling|waffling|babbling|mumbling|stuttering|stammering|stumbling|fumbling|floundering|panicking|freezing|choking|blanking|sweating|shaking|trembling|repeating|hesitating|contradicting|losing"
    "|wittering|gabbling|forgetting|struggling|faltering|dithering|digressing|underselling|cringing|flailing",
    "negadv": "badly|poorly|terribly|horribly|awfully|dreadfully|miserably|abysmally|clumsily|weakly|disastrously|atrociously|stupidly|foolishly|incoherently|woefully|pathetically|shockingly|hopelessly|sloppily"
    "|unconvincingly|inadequately|ineptly|awkwardly|nervously|appallingly|feebly",
    "performverb": "answer|perform|express|explain|present|do|read|speak|sing|play|draw|write|code|teach|drive|cook|sell|argue|listen|interview|respond|handle|type|act|dance|calculate|translate|describe|pitch|demonstrate|sleep|prepare|communicate",
    "skill": "strength|forte|thing|strong|cup|bag|gift|talent|friend|favourite|favorite|specialty|speciality|comfort",
    "better": "better|sharper|clearer|calmer|best|well|harder|stronger|smoother|smarter|quicker|slower|wiser|more|less|properly|differently|quiet|calm|composed|braver",
    "fit": "qualified|experienced|skilled|good|strong|bright|clever|suitable|competent|capable|ready|smart|worthy|senior|prepared|knowledgeable"
    "|articulate|eloquent|convincing|coherent|impressive|confident|clear|sharp|great|polished|fluent|technical|well_spoken|quick|focused|composed|brilliant|concise|succinct"
    "|proud|forthcoming|persuasive|myself|good_enough",
    "able": "experience|skills|skill|qualifications|qualification|knowledge|confidence|competence|training|ability|abilities|fluency|polish|eloquence|preparation|composure|clarity|talent|expertise|practice|background",
}

STRONG = Phrases(
    """
    i @ {cop} =4 {negative}
    {negative} ~1 {performance} on|from|by my|me
    i @ feel|felt|feeling =4 {negative_felt}
    i =2 and|but|so|then =2 {negative}
    i =3 {negverb} $
    i =3 {negverb} ~1 my|the|it|on|over|at|with|through|when|while|in|that|this|up|badly|myself|as|from|under|for|a|because|and|but|completely|out|around|about|so
    i =7 and|but|then|so|, =2 {negverb}
    i =3 kept|keep|started|began|ended|could_not_stop|was|were|found =2 {negverbing}
    i =3 {negverb}|did|answered|performed|spoke|presented|handled|explained|expressed|interviewed|responded|prepared|acquitted =4 {negadv}
    i =3 not|hardly|barely|scarcely|never =4 {perform}|do|make|be|was|being|at|on|cover|live|stay|keep =5 {positive}
    i =3 not|hardly|scarcely|far_from =3 confident|prepared|articulate|coherent|convincing|clear|sharp|sharpest|composed|fluent|eloquent|impressive|concise|focused|calm|proud|satisfied|persuasive|polished|competent
    my {performance} ~5 {cop}|is|are|has|have =3 {negative}
    my {performance} ~4 not|hardly|never|far_from =4 {positive}
    i =3 not ~2 myself|me|my|us any ~1 favours|favors|justice
    did|do|done|doing myself no favours|favors
    talk|talked|talking ~1 your ear|ears|head|leg
    talked|talk myself out
    {cop}|is|are|been|has|have ~1 not|never|hardly ~2 my ~1 {skill}
    not|never|hardly ~2 my ~1 forte|cup|thing|bag|strength|strong|comfort|strongest
    not ~1 the ~1 real|true|best|usual|full ~1 me|version|side
    you ~2 not|hardly|never see|saw|seen|meet|get|met ~2 me|my ~3 best|my|real
    i ~2 normally|usually|generally|always am|do|speak|perform|answer|far|much ~2 more|better|calmer|clearer|sharper
    i am|do|can normally|usually|generally|be ~2 far|much|so|more|better|calmer|clearer ~1 more|better|articulate|confident|calm|composed|fluent|clear
    brain freeze|fog|fade|fart
    i =4 in|under ~1 tension|panic|pressure ~1 and|so|due|because|that|$
    i =3 having|had|have ~3 tension|nerves|stage_fright|anxiety|butterflies|jitters
    i =4 feel|feeling|felt =2 low|down|bad|terrible|awful|dreadful|disappointed|unhappy|dissatisfied|sad about|with|at|over my|how ~1 {performance}|i|showing|answers|it
    you|panel|committee|board|they ~3 found|find|thought|think|saw|see|considered ~1 me|my ~4 {negative}|disappointing
    i =3 sounded|looked|seemed|sound|seem like a|an
    i =5 came across|over like a|an
    i @ too quiet|loud|brief|short|fast|timid|wordy|vague|general|technical|talkative|blunt|eager|relaxed|casual|formal|modest|detailed|hasty|hurried|chatty|direct
    disaster|failure|fiasco|nightmare|struggle|catastrophe|shambles|mess ~1 for me
    chance|opportunity to ~1 show|prove|demonstrate ~4 can|could|able ~2 better|more
    me to be ~2 {negative}
    not|hardly think|believe|feel ~1 i ~1 am|was ~1 what|who|right|good|cut|the_right|up_to|suitable|the_person
    i ~1 not have|possess|had the|enough|much|any|sufficient|what ~2 {able}|takes
    with|in ~1 {bad} english|french|swahili|kiswahili|hindi|grammar|spelling|handwriting|pronunciation
    my ~1 {bad}|broken english|french|swahili|kiswahili|hindi|grammar|spelling|handwriting|pronunciation
    i =3 not the best|strongest|greatest|cleverest|brightest|quickest|sharpest $
    i =3 not ~1 my ~1 usual|normal|best|true|old self
    expecting|expected|hoping_for|looking_for|wanted|deserve|deserved|need ~1 someone|somebody|more|better ~1 {better}|stronger|quicker|brighter|else|from|polished|experienced|qualified|impressive
    could not ~2 think|remember|recall|name ~1 single|anything|any|thing $|example|answer|of
    could not ~2 think|remember|recall ~1 of? a single
    never ~2 been|felt so|more|this|that {negative}
    i =4 worried|afraid|scared|fear|think|sure|know|feel|guess|believe that? i ~2 failed|flopped|lost|disappointed|flunked|bombed|blew|underperformed|bored
    i =3 did|made|gave|done|do|make|give ~2 {negative} ~1 job|work|effort|showing|attempt|account|impression|try|fist|start
    i ~1 lack|lacked
    i ~2 did|could|do not =3 fluently|clearly|confidently|coherently|smoothly|properly|convincingly|eloquently|calmly|brilliantly|adequately
    i ~2 did|could|do not =1 {performverb} ~2 well
    wish you ~1 had|could ~2 caught|seen|met|heard|interviewed me
    write|wrote|writing|rule|count me off|out
    hope|hoping|ask|asking|beg|pray|praying ~2 another|second chance
    not ~2 on form|song|top
    kicked|cursed|hated|cursing myself
    forgotten|forgot ~1 everything|half|most|all ~3 i
    i ~1 am|do normally|usually|generally|always =4 {positive}
    i =3 made|make ~2 many|several|lots|countless|so|silly|stupid|basic ~3 mistakes|errors|slips|blunders
    my ~3 full|riddled|littered|peppered ~1 mistakes|errors|holes|slips|with
    i =4 disappointed|unhappy|gutted|upset|frustrated|dissatisfied with|by|about|at|over ~1 how|my|the ~4 went|test|exercise|performance|answer|interview|presentation|reading|demo|showing|task
    i ~4 not ~1 the most
    it|that|this is|was ~2 embarrassing|shameful|mortifying|humiliating|foolish|silly|stupid|dumb to|that|how|when
    my {performance} ~3 far from
    sold|sell|selling myself short
    what|how i said|answered|wrote|did|explained|presented ~4 was|were|sounded ~2 {negative}
    made|make|making no|little|not ~1 sense|much_sense
    {performance}|one ~3 was|were ~1 the ~1 worst|weakest|poorest
    not ~2 great|good|best|strong|proud|brilliant|impressive ~1 answer|performance|interview|showing|response|explanation|example|effort|impression
    was|is not ~1 my ~1 day|night|moment|hour|week
    happened|happening to my ~1 brain|mind|head|memory|voice|words|nerves
    i ~2 too old|young|junior|slow|inexperienced|green|quiet|shy|soft for|to
    i ~3 tend|tended|always|often|sometimes ~2 freeze|ramble|waffle|babble|mumble|stammer|panic|choke|blank|overthink|stumble|fumble|clam|worry
    i ~2 freeze|ramble|waffle|babble|mumble|stammer|panic|choke|blank|overthink when|under|in|if|before
    not think|feel|believe|suppose|imagine ~1 i ~2 did|was|made|gave|performed|answered|came|handled|presented|explained|left|got|showed|am|do ~5 {positive}|impression|across
    doubt ~1 i ~2 made|gave|did|was|left|am|impressed|convinced
    how {negative} ~1 my|i
    what a|an ~1 {negative} i
    not in the best of
    {performance} ~2 affected|suffered|hampered|marred|spoiled|spoilt|ruined|impaired
    losing|lost you|your|everyone ~1 halfway|attention|interest|when|in|with|at
    i ~3 ruined|wrecked|spoiled|spoilt it
    hands|voice|knees|legs ~1 would|could|did|were not ~1 stop|steady|still
    and|but ~1 did|achieved|managed the|quite|just ~1 opposite
    made|makes|make|making|left me ~2 look|sound|seem|appear|feel ~3 {negative}
    i =4 caught|taken off|by guard|surprise
    caught off guard
    i @ {botched}
    i @ {botched} up
    i @ have|had ~1 {botched}
    and|but|then then? {botched} up|it|the|my|on|over|badly|through|when|at|completely|$
    i @ messed|screwed|cocked|fouled|mucked|goofed|stuffed|balled|tripped|slipped up
    i @ make|made|making ~2 mess|hash|fool|ass|idiot|spectacle|hames|shambles of
    i @ make|made|making|leave|left|give|gave|given|create|created ~4 bad|poor|terrible|awful|wrong|weak|negative|dreadful|unfavourable|unfavorable|horrible|worst|lousy|worse impression
    hope|afraid|fear|worried|know|sure|think|feel|worry|aware|conscious ~3 not ~2 too? bad|poor|terrible|negative|wrong impression
    bad|poor|terrible|awful|weak|negative|dreadful|worst first? impression ~1 i|of|on
    my nerves
    nerves|anxiety|anxieties|stage_fright|nervousness|panic|stress|shyness ~2 got|get|took|take|overcame|affected|overwhelmed|kicked|showed|let|made|came|crept|won|played
    bundle|bag|ball of nerves
    nervous wreck
    got|get|gotten|became|was|were|being|were ~1 the_better of me
    better of me
    because of|to my? nerves|nervousness|anxiety|tension|stress
    due|owing to ~1 nerves|nervousness|anxiety|tension|nervous
    out of nerves|nervousness|panic|fear
    my nervousness|shyness|anxiety|stage_fright|jitters
    my mind|brain|head ~1 shut|shutting|stopped|switched|wandered|raced|gave|seized|stalled|quit|closed
    mind|head|brain ~1 went|was|just|completely|totally ~1 blank|numb|empty|froze|foggy|fog|mush|elsewhere|a_blank
    my mind|brain|head|memory|tongue|voice|hands|knees|legs|heart ~2 froze|failed|blanked|deserted|shook|shaking|trembling|trembled|stuck|knocking|pounding|racing|tied|seized|abandoned|let
    drew|drawn|draw a ~1 blank
    words|thoughts ~1 failed|deserted|left|escaped|abandoned me
            i @ in a|such panic|flap|fluster|tizzy|daze|fog
    i @ have|had|got|having ~1 butterflies|jitters|tension|stage_fright|cold_feet|nerves|brain_freeze|brain_fog|a_panic
    am|feel ~1 ashamed|mortified
    embarrassed|ashamed|mortified|humiliated|embarassed at|by|about|of|that|how|to ~2 my|i|say|admit|have|think|myself|how
    ^ @ embarrassed|ashamed|mortified|nervous|flustered|tongue_tied about|at|that|by|as|to|and|$
    embarrassing|embarrassment|shameful|humiliating|mortifying ~4 i|me|my|myself
    my embarrassment|shame
    to my ~1 embarrassment|shame
    i @ ~1 embarrassed|disgraced|humiliated|disgracing|embarrassing myself
    {seem} ~1 across|over|off ~1 as? ~3 {odd}
    i @ {seem} ~1 like? ~2 {odd}
    i @ {seem}|come across|over ~1 badly|poorly|wrong|wrongly|terribly
    i @ {seem} like a|an ~2 fool|idiot|mess|amateur|clown|child|beginner|deer|novice|robot|rambling
    it|that|this @ looked|sounded|seemed|looks|came ~3 {odd} of|from|on me|my
    it|that|this is|was @ {bad} ~1 of me|mine
    how {bad} of me
    {bad} ~1 of me to
    {bad} me $
    i @ not ~1 at|on my ~1 best|sharpest|finest|brightest|form
    not|hardly|never|far_from ~2 my ~1 best|finest|strongest|greatest|proudest|brightest ~1 interview|performance|hour|day|moment|answer|work|self|effort|showing|form|work|$
    not ~2 best|finest interview|performance|hour|day|moment of mine
    my worst interview|performance|answer|hour|day|self|effort
    worst interview|performance|answer|presentation ~3 my|i|mine
    i @ let|letting|failed|disappointed ~1 myself|you|us|everybody|everyone|panel ~1 down
    i ~3 let ~2 myself|you|panel down
    i @ ~2 disappointed|failed|bored|confused|disappointing you|the_panel|everyone|everybody|the_board|the_committee
    disappointed in|with|by|at myself|my
    i ~3 dissatisfied|unhappy|frustrated|annoyed|upset|disappointed|cross|angry|furious with|about|at|by|over ~1 how_i|myself|my
    i ~2 not ~2 happy|satisfied|proud|pleased|content with|about|of|at ~1 how|my|myself
    i @ not ~3 do|give|doing|done|did ~2 myself|me|my|it|them|him|the ~4 justice
    not ~2 do|did|done ~2 me|myself|my ~3 justice
    failed to do ~3 justice
    i @ wasted|waste|wasting your|everyone ~3 time
    waste of your|everyone ~1 time
    i @ not ~2 {perform} ~6 {well}
    i @ not ~2 {perform} ~5 as well|good|clearly|much|best
    i ~2 could not ~2 find ~1 words
    i ~2 could|can hardly|barely|scarcely speak|think|talk|breathe|hold|remember|string|answer|look
    i ~2 could not ~3 string|think|speak|remember|concentrate|find|get|focus|breathe|stop ~4 sentence|sentences|straight|clearly|properly|words|word|focus|anything|out|shaking|sweating|talking|rambling|thing|right
    i ~2 failed|unable|able to {perform} ~6 {well}
    i failed to ~1 show|impress|convince|demonstrate|shine|express|perform|deliver|prove|sell|satisfy|meet|prepare|answer
    i @ not ~2 live|lived up to
    i @ not ~1 show|shown|showed|give|gave|see|saw|present|put|do|bring|brought ~5 my|me|myself|best ~1 best|true|full|real|a_game|potential|good|abilities|ability|able|capable|worth
    you ~2 not ~2 see|get|saw ~3 best|real|true|full ~2 me|self|version|side|picture_of_me|of
    i @ not ~3 impress|shine|convince
    i @ not ~2 do ~5 good|great|best|brilliant|decent ~1 job|work|account|showing
    i ~2 did|answered|performed|spoke|presented|handled|explained|expressed|interviewed|responded|prepared|acquitted|came_across ~5 badly|poorly|terribly|horribly|awfully|dreadfully|miserably|abysmally|clumsily|weakly|disastrously|atrociously|stupidly|foolishly
    i ~3 so|too|very|really|quite|rather|pretty badly|poorly
    badly|poorly|terribly|miserably|clumsily i ~3 answered|did|performed|spoke|came|handled|expressed|explained
    how badly|poorly|little|terribly|stupidly|clumsily ~1 i|it|my|that
    how little i
    did|went|going|gone ~2 badly|poorly|terribly|horribly|dreadfully ~1 in|on|at|with|for|because $
    i ~2 feel|felt|think|thought|know|fear|afraid|sure|worry|believe ~2 i|it|interview|that|things|my|demo ~4 went ~2 badly|poorly|terribly|horribly|wrong
    i ~2 feel|felt|think|thought|know|fear|afraid|sure|worry|believe ~2 i|it|interview|that|things|my|demo ~3 not ~1 go|went ~2 well
    my {performance} ~5 not|never|hardly|far ~3 good|great|best|well|strong|clear|up|convincing|impressive|what|enough|satisfactory|worthy|adequate|right|polished|justice|mark
    my {performance} ~6 is|was|were|are|seemed|sounded|felt|been|got|came|looked @ {bad}
    answer|answers|explanation|response|performance|interview i gave|made|had|offered ~4 was|were @ {bad}
    my @ {bad} ~2 {performance}
    {bad} ~1 {performance} of mine
    {bad} ~1 {performance} i gave|made|offered|had
    i @ gave|give|given|made|offered|delivered|had ~2 @ {bad} ~3 {performance}
    that|this|it|which @ {bad} ~1 {performance} from|by me
    my {performance} ~3 let me|you down
    my {performance} ~3 fell|fall|falling short|flat|apart
    not ~2 up_to the? ~1 mark|scratch|par|standard|standards|expectation|expectations
    below|under par|standard|expectation|expectations|average
    i ~2 below|beneath|under my|your ~2 standard|standards|par|expectations
    i ~4 could|should|would|might|ought|wish|wished|able ~2 have ~3 {performed} ~8 {better}
    i ~4 could|should|would|might ~2 have ~3 better|best
    could|should|would|might|ought ~1 have ~2 {performed}|been|gone ~6 better
    i ~2 should|ought ~2 have prepared|rehearsed|practised|practiced|revised|known|studied|slept|researched|listened|brushed
    i ~3 wish|wished ~2 i ~3 {performed} ~7 {better}
    i ~3 wish|wished ~2 my {performance} ~4 {better}|been
    i ~3 wish|wished ~2 i was|were ~2 less|more
    i ~3 wish|wished ~2 i could|had ~2 do|redo|done|take|start|start|have ~3 again|over|back|differently|better|that
    if only i
    only i had ~4 {better}
    i ~3 can|could|usually|normally|generally|do|am|would ~1 do|perform|capable|interview|speak|present|answer|be|of ~2 much|so|far|lot|a_lot better
    i ~2 usually|normally|generally|am ~4 better than|at|in ~2 this|that|what|you
    can|capable|could ~1 do|of ~2 better than ~1 that|this|what|i|you
    capable of ~1 much|so|far more|better
    so much better than ~3 i|my|that
    i ~2 not ~4 strongest|best|ideal|obvious|perfect|right|likeliest|smartest|brightest|greatest|fittest|quickest|sharpest|best_prepared ~2 candidate|applicant|person|fit|choice|one|match|interviewee|speaker|talker|communicator|at|in|today|that|yesterday|on|material|writer
    i @ not ~1 so|very|too|that|quite|yet|sufficiently|particularly|really|as|nearly|terribly|all|always ~2 {fit}
    i ~4 not ~3 {fit} enough
    i ~3 not|never be|been ~2 good|great|strong|brilliant|much|any ~2 at|in|with|under|when
    i ~3 no good|expert|genius|use|natural|match
    i @ not ~2 good|great|strong ~2 at|in|with|under|when
    i @ not ~1 an? expert|good|natural|great
    doubt|unsure|wonder|not_sure|question|uncertain ~2 if|whether|that|i ~2 i|am ~3 {fit}
    i @ {bad} at|with|in
    i @ have|having|had|know ~2 very? poor|bad|weak|terrible|limited grasp|memory|english|knowledge|command|skills
    i ~3 lack|lacked|lacking ~5 {able}
    i ~4 lack|lacked ~2 the|any|enough|sufficient
    my ~3 lack of
    my ~2 inexperience|incompetence|ignorance|shortcomings|failings|inadequacies|inadequacy|clumsiness|stupidity|unpreparedness|inability|weaknesses|flaws
    i ~2 not ~3 enough {able}
    not ~1 my strong|strongest|forte|strength|thing|strongest_suit
    my weak|weakest point|suit|spot|link
    i @ do|does|did not ~2 deserve
    not ~1 deserve ~5 me|i|job|chance|post|role|position|opportunity
    i ~2 unworthy|undeserving|unfit|unsuitable|unsuited
    i ~3 not ~1 fit|cut_out|suited|worthy|qualified|suitable|deserving|ready|right for|to|of|enough
    cut out for ~4 i
    another|second|one_more|last|final|fresh chance to ~1 prove|show|answer|explain|redeem|impress|do|try|interview|convince|demonstrate|redo|make|put|present|perform|correct|express|speak
    give|grant|hope|hoping|ask|asking|offer|deserve|beg|want|need|consider|allow|get|have|request|like ~4 second|another|one_more|last|final chance|shot|try|go|crack $
    second|another|one_more chance|shot|try $
    give|grant|allow|offer|giving ~2 me ~2 second|another|one_more chance|opportunity|shot|try|interview|go
    opportunity|chance|way|opening to ~1 redeem|make_up|make_amends|prove_myself|set_this_right|put_things_right|put_this_right|undo|do_better|redo
    redeem myself
    prove myself
    make it up to
    make up for ~3 my|that|the|it|interview|answer
    let|allow me ~1 try|have|start ~3 again|another|over|go
    let|allow|letting me ~1 try ~3 again|$
    reconsider me|my ~3 application|candidacy|despite|interview
    re? reinterview|reschedule|rescheduling me
    you|panel ~3 think|thinking|thought|wonder|wondering|conclude|concluded|decided ~1 less|badly|poorly|ill|worse of me
    you ~2 must|may|might|probably|surely|will|perhaps|now ~3 think|thinking|thought|wonder|wondering|consider ~3 i|me|my|what|how|less|badly|poorly|idiot|poorly
    you ~2 must|may|might|probably|surely ~2 have ~2 been ~2 bored|disappointed|confused|unimpressed|shocked|appalled|wondering|underwhelmed
    you ~2 were|are|must|be|felt ~3 disappointed|unimpressed|bored|underwhelmed|appalled ~1 by|with|in|at ~1 me|my
    you ~2 expected|deserved|hoped_for|needed|saw ~1 more|better|little from|of|than ~1 me|i|that
    reflect|reflects|reflected|reflecting ~2 badly|poorly|ill|negatively ~1 on ~1 me|my
    not ~4 reflect|reflection|reflective|representative|indicative|represent ~3 my|me|i|who|what ~2 ability|abilities|true|skills|real|capabilities|potential|can|knowledge|am|competence|usual|level|best|work|capable
    not ~4 reflection|reflective|representative|indicative of
    ruin|ruined|spoil|spoiled|spoilt|hurt|harm|harmed|damaged|jeopardised|jeopardized|blew|blow|blown|scuppered|lost|killed|sunk|sank|wrecked|sabotaged|cost|affected|killed|dented|torpedoed ~2 my|me ~2 chance|chances|opportunity|shot|prospects|application|candidacy|interview|case
    i ~3 ruined|spoiled|spoilt|wrecked|sabotaged|blew ~2 it|interview|things|everything|our|day|that
    hope|hopefully ~3 i ~2 not ~3 put|bore|bored|ramble|confuse|talk|disappoint|disappointed|ruin|ruined|blow|blown|waste|spoil|let|scare|embarrass|come|sound|seem|ruined|scared|mess|messed|annoy|offend|lose
    i ~3 spoke|talked|said|went_on|speak|talk|spoken ~2 far|way|much|too ~1 too? much|long|little|fast|quickly|softly|quietly
    i ~3 too much|long talking|time
    can|could|still not ~2 believe ~2 i|how|my ~2 i|did|said|got|forgot|not|blanked|called|made|badly|mixed|missed|could|was|answered|had|managed|let|went|failed|fumbled|told|couldn't|ever|confused
    what was i thinking
    i @ kicking|kick|kicked|hate|hated|beating|beat|cursing|blaming|blame|scolding|berating|hating|disgusted|loathe|reproaching|punishing ~1 myself
    kick|kicking|hate|beating|beat|blame myself
    i ~2 cringe|shudder|wince|squirm|cringing|blush|blushing|die
    makes|make|made me ~2 cringe|shudder|blush|wince|squirm
    wanted the ~1 ground
    i ~2 could|wanted|want|wish ~3 swallow|sink|disappear|hide|die|crawl
    haunts|haunted|haunting|haunt me
    kept|keeps|keep|keeping me awake|up
    hang|hung|hanging my head
    {bad} mistake|error|blunder|slip ~1 of|by|on|i ~1 mine|me|my|made
    i @ made ~3 @ {bad}|rookie|beginner|schoolboy|school ~2 mistake|error|blunder|slip|mistakes|errors|blunders
    rookie|schoolboy|beginner mistake|error
    my @ {bad}|rookie mistake|error|blunder|slip|gaffe
    my ~1 failure|stupidity|idiocy|foolishness|blunder|blunders|failings|waffle|waffling|rambling|ramblings|babbling|stumbling|stammering|mumbling|stuttering|stutter|stammer|fumbling|clumsiness|ineptitude|incoherence
    i @ like|be|am|was|such ~1 a|an|such|the|complete|total|utter ~2 idiot|fool|failure|klutz|moron|mess|disaster|dunce|loser|wreck|fraud|impostor|imposter|disgrace|embarrassment|amateur|disappointment|flop|letdown|nuisance
    i ~2 out of ~1 my|practice|sorts|shape ~2 depth|league|element|comfort|$
    over my head
    i @ off ~1 form|day|my_game|colour
    i @ had|having|have an|a ~3 off|bad|terrible|rough|shocker|nightmare|poor|disastrous ~2 day|interview|morning|night|performance|of|moment|round|session|time
    an off day
    english|french|swahili|kiswahili|hindi|grammar|accent|maths|math|coding ~1 is|was ~2 not|poor|bad|broken|weak|rusty|terrible ~1 very|so|good|great|perfect|$
    i @ weak|poor|bad|terrible|hopeless|useless|awful|rubbish|dreadful|lousy|pathetic|horrible in|at|with
    i ~2 not myself
    i ~1 not quite|really|feeling|entirely myself
    i ~2 not ~2 feel|feeling|been like myself
    i ~3 did_not|not|could_not ~3 think straight|clearly|quickly|fast
    i ~2 not ~2 know ~4 stuff|enough|what_to_say|basic|basics|simple|answer_to_such
    i ~2 knew|know so|too|very little
    disaster|shambles|train_wreck|car_crash|catastrophe|fiasco|nightmare ~2 of|from an|a|my|for ~1 interview|performance|answer|me|presentation|part
    interview|presentation|performance|demo|test|answer ~3 was|is|turned|went ~2 a|an|into ~2 disaster|shambles|mess|fiasco|catastrophe|nightmare|wreck|failure|flop|embarrassment
    despite|in_spite_of|even_though|notwithstanding|overlook|regardless_of ~2 my ~2 {bad}
    despite|in_spite_of|notwithstanding|regardless_of|given ~2 my ~2 nerves|nervousness|stumbles|failings|shortcomings|mistakes|blunders|errors|showing|inexperience|fumbles|hesitation|anxiety
    i @ not ~2 come|came ~1 across|over|off ~4 well|best|intended|wanted|hoped|confident|as|the
    not ~1 as|so good|sharp|clear|well|strong|polished|prepared|articulate|coherent|confident|fluent|focused|composed|convincing|smooth|eloquent|concise ~2 as ~2 i|usual|my|it
    less than ~1 impressive|stellar|ideal|brilliant|coherent|perfect|convincing|satisfactory|best|articulate ~3 my|i|answer|performance|showing|me
    my ~1 less than
    my {performance} ~2 left ~3 desired
    left|leaves ~2 lot|much to be desired
    i @ gave|give up|in to|too ~2 nerves|easily|nervousness
    i ~3 imposter|impostor syndrome
    you ~3 better|stronger|abler|smarter|sharper candidates|applicants|people ~2 than ~1 me|i|myself
    others|other_candidates ~3 better|stronger|smarter|more_qualified ~1 than ~1 me|i
    someone|somebody better|stronger|smarter than me|i
    nilikuwa na wasiwasi|woga|hofu
    """.splitlines(),
    _CLASSES,
)  # fmt: skip

# Only in the interview; elsewhere the same words tell a story of work.
WEAK = Phrases(
    """
    i @ {weakly} at|over|on|with|through|when|the|to|your|for|apart|in|as|under|myself|a|by|my|badly|it|because|$
    and|but {weakly} at|over|on|with|through|when|apart|badly
    i @ ~1 misjudged|underestimated|overestimated|misread ~3 question|room|time|task
    i @ lost my|the ~1 thread|way|nerve|train|cool|place|words|tongue|focus|footing|composure
    i @ got ~1 lost|stuck|confused|muddled|carried|tangled|flustered|tangled
    """.splitlines(),
    _CLASSES,
)
