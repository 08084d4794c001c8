"""The words the check knows, by what they say of a person or a performance. Data only; grammar is in `clauses.py`."""

from followups.note_check.classes import word_set

# Said of a person or of what they did in the room, these speak against them.
BAD = word_set(
    """
    abject abrupt abysmal addled agitated aimless all_over amateurish anxious apprehensive arrogant ashamed asinine atrocious
    awful awkward awry backward bad badly baffled befuddled below bewildered bland blank bleak blundering blurry bombastic boring botched brainless breathless brusque bumbling
    bungled callow careless chaotic cheesy childish choppy clueless clumsy clunky cocky cold confused confusing contradictory convoluted cowardly cringe cringeworthy cringey cringy crap crappy crass cumbersome curt
    daft dazed defensive deficient deflated dense derailed desperate diabolical dim dire disappointing disappointed disastrous discombobulated discouraging disheartened disjointed dismal disordered disorganised disorganized
    disoriented dispiriting distracted distraught dodgy dopey dreadful dreary drivel dry dull dumb dumbfounded dumbstruck egotistical embarrassed embarrassing embarrassingly empty erratic evasive excruciating
    facile faltering feeble flaky flat flawed flimsy flippant flustered foggy foolish forced forgetful forgettable foul fragmented frantic frazzled fraught frozen frumpy fumbling fuzzy fuddled
    garbled gauche ghastly glib graceless grim groggy grovelling gruesome guarded gutted half_baked half_hearted halting ham_fisted hamfisted haphazard hapless haughty haywire hazy hesitant hideous hoarse hollow hopeless
    hopelessly horrendous horrible horrid horrific humiliated humiliating idiotic ignorant illogical ill_prepared immature impatient impolite imprecise inadequate inarticulate inaudible incapable incoherent
    incoherently incompetent incomplete_and inconsistent ineffective ineffectual inelegant inept inexpert inexperienced inexcusable inferior inhibited inhibiting insecure insincere insipid insufferable insufficient
    intimidated irrelevant irritable jittery jumbled jumpy juvenile laboured lacking lacklustre lackluster lamentable lame laughable lazy leaden lifeless limp loopy long_winded longwinded lousy ludicrous lukewarm
    mangled mealy_mouthed meandering mediocre meek messy minimalist miserable misguided misjudged mixed_up monosyllabic monotone monotonous mortified mortifying muddled muddle muffled mumbled mushy
    naff naive nebulous negligible nerve_racked nerve_wracked nervous nervy nonsense nonsensical numb obtuse off_form off_key off_topic outclassed overawed overconfident overexcited overlong overwhelmed overwhelming overwrought overwordy out_of_depth
    painful painfully panicked panicky panic_stricken paltry paralysed paralyzed passable patchy pathetic pedestrian petrified pitiful pitiable plodding poor poorer poorest poorly preachy preposterous
    primitive rambling rambly ramshackle rattled raw reckless red_faced repetitive rickety ridiculous rigid ropey ropiest ropy rotten rough rubbish rude rushed rusty sarcastic scared scatterbrained scattered scatty scrappy second_rate
    self_conscious shabby shaken shaky shallow shambolic shameful shameless sheepish shocking shoddy short_sighted shy silly simplistic sketchy slapdash sleepy slipshod sloppy slow sluggish small smug snappy
    speechless spineless squeaky stage_struck stammering starstruck star_struck stiff stifled stilted stressed stuck stumped stunned stupid sub_par subpar substandard superficial surly sweaty
    tactless tame tangled tedious tense tensed tentative terrible terribly terrified thick thin third_rate threadbare thrown timid tired tiresome tongue_tied toneless tragic trite twitchy
    unambitious unbearable uncertain unclear uncomfortable unconfident unconvincing unconvinced uncoordinated underprepared underqualified underwhelming undignified undistinguished uneasy unenthusiastic unfit unfocused unfocussed unimpressive
    uninspired uninspiring unintelligible unintelligent unlistenable unnerved unpersuasive unpolished unprepared unprofessional unqualified unready unrehearsed unremarkable unsatisfactory unsatisfying unskilled unsmooth unstructured
    unsteady unstuck unsuitable unsure unworthy unworkable unwell_prepared useless vacant vague vapid verbose wanting waffly weak weakest weaker weedy wobbly woeful woefully wooden woolly wooly wordy worse worst worthless wretched wrong_footed
    zombie_like zoned
    """
)
# The noun for the person or for how it went.
BAD_NOUN = word_set(
    """
    amateur ass babble balls_up bag_of_nerves bluster blather blunder bombshell bore bother botch bumbler bundle_of_nerves burden calamity car_crash catastrophe chatterbox chump clot clown clod cringe
    damp_squib debacle disappointment disaster disgrace dog_s_dinner dolt donkey dope drivel dud duffer dullard dunce dog's_breakfast embarrassment failure farce fiasco flop fluff fool fraud fumble
    gibberish goose halfwit hash hesitation hodgepodge horror_show horror hotchpotch idiot imbecile imposter impostor jelly joke jumble jelly klutz laughing_stock lemon letdown let_down liability loser lump
    meltdown mess mishmash monotone moron muddle muppet mush mumble nadir newbie nightmare nincompoop nitwit nonsense novice numpty omnishambles parrot pickle plank plonker prat prattle
    rabbit_in_headlights ramble rambling robot rubbish ruin scatterbrain shambles shipwreck shocker shower sieve simpleton slog spectacle spluttering squib stammer stumble stutter tangle tizzy train_wreck trainwreck travesty tripe
    turkey twaddle twit waffle wally waste washout word_salad wreck zombie
    """
)
# Done by the writer in the room, these are failures.
FAIL = word_set(
    """
    babbled babbling backtracked backtracking balked baulked bellyflopped bleated blabbered blabbering blabbed blagged blanked blanking blathered blathering blew blown blithered blubbered bluffed bluffing bluffed blundered blundering blurted blurting blushed blustered bodged bombed boobed bored botched botching bottled bumbled bumbling bungled bungling
    burbled butchered buried burped capitulated caved choked choking chickened clammed collapsed contradicted corpsed cowered cracked crammed cringed cringing crumbled crumbling crumpled crumple crashed
    dawdled derailed deteriorated digressed digressing disappointed disintegrated disgraced dithered dithering dragged dodged drifted drivelled droned droning drowned dried ducked dumbed embarrassed evaded
    faffed failed failing faltered faltering fared fibbed fidgeted fidgeting flailed flailing flapped flapping flannelled flatlined flinched floundered floundering flopped flubbed fluffed fluffing flunked flustered fluttered foozled forgot_how foundered freaked froze frozen freezing fudged fudging fumbled fumbling
    gabbled gabbling garbled gibbered gabbed giggled goofed grovelled groped groping gushed hashed hedged hedging hesitated hesitating hemmed hummed hyperventilated imploded jabbered jumbled jabbering kept_forgetting
    lectured lost_it mangled mangling massacred meandered messed misfired misjudged mismanaged mishandled mucked muddled muddling muffed muffled mumbled mumbling murdered monologued
    nattered nosedived overcomplicated overcompensated overdid overelaborated overexplained overrambled overran overreached overshared overstayed overtalked overthought overthinking
    palpitated panicked panicking paused_too perspired perspiring plunged prattled prattling preached quaked quaking quailed quavered rabbited ragged rambled rambling ranted rattled recited regressed rehashed repeating reeled rushed rushing
    sagged scrambled screwed seized shook shaking shrank shrivelled shut_down shuddered skated skirted slipped slumped slurred snapped sniggered sold_myself spiralled spluttered sputtered spouted sprawled squeaked squandered squirmed squirming stalled stammered stammering stank stared staring stumbled stumbling stuttered stuttering stumped sucked sulked surrendered sweated sweating swerved swotted sidestepped
    tanked tensed thrashed tottered trembled trembling tripped twittered unravelled unraveled underdelivered underperformed underplayed undersold underselling underprepared underwhelmed wandered wandering waffled waffling wasted wavered welled whiffed whimpered wilted winced winged wittered wittering wobbled wobbling woffled wondered_off yammered yapped zoned
    freeze ramble waffle babble mumble stammer stutter panic choke blank overthink stumble fumble clam crumble wobble falter gabble flap dither witter hesitate seize wilt shrink fluster
    """
)  # fmt: skip
# Sure signs only with something behind them or in the interview: other lives have them too.
FAIL_ANYWHERE = word_set(
    "failed dragged lost snapped slipped wandered giggled crashed rushed ranted blushed shook shaking stared staring wasted tripped cracked collapsed drifted dodged paused buried seized burped gushed lectured recited reeled "
    "winged hummed plunged scrambled repeating drowned frozen freezing panic freeze blank seize choke shrink wandering ragged rattled disappointed embarrassed dried welled misjudged stumbled hesitated hesitate hesitating"
)
# Said of a person or performance, these speak for them; denied, against them.
GOOD = word_set(
    """
    able accurate accurately adept adequate adequately alert apt articulate articulately assertive assured at_ease at_my awake best better bright brightest brilliant brilliantly calm calmer calmest calmly capable capably clear clearer clearest clearly clever coherent coherently
    collected comfortable compelling competent competently complete completely composed concise concisely concrete confident confidently convincing convincingly cool correctly creditable crisp decent decently deep deserving detailed diplomatic direct
    eloquent eloquently engaging enough entertaining enthusiastic equipped exhaustive expected experienced expert expressive fair favourably favorably finest fit fitting fluent fluently focused focussed forthcoming forte full fuller fully gifted good graceful great greatest happy helpful honest_enough hoped ideal
    illuminating impressed impressive impressively inspired inspiring insightful intelligent intelligently intelligible interesting justice knowledgeable level_headed likely logical logical lucid lucidly mark masterful masterly memorable methodical natural neat neatly obvious on_form on_top organised organized
    patient perceptive perfect persuasive persuasively pleased poised polished precise precisely prepared presentable pretty probable professional professionally proficient proper properly proud punchy qualified quick quickest quickly ready real reassuring relaxed relevant rehearsed right rounded satisfied satisfactory satisfactorily satisfying scratch seasoned
    senior sensible sensibly sharp sharper sharpest shining skilful skilled skillful slick slickest smart smartest smooth smoothest smoothly smoother solid sparkling spontaneous standard steady stellar straight straightforward strong strongest stronger strongly structured succinct succinctly sufficient sufficiently suitable suited superb sure tactful technical thorough thoroughly thoughtful together
    top true typical up_to usual well well_spoken well_prepared witty wise wiser worthy impress shine sparkle excel convince
    """
)
# What the writer is measured by in an interview.
PERFORMANCE = word_set(
    """
    account answer answers answering anecdote appearance argument arguments arithmetic attempt attempts audition background bit body_language calculation calculations case coding code comment comments communication concentration conversation conduct contribution debut defence delivery demo demonstration description diagram
    drawing effort efforts ending english essay example examples exercise explanation explanations explaining first_half french german grammar grasp handling handshake handwriting half hindi hour impression interview interviewing introduction intro job kiswahili lesson logic manner maths math mathematics measurement memory minutes monologue negotiation numbers opening
    outing outline part performance performances pitch pitching point points portfolio posture preparation presentation presenting presence pronunciation puzzle question questions reaction reading reasoning recall remarks replies reply response responses role_play roleplay round run_through running_order second_half section segment self_introduction sentence sentences session showing sketch slide slides
    solution solutions spanish speech speaking spelling spiel stab start statement stories story structure sums swahili talk talking task teach_back teaching tact test thinking thoughts throw timing tone turn translation treatment turn typing version vocabulary voice walk_through walkthrough whiteboard whiteboarding wording words work writing
    accent arabic chinese dutch italian japanese mandarin polish portuguese russian turkish nerves summary reply overview pace phrasing script run plan bid case_study
    """
)
# Parts of a body or mind that give way.
FACULTY = word_set(
    "mind head brain brains memory voice hands hand palms fingers knees legs tongue mouth throat thoughts thought words nerves nerve heart stomach confidence concentration wits train composure english eyes face body lips breath vocabulary focus"
)
ABILITY = word_set(
    """
    ability abilities aptitude background brains clarity command competence composure confidence conviction coherence depth detail eloquence energy english experience expertise finesse fluency flair focus french german grace grasp gravitas imagination insight intelligence know_how kiswahili knowledge language leadership maths math nerve poise polish practice
    precision preparation presence punch qualification qualifications rigour rigor sense sharpness skill skills structure substance swahili talent technique training understanding vocabulary wit words
    """
)
STRIKES = word_set(
    """
    abandoned annihilated baffled beat beaten befuddled betrayed bewildered bowled caught choked confounded confused crushed daunted defeated deserted destroyed derailed disarmed distracted dumbfounded eluded escaped escapes failed fazed flattened floored flummoxed flustered foxed froze got humbled intimidated knocked let losing lost mystified
    outfoxed overcame overpowered overtook overwhelmed panicked paralysed paralyzed petrified perplexed rattled scared scuppered shook silenced sank sunk spooked stumped stunned tangled terrified threw thrown tied tripped undid unnerved unsettled upset wrong_footed wrongfooted wrecked
    """
)
# What the writer does in an interview.
PERFORM = word_set(
    """
    acquit act address answer answered argue articulate arrange back bring brought calculate calm capture code come came communicate compose concentrate conduct connect construct contribute convey convince cope cover deal defend deliver demonstrate describe do doing done engage
    explain explained express expressed finish focus follow form formulate frame gather get give given go handle impress interview justify keep listen live make manage measure meet mention_enough muster name organise organize order outline perform performed piece pitch prepare prepared present presented produce project prove provide pull put quote
    react read reason reflect represent respond rise say sell serve shine show showed shown solve sound speak spoke stay string structure talk teach think translate type understand weigh wow write
    """
)
PREPARE = word_set(
    "prepared rehearsed practised practiced revised studied researched read slept brushed listened paused breathed slowed stopped thought known done answered handled put explained expressed said been spoken given made kept stayed asked phrased chosen tackled approached managed presented performed dealt picked had remembered seen gone come paid shown convinced offered taken planned brought structured worked focused tried held caught spent checked swotted anticipated expected prepped"
)
LIMIT = word_set(
    "abrupt aggressive blunt brief casual chatty clever detailed direct eager emotional excited familiar fast fidgety flippant formal frank general generic hasty honest hurried keen lengthy light little long loud low loudly modest much negative narrow personal pushy quick quickly quiet quietly rapidly relaxed rushed salesy serious short simple slow slowly soft softly talkative technical theoretical trusting verbose vague wordy academic junior"
)
