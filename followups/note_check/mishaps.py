"""Phrases that tell of a mishap in the interview, or of going over it again and again."""

from followups.note_check.classes import CLASSES
from followups.note_check.phrases import Phrases

_CLASSES = CLASSES | {
    "slip": "mistake|slip|blunder|gaffe|error|mishap|answer|moment|remark|comment|joke|silence|lateness|faux|stumble|fumble|failure|outburst|embarrassment"
    "|reaction|tone|wording|words|incident|spill|stain|mess|mix",
    "machine": "phone|alarm|dog|cat|camera|internet|connection|network|wifi|wi_fi|laptop|computer|battery|audio|mic|microphone|sound|video|line|zoom|screen|power"
    "|electricity|toddler|baby|son|daughter|child|children|kids|neighbour|neighbours|neighbor|call|stomach|tie|shirt|shoe|zip|headset|router|earphones|speaker",
    "broke": "rang|went_off|barked|failed|dropped|froze|died|crashed|cut|broke|broken|disconnected|interrupted|cried|screamed|shouted|came_in|walked_in|burst"
    "|kept|was_off|was_down|went_down|went_dead|was_muted|collapsed|rumbled|vibrated|buzzed|beeped|jumped|ripped|tore|split|lagged|stopped|ran_out|refused|hung",
}
MISHAP_TOLD = Phrases(
    """
    i @ ~1 arrived|came|joined|logged|showed|turned|got|reached|appeared|called|dialled|started|submitted|sent|was|been ~5 late
    i @ running|ran late
    i @ kept ~3 waiting
    i ~2 overslept|oversleep|spilled|spilt|spill|yawned|swore|cursed|cried|fainted|sneezed|coughed|interrupted|snapped|laughed|burped|giggled|tripped|fell|hiccuped
    i ~2 knocked ~3 over|off|down
    i ~2 broke|dropped|tore|scratched|smashed the|your|a|that|one ~2 cup|mug|glass|pen|vase|plate|projector|marker|chair|water|tea|coffee|phone|folder|papers|door|window|picture
    i ~2 missed ~2 interview|call|appointment|slot|meeting|start|deadline|train|bus|turn|exit|first
    i ~2 called|named|addressed ~4 wrong|instead
    i ~2 got|went|walked|took|turned|dialled|used|clicked|came|opened|read|heard|brought|wore|sent ~3 wrong ~1 name|room|building|office|door|floor|link|day|time|train|bus|address|file|place|platform|street|turn|shoes
    i ~2 forgot ~2 name|turn|mute|unmute|bring|switch|silence|charge|id|certificates|cv|portfolio|documents
    i ~2 lost my temper|voice|cool|place|thread|train
    i ~2 had to ~2 leave|go|run|hang|rush|step|drop
    i ~3 could not ~2 hear|see|connect|join|log|unmute|find ~2 you|office|link|building|room|question|in|back|entrance|mute
    my ~2 {machine} ~3 {broke}
    my ~1 {machine} ~2 was|were|is|got|kept|went ~2 lost|poor|weak|bad|unstable|slow|down|off|dead|dropping|muted|faulty|low|flat|breaking|patchy|cutting|failing|disturbing|acting
    i ~2 called|calling|addressed you ~4 $
    i ~1 came|arrived|appeared|turned ~1 without
    the ~1 {machine} that|which ~1 {broke}
    {machine} kept ~1 dropping|cutting|freezing|ringing|barking|crying|failing|buffering|interrupting
    about the|my ~1 {mishap}|{slip}
    about ~4 i spilled|spilt|broke|knocked|dropped|made|said|missed|forgot|gave
    as|about|regarding|concerning for? ~1 my|the ~2 late|lateness|phone|coffee|arrival|interruption|noise|absence|spill|laugh|outburst
    what|the_thing|the_remark|the_comment|the_joke i said about|to|at|was ~4 wrong|harsh|rude|stupid|silly|clumsy|tactless|inappropriate|unkind|thoughtless|out
    i ~3 not ~3 have|had ~1 said|done|made|laughed|spoken|interrupted|told
    i ~3 should not have
    i ~2 made ~3 mistake|error|slip|blunder|mistakes|errors|gaffe|faux
    my|the mistake|blunder|gaffe|slip|outburst|lateness|interruption|silence|faux ~3 was|is|came|happened|seemed|made|that|i
    that|it ~1 was ~2 my ~1 fault|mistake|doing|oversight
    the coffee|tea|water|cup|glass|mug|phone i|that ~1 knocked|spilled|spilt|broke|dropped|rang
    took the|a wrong
    i ~2 missed ~1 the|half|part|most|some|ten|five|fifteen|twenty ~2 minutes|first|start|beginning|introduction|part
    i should never
    my ~2 {machine} ~1 would|did|could|was not ~1 start|work|connect|open|load|charge|switch|turn|respond|hold|off
    stain|mud|crumbs|ink|spot on my
    yesterday|friday|monday|tuesday|wednesday|thursday|that|my 's? ~1 outburst|silence|mishap|blunder|incident|slip|gaffe|muddle|mix
    i ~2 forgot your|his|her|the ~1 name|names|surname
    i ~2 burst into|out
    i ~2 ran|run out of|over
    i ~2 walked|came|burst in on|late
    i ~2 got lost|stuck|held|delayed|caught
    i ~2 sat|stepped|leaned|trod|bumped on|into ~2 your|the|a
    i ~1 had ~2 muted|forgotten|overslept|misread|misheard|misunderstood|left ~3
    i ~2 misread|misheard|misunderstood
    """.splitlines(),
    _CLASSES,
)
BROODING = Phrases(
    """
    i @ bad|terrible|awful|guilty|horrible|dreadful|sick|low|miserable|wretched|rotten|uneasy|uncomfortable|upset|devastated|heartbroken|crushed|dismayed|distraught|remorseful about|that|for|over|at|when|because|ever|since|inside|now|and|to|all|after|afterwards|$
    i @ feeling ~1 bad|terrible|awful|guilty|horrible|dreadful|sick|low|miserable
    it|this|that ~2 bothers|bothered|bothering|troubled|troubles|troubling|upset|upsets|gnaws|gnawing|eats|eating|weighs|weighed|weighing|nags|nagging|plagues|plagued|worried|worries|worrying|tormented|torments|hurt|hurts|stings|stung|haunts ~1 me|on
    weighs|weighed|weighing|preyed|preying|playing|heavy ~2 on my
    i @ replay|replayed|replaying|relive|relived|reliving|ruminating|obsessing|brooding|agonising|agonizing|fretting|worrying|stewing|dwelling|overthinking
    i @ ~2 thinking|think|going|coming|went|go|turning|running|seeing|hearing|see|hear ~1 about|back|over|it|of ~3 my|that ~2 {slip}|mistake|question
    i @ ~2 thinking|think about|of what|how|why ~3 i ~3 said|did|answered|should|could
    i @ going|went|turning|running|thinking|turned ~2 over ~3 in my
    i ~2 been|keep|kept going|gone over|through|back ~2 my|the|that|it|what|every|over|to
    i @ ~2 thinking|think about ~4 i ~1 spilled|spilt|broke|dropped|knocked|forgot|missed|interrupted|called|lost|made|gave|got
    been on my mind
    i ~3 not ~1 explain|tell|say|imagine why|how|what i
    i ~1 keep|kept|keeping hearing|seeing|replaying|picturing =6 $
    kept|keeps|keep seeing|hearing|thinking ~2 the|your|that|my ~1 stain|face|faces|moment|silence|mistake|look|answer
    i ~3 not ~1 slept|sleep|eaten|eat|stop|stopped|rest|relax|forgive|forget ~1 since|well|at|much|last|thinking|properly|a|myself|it|because|$
    i ~2 lost|losing sleep
    i ~2 hardly|barely|scarcely ~1 slept|sleep|ate
    i ~2 lay|lain|lying|was|been awake
    i ~2 cried|wept|crying|tears ~1 on|all|in|when|after|for|at
    i ~2 not ~1 know|understand|explain|sure what|why|how ~2 i|came ~1 said|did|over|answered|forgot|happened|froze|wrote|made|got|mixed|chose|could
    what came over
    wish|wished ~3 take|turn ~2 back
    my ~2 heart|stomach sank|sinks|dropped|turned
    ever since|all night|all weekend|all week i ~2 been|have|thought|worried|felt
    i ~3 thought|worried|agonised|agonized|fretted about|over ~2 it|this|that|nothing ~1 all|ever|else|since|the_whole|every
    the thought|memory of ~2 it|my|that ~3 me|makes|still
    """.splitlines(),
    _CLASSES,
)
