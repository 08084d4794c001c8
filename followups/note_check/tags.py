"""Classes of words beyond praise and blame: speech, omission, error, cause, memory, machine, plan. Data only."""

from followups.note_check.classes import word_set

# Words that hold sentences together. They stand for themselves; of all others only the class counts.
SMALL = word_set(
    """
    i me my mine myself you your yours yourself he him his she her hers it its we us our ours they them their this that these those there here who whom whose which what
    a an the some any no none every each all both either neither other another such one ones else same own only also too even just still yet already ever never always often again once
    am is are was were be been being have has had having do does did doing done will would shall should can could may might must ought
    not nor and or but so because although though while whereas if unless when whenever since after before until till as than then that why how whether where
    of in on at to from for with without by about into onto over under between among through during against within across along around behind beyond up down out off away back near like unlike despite per via
    very really quite rather so much more most less least little few many lot bit enough almost nearly hardly barely scarcely simply merely perhaps maybe probably surely certainly clearly obviously apparently honestly frankly truly actually indeed instead
    please let us get got give gave given go went gone come came make made take took put say said tell told
    yes well oh ok now today yesterday later soon first second third next last finally
    something anything nothing everything somebody anybody nobody someone anyone everyone
    , 's qq link and
    """
)  # fmt: skip

CLASSES: dict[str, frozenset[str]] = {
    "SAY": word_set(
        "said told gave quoted named called described listed cited mentioned stated answered replied claimed wrote put explained pointed read spelt spelled spoke talked pronounced attributed dated counted added estimated guessed offered reported recited "
        "credited placed labelled labeled drew showed presented summarised summarized announced assured identified introduced"
    ),
    "OMIT": word_set(
        "forgot forgotten forgetting omitted omit left leave skipped skip missed missing neglected dropped overlooked short unsaid unanswered unmentioned incomplete half partial stopped remember recall remembered recalled occurred"
    ),
    "ERR": word_set(
        "wrong wrongly mistake mistakes mistaken mistakenly error errors slip slips slipped blunder blunders gaffe lapse oversight mix mixup muddle muddled confusion confused mixed incorrect incorrectly inaccurate misspoke misremembered misquoted misstated misread misheard "
        "misunderstood miscounted mislabelled misplaced misnamed miscalculated transposed inverted reversed swapped switched backwards upside false outdated stale typo clanger howler goof faux"
    ),
    "FIX": word_set(
        "correct correction corrected corrections correcting clarify clarification clarifying amend amendment rectify fix fixing set straight right addendum erratum footnote supplement supplementing complete completing fuller finish expand expanding round elaborate "
        "precise precisely exact proper properly actual true update revise revised addition record completeness"
    ),
    "ASK": word_set(
        "question questions asked ask asking query queries wondered enquired inquired wanted case task exercise problem puzzle test scenario topic point subject matter quiz whiteboard drill role-play"
    ),
    "FEEL": word_set(
        "felt feel feeling feelings mind bothered bothering bothers upset guilty guilt ashamed shame regret regrets remorse sick sank sinking stomach heart blush blushed blushing red scarlet crimson pink cheeks ears face cringe cringing wince winced winces squirm squirmed "
        "mortified embarrassed embarrassment annoyed cross angry furious ache aches burning burned hot sweat cold tears cried wept sighed groan groaned laugh laughed laughing ghost haunted haunts haunting nag nags nagging gnaw gnawing sting stings stung smarts smarted smarting rankles rankled galls galled galling irks irked jars jarred nagged hurts itch thorn stone splinter weighs weighed heavy dread worry worried worrying troubled"
    ),
    "REPLAY": word_set(
        "replay replayed replaying rewind rewound loop looping relive relived reliving rerun rehearsing awake sleep slept asleep woke wake bed pillow ceiling night midnight dream dreamt dreamed dreams brooding brooded stewing stewed chewing chewed mulling mulled fretting fretted "
        "turned turning rolling remembered remembering forget echo echoes echoed kept keeps keep stuck followed follow company rings ringing"
    ),
    "REALIZE": word_set(
        "realized realize noticed notice saw spotted dawned struck discovered found checked looked clicked penny remembered understood figured traced opened unpacked unfolded compared came hit"
    ),
    "HOMEWARD": word_set(
        "bus train tram taxi matatu boda metro ferry car bicycle bike lift stairs platform gate door station corridor street pavement road drive driving walk walking walked ride way home supper dinner lunch tea breakfast kitchen shower evening morning night weekend afternoon hours minutes since ago afterwards "
    ),
    "KIN": word_set(
        "mother father mum mom dad wife husband sister brother son daughter aunt uncle cousin friend friends flatmate neighbour neighbor family grandmother grandfather partner child baby toddler kids dog cat roommate landlady nephew niece household"
    ),
    "MACHINE": word_set(
        "phone alarm camera internet connection network wifi laptop computer battery audio mic microphone sound video screen power electricity headset router signal line zoom teams call ringtone tablet keyboard link speaker"
    ),
    "CAUSE": word_set(
        "cause caused reason reasons because due owing explanation blame fault traffic jam puncture breakdown delay delayed late strike flood rain storm ill illness sick fever flu cold headache migraine tired tiredness exhausted exhaustion jetlag unwell medication hungry "
        "habit happened happens thanks poster leaflet sheet notes notebook page pages folder file copy print printout handout list label drawer calendar diary manual spreadsheet tab column row glasses"
    ),
    "MISHAP": word_set(
        "spilled spilt spill dropped knocked broke broken tore ripped tripped sneezed coughed coughing hiccups rang buzzed beeped barked barking crashed froze stain stained late lateness tardiness interrupted interruption interrupting outburst swore swearing yawned fainted snapped shouted locked overslept split curdled burnt burned scorched jammed toppled stalled leaked burst crumbs mud muddy noise joke remark silence laughed stepped bumped cut disconnected"
    ),
    "PRAISE": word_set(
        "fine good great superb excellent neat smart bold brilliant clever lovely wonderful remarkable beautiful impressive amazing fantastic marvellous marvelous terrific splendid delightful charming memorable inspiring fascinating interesting exciting promising sensible admirable ingenious elegant striking unforgettable magical fun joy treat beauty gem masterpiece best favourite favorite "
        "inspiration intriguing appealing refreshing thoughtful generous helpful useful valuable moving touching tempting worthwhile ambitious brave vital dream thrilling tasty delicious spectacular stunning outstanding warm kind gorgeous grand fab fabulous cracking ace class smashing super cool awesome stimulating instructive practical fair clean careful honest frank candid informative instructive enlightening enjoyable handsome magnificent ingenious peaceful homely heavenly unreal sublime exquisite glorious divine epic phenomenal incredible extraordinary astonishing mesmerising captivating enchanting hilarious jewel spotless attentive distinguished unforgettable entertaining heartening heavenly splendidly brilliantly rare delight pleasure honour honor privilege"
    ),
    "LIKE": word_set(
        "enjoy enjoyed enjoying like liked love loved loving admire admired appeals appealed interests interested impressed impress fascinated struck inspired charmed delighted pleased glad happy thrilled excited keen eager curious moved touched taken honoured honored proud grateful stayed stays convinced surprised amazed heartened encouraged grinning smiling beaming giddy humming whistling relish relished"
    ),
    "PLAN": word_set(
        "forward available start begin join joining free ready bring help contribute visit send sent attached enclosed attach follow meet meeting hear hearing learn learning work working apply offer role post position job team next week month notice report resume relocate references referees certificate certificates reference portfolio"
    ),
    "THANK": word_set("thank thanks thanking grateful gratitude thankful appreciate appreciated appreciation asante cheers obliged indebted"),
    "SORRY": word_set("mercy lenient leniency clemency veil vex sorries contrite remorse remorseful apologetic disgrace culpa maaf kshama scuse scusi pardons pardoned forgiving excused excuses allowance allowances indulgent forbearance offence offense offended offend cross vexed sorry apologize apologized apologizing apology apologies forgive forgiven forgiveness pardon excuse overlook samahani radhi merciful mercy indulge indulgence regret bear"),
    "THINK": word_set("think thought believe know knew fear afraid suspect guess suppose sure aware conscious admit confess hope wish doubt wonder imagine realize feel certain understand bet reckon accept"),
    "SHOULD": word_set("should ought could would might"),
    "ODD": word_set(
        "goat spaniel cow calf sheep lamb donkey mule hen chicken goose duck parrot owl fish goldfish eel hedgehog rabbit hare mouse rat snail tortoise sloth elephant hippo bull ox pig camel monkey ape bear spider moth bee wasp "
        "kettle brick bricks sponge sock wardrobe scarecrow porridge toast cardboard concrete fog mud soup spaghetti statue plank post sack turnip potato cabbage balloon puppet tap sieve colander teapot umbrella firework fireworks candle lamp bulb bucket spoon fork ladder gate door wall hinge drum bell clock sundial compass map "
        "satnav machine photocopy understudy actor tourist landlubber ghost shadow drunk novice stranger blindfold lottery menu timetable leaflet brochure dictionary crossword circus pantomime comedy farce tragedy jellyfish stone rock log lead feather leaf straw desert swamp bog mist cloud storm shipwreck titanic wagon cart tractor bicycle holiday vacation lunch sleep coma"
    ),
    "ALIKE": word_set("same alike similar similarly identical twin twins confusingly differ differs differed difference resemble resembles resembled neighbouring neighbour adjacent beside besides next-door namesake look-alike lookalike instead place rather where arose arises stemmed stems misled misleading led fooled tricked deceived swapped crossed"),
    "PEERS": word_set("others candidates applicants candidate applicant trainee apprentice schoolchild child toddler beginner novice student intern amateur pupil anybody anyone colleague foreman teacher boss mentor grandmother parrot spaniel goat robot sheep goldfish"),
    "SUPPLY": word_set("is are means meant stands runs holds takes costs covers applies weighs measures contains amounts uses belongs"),
}  # fmt: skip
