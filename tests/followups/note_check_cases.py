"""Invented notes and what the note check should say about them.

Rules are written while looking at the even rows only; the odd rows measure whether they reach further (`half`).
A sentence stands inside `FRAME`, a note that is fine without it.
"""

FRAME = """Dear Ms Wafula,

Thank you for showing me the sluice gates on Friday. {sentence} The plan for the lower ponds interests me.

Kind regards,
Ruth"""

A, S = "apology", "self_deprecation"

APOLOGY = """
Sorry for the barking, my neighbour's terrier hates the postman.
I am so sorry that I kept you all waiting at the gate.
Please accept my sincere apologies for the mix-up over the room.
I do apologise for my camera being off.
Pardon my long email.
Excuse the brevity, I am typing this on the bus.
Please bear with me if this message is a bit long.
I hope you can overlook my slip on the tax question.
Kindly forgive the typo in the subject line.
I deeply regret my tone when we talked about night shifts.
My bad about the wrong file!
Mea culpa on the late portfolio.
soz for being late btw
I ask that you not hold the coughing against me.
I hope you won't judge me by that one answer.
I beg your indulgence for this second message.
Sincere apologies, the link I gave you was broken.
I owe you all an apology for walking into the wrong office.
I just wanted to say sorry for talking over Mr Njoroge.
With apologies for the delay, here are my referees.
Nisamehe kwa kuchelewa.
Naomba radhi for the confusion on the date.
Pole sana for keeping you waiting.
Poleni kwa usumbufu.
Please accept my appologies for joining from the wrong link.
I'm realy sory about the noise from the street.
I apologise profusely for calling you Janet.
APOLOGIES FOR THE LATE REPLY.
I’m terribly sorry about the mix‑up.
So sorry again about my phone!
Entschuldigung für die Verspätung.
Je suis désolé for the confusion with the dates.
Mil disculpas for the late hour.
Mi scuso per il ritardo.
Maaf kijiye, my connection was very poor.
I would like to apologise for the late arrival on Monday.
I must apologise for the state of my shoes.
Allow me to apologise for the interruption from my toddler.
Please excuse my voice, I had a cold.
Do forgive me for going on about tractors.
Forgive me for writing twice.
I regret the inconvenience caused by my change of slot.
Any inconvenience caused is deeply regretted.
I beg pardon for the confusion.
I can't apologise enough for missing the first ten minutes.
Sorry I was late.
Sorry if I rushed the last answer.
I'm sorry my laptop froze twice.
Sorry to bother you on a weekend.
Sorry to have kept Mr Barasa so long.
I am sorry to trouble you with another message.
Kindly excuse me for not carrying the certificates.
I seek your pardon for the delay in sending documents.
Please pardon the background noise during the call.
I trust you will forgive the muddy boots.
Hopefully you can look past my slow start.
Please don't hold my silence against me.
Please do not judge me too harshly for the spilled tea.
Bear with my English, it is my third language.
Apologies if I sounded abrupt about the salary.
I'm afraid I owe you an apology.
Again, my apologies.
We had a power cut, so sorry for dropping off the call.
I ask your forgiveness for the remark on the uniform.
I request you to kindly excuse my lateness.
I hope you will be able to forgive my nerves.
I meant no offence with my joke about accountants, and I am sorry.
Undskyld for the late note.
Sorrry for the mess with the attachments.
I appologize for the confusion regarding my notice period.
Thank you for your patience and sorry for the wait.
Oops, sorry, the attachment is here now.
Excuse me for the informal jacket.
I hope you don't mind how long this is, sorry.
Please take no offence at my question about pay.
Please be lenient with my first answer.
Kindly overlook the error on page two.
I ask for your understanding regarding my lateness.
Sorry about that.
I feel I should say sorry about the parking.
Please convey my apologies to Ms Atieno for my leaving early.
My sincerest apologies to the whole panel.
i apologize i got the time zone wrong
A thousand pardons for the mispronounced name.
Sorry that my answer on stock counts ran on.
Let me first apologise for the late submission of the task.
I am writing to apologise for the confusion yesterday.
Apologise for the late mail.
Extremely sorry for the inconvenience.
Sincerely sorry for disturbing you at home.
I'm sorry for taking so much of your afternoon.
Désolée pour le retard.
Tafadhali niwie radhi kwa kuchelewa.
Forgive the delay in this note.
Hope you will excuse the handwriting.
I repent of my bad joke; please pardon it.
Could you please forgive my mixing up the two dams?
Sorry for any confusion my numbers may have caused.
I am sorry for not bringing the logbook.
I also apologise on behalf of my dog.
Hope you'll bear with me while I learn the terms.
I regret being late and keeping you from lunch.
It was wrong of me to interrupt Ms Adhiambo, and I apologise.
I'd like to offer my apologies for the bad line.
Accept my apology for the mistake in my CV.
""".strip().splitlines()

NO_APOLOGY = """
I was sorry to hear that Mr Barasa has been unwell.
I am sorry we ran out of time before the pump house.
I'm so sorry for your loss; Mr Keter sounded like a fine colleague.
Please don't apologise for the fire drill, it was the best part of the day.
No need to apologise for the wait.
There was nothing to apologise for when the projector failed.
You really needn't have said sorry about the rain.
Your idea of a public apology page for late ferries is brave.
I would gladly draft the apology letters to passengers.
The module on how staff say sorry to guests sounded useful.
Thank you for excusing the background noise.
Thank you for bearing with me while the line dropped.
Thanks for your patience and understanding.
Mr Keter apologised for the lift, but the stairs did me good.
I liked that your ads are so unapologetically local.
You described the sorry state of the north canal, and I would like to help.
The loan forgiveness scheme you outlined would have helped my village.
A forgiving soil like yours is a gift.
I am sorry that the rain cut our walk short.
It was a pity that Ms Adhiambo was away.
I shall be sorry to leave my present team, yet your offer to walk the canal won me.
I'm sorry to have missed the heron count you mentioned.
You asked how I would apologise to an angry farmer, and I have thought of a better order of steps.
I felt sorry for the stranded catfish in your story.
I am not sorry that I asked about the eels.
I never apologise for loving spreadsheets.
When I worked in Kisumu I apologised to the client the same day and kept the account.
Your apology was kind but not needed.
I gladly accept your apology for the mix-up.
There is no excuse for wasting water, as you said.
The presidential pardon of the fishermen came up, and I have found the gazette notice.
It is unfortunate that the lift was out of order.
“Sorry, we are closed” on the old gate made me smile.
I laughed at your "sorry for the mess" as we entered the shed.
You said sorry twice for the dust, and honestly I enjoyed it.
Sorry to hear about the flood at the depot.
I was sorry not to see the hatchery.
I regret that the tour had to end so soon.
My regret is only that two hours are short for so many ponds.
Excuse notes from parents are just the kind of record I would put online.
The team says sorry by fixing things, and I like that.
Please do not be sorry about the tea, I take it cold.
No apology is needed for the early start.
Do tell Mr Otieno not to feel bad about the projector.
I am sorry for the farmers who lost their stock.
My condolences to the family of Mr Keter.
Pole sana for the loss of your colleague.
Poleni kwa msiba, and greet the team.
I'd be sorry to see the lower pond drained.
I look forward to the error budget you described.
I understand the delay in your decision and will wait.
The way you pardon small errors and punish hidden ones taught me something.
Please pass my greetings to Mr Barasa.
I appreciate how you handled the late start.
Sorry is not a word the old foreman knew, as you told us.
You were kind to excuse me for the school run.
We agreed that a quick refund beats a long apology.
It's a shame the drone was broken.
I can see why customers forgive a late delivery when they are told early.
Rather than apologise to members you show them the numbers, and that is right.
""".strip().splitlines()

SELF_DEPRECATION = """
I was so nervous that I forgot half of what I know.
My nerves got the better of me.
I froze when you asked about dredging.
My mind went blank on the budget question.
I know I rambled about the weirs.
I think I blew it on the case study.
I really messed up the arithmetic.
I made a fool of myself at the whiteboard.
I could have done so much better.
I should have prepared better for the safety part.
My performance was below par.
It was certainly not my best interview.
I was not at my best on Friday.
I let myself down with the last answer.
I know I am not the strongest candidate.
I may not be qualified enough for such a post.
You must think I am an idiot.
I came across as arrogant, I fear.
My answer on pumps was weak.
That was a stupid answer of mine.
I am terrible at interviews.
I am ashamed of how little I knew.
I'm mortified about calling you Janet.
I have been kicking myself since Friday.
I am disappointed with myself.
I feel I wasted your time.
I did not perform as well as I had hoped.
Please give me a second chance.
I would love a chance to redeem myself.
I hope I did not ruin my chances.
I fear I made a bad impression.
I was completely unprepared for that question.
I waffled and you must have been bored.
I'm such a klutz with computers.
I got flustered and lost my thread.
I can't believe I got the dam's name wrong.
I gave a poor account of my time at the mill.
I did not explain myself well at all.
My presentation was a disaster.
I was all over the place.
I know my lack of experience shows.
Public speaking is not my strong suit.
I am bad at thinking on my feet.
I was tongue-tied in front of the board.
I performed poorly in the technical round.
My performance was not up to the mark.
I got tensed and could not speak properly.
I was shaking the whole time.
If only I had answered the first question better.
I wish I'd been sharper.
I feel like I failed the test.
I bungled the question on permits.
I screwed up the demo.
I stumbled over the simplest question.
I am embarrassed that I mixed up the two rivers.
It is embarrassing how little I said.
I cringe when I think of my answer.
How silly of me to forget the name of the dam!
It was dumb of me to guess.
I usually do much better than this.
I am no expert and it showed.
I was out of my depth on hydraulics.
I sounded foolish when you asked about silt.
I know I talked too much.
I must have seemed distracted and dull.
I didn't do a very good job of answering Mr Barasa.
I was a bundle of nerves.
Anxiety got the better of me.
I panicked at the numbers.
I choked on the very first question.
I don't deserve this job, but I would work hard.
My explanation was clumsy and confused.
I couldn't string two sentences together.
My French was awful on the day.
Give me one more chance to prove myself.
I failed to show you what I can do.
I hope I didn't bore you with my stories.
I felt stupid afterwards.
I was a nervous wreck.
I did terribly on the quiz.
That answer did not do me justice.
I underperformed on the map exercise.
It was not a true reflection of my abilities, as I was stressed.
I goofed up the second problem.
I know it looked unprofessional of me.
I must have looked like a mess.
My poor showing on the test does not reflect my ability.
I am weak in Excel, I know.
I was not very articulate.
I know I didn't impress you.
I doubt I am good enough for your team.
I mumbled through the introduction.
I blundered on the second question.
It kept me awake all night that I answered so badly.
I hope you will let me try again.
I feel like a failure.
I didn't answer that question as well as I would have liked.
I performed badly, I know.
My answers were all a bit rubbish.
I totally bombed the SQL part.
""".strip().splitlines()

NO_SELF_DEPRECATION = """
I forgot to mention that I kept the gauge records at Masinga for two seasons.
I had it wrong on Friday: the gate weighs four tonnes.
It was not five wells but three.
One thing I would add on silt: we dredged twice a year at Masinga.
You were right that I left out the cost; it was 40,000 shillings.
We failed our first audit at the mill, and I led the repair that passed the second.
The nervous first-time swimmers you teach would be my favourite group.
I would enjoy working on the nerve centre of the canal, the control room.
The old pump's poor performance puzzled me too.
I wish we had had time for the hatchery.
I wish I had known about your school years ago.
You told me about the worst flood, and the plan that came from it impressed me.
Thank you for putting me at ease.
It was an embarrassment of riches to see so many birds.
Your story of the failed dam was instructive.
I have not stopped thinking about the eel ladder.
I would love another chance to see the hatchery.
I look forward to a second conversation with Mr Barasa.
I hope we get the opportunity to talk again.
No question was too simple for you, and I valued that.
I did not know about the fish passes before, and I have read up on them since.
I liked the honest account of what went badly last season.
The mistakes in the old ledgers are the kind I used to trace.
I have two years of practice with pumps and am learning dredging now.
I can do better than a promise: here is the link to the drawings.
I could not agree more about the ponds.
I did not mention that I also drive a tractor.
I misspoke about the year: it was 2019.
I said 300 litres; the right figure is 3,000.
My answer on staffing left out night cover, which we ran with two people.
I was glad that you asked about failure, because it is where I learned most.
I cannot wait to see the lower ponds in the rains.
I'm not bad at fixing small engines, should you need it.
I would not be afraid of the night shifts.
I am confident that I can do the job well.
My sister would be embarrassed to hear how much I talk about eels.
Your remark that beginners freeze at the big wheel stayed with me.
It was better than I could have hoped.
I should have said twelve, not ten, gates.
I should mention that I hold a boat licence.
I have never worked with a calmer team.
There is no better place to learn about weirs.
I struggled with the same silt problem at Masinga and solved it with a bypass.
What you said about learning from bad decisions rang true.
My notes from Friday fill four pages.
The demo that crashed was still the best I have seen.
I did not expect to laugh so much about pumps.
You asked about my weakest subject at school; it was chemistry, and I run a soil lab now.
I am a beginner no longer in reading gauges, thanks to your sketch.
I know how hard it is to keep volunteers, and your rota is clever.
""".strip().splitlines()


def _plain(*codes):
    return frozenset(codes)


D, L, T = "dwelling", "too_long", "no_thanks"

# (codes, text): whole notes, for what one sentence cannot show.
NOTES = [
    (
        _plain(A, D),
        "Dear Ms Odera,\n\nThank you for the tour of the roastery. I am sorry I was late. The matatu broke down at Westlands and nobody could say how long it would take. The new drum roaster is a beauty.\n\nBest,\nPhilip",
    ),
    (
        _plain(S, D),
        "Hi Tom,\n\nThanks for talking to me about the mural project. I was so nervous. I have not slept since, thinking about it. I would be glad to scale the drawing.\n\nLin",
    ),
    (
        _plain(S, D),
        "Dear Anne,\n\nThank you for the hour on grant budgets. My mind went blank at the overheads question. It was my first interview in nine years.\n\nYours,\nPat",
    ),
    (
        _plain(D),
        "Dear Joy,\n\nThanks for seeing me about the seed bank. The coffee I knocked over was hot, and I keep seeing the stain. I replay the moment over and over. The germination trial is clever.\n\nOle",
    ),
    (
        _plain(A, S, D, L),
        "Dear Mr Shah,\n\nI am sorry about my answer on hedging. I was tired after the flight. I knew it well the night before. I just could not find the words. Thank you for explaining the cocoa desk.\n\nDev",
    ),
    (
        _plain(S, D, L),
        "Dear Ruth,\n\nThank you for the morning at the hospice. I messed up the scenario about the family. I misread the sheet because I had left my glasses in the car. My hands were shaking. I have thought about it all weekend. The garden project is lovely.\n\nSam",
    ),
    (
        _plain(D),
        "Hi Neema,\n\nAsante for the talk on solar kiosks. I arrived twenty minutes late. The Thika Road traffic was worse than I have ever seen it. I like the swap-a-battery idea.\n\nBrian",
    ),
    (
        _plain(D),
        "Dear Paul,\n\nThank you for the chat about the choir. My dog barked through the first part. He had been alone all day and heard the bell. The spring programme sounds fun.\n\nMia",
    ),
    (
        _plain(D),
        "Dear Mrs Rao,\n\nThank you for the discussion on crop insurance. My internet failed in the middle of the second question. There was load shedding in our area since morning. I liked the satellite index.\n\nKiran",
    ),
    (
        _plain(),
        "Dear Mrs Rao,\n\nThank you for the discussion on crop insurance. My internet failed in the middle of the second question. To finish that answer: the payout is triggered at 60 percent of normal rain.\n\nKiran",
    ),
    (
        _plain(A),
        "Dear Ian,\n\nThank you for the tour of the brewery. Sorry for getting the hop variety wrong. It was Fuggle, not Goldings.\n\nBest,\nCal",
    ),
    (
        _plain(),
        "Dear Ian,\n\nThank you for the tour of the brewery. I named the wrong hop: it was Fuggle, not Goldings. I look forward to the next round.\n\nBest,\nCal",
    ),
    (
        _plain(),
        "Dear Lucy,\n\nThank you for meeting me about the content manager post. When we talked about writing, one thing I would add: during an internship at ABC I wrote three blog posts a week. I enjoyed hearing how the team plans its calendar.\n\nKind regards,\nWanjiru",
    ),
    (
        _plain(S),
        "Dear Lucy,\n\nThank you for meeting me about the content manager post and for the tour. I can't believe I didn't answer that question very well, I was a little nervous.\n\nWanjiru",
    ),
    (
        _plain(L),
        "Dear Mr Bett,\n\nThank you for the interview on tea grading. On your question about withering: the leaf loses up to 70 percent of its water. Warm air speeds it up but costs aroma. In Kericho we used troughs for fourteen hours. The fans ran in both directions.\n\nFaith",
    ),
    (
        _plain(L),
        "Dear Ed,\n\nThanks for the talk about fleet routing. I would like to add to my answer on costs. First, we cut fuel by 8 percent. Second, we merged two depots. Third, drivers chose their own breaks.\n\nUma",
    ),
    (
        _plain(L),
        "Dear Jane,\n\nThank you for your time and the look at the kiln. A correction: the glaze fires at 1240 degrees. I also got the clay wrong; it is stoneware. And the course I named was in 2018, not 2017.\n\nBo",
    ),
    (
        _plain(),
        "Dear Jane,\n\nThank you for your time and the look at the kiln. A correction: the glaze fires at 1240 degrees, not 1420. I would love to help with the raku day.\n\nBo",
    ),
    (
        _plain(),
        "Dear Ms Cheruiyot,\n\nThank you for the conversation about drip lines. I forgot to mention that I trained forty farmers in Bomet last year. I think the same course would suit your groups.\n\nKind regards,\nLeah",
    ),
    (
        _plain(),
        "Dear Ms Cheruiyot,\n\nThank you for the conversation about drip lines. You asked who had signed off the budget: it was the county officer. I have attached the page.\n\nLeah",
    ),
    (
        _plain(L),
        "Dear Board,\n\nThank you for the session on archives. Coming back to the question of digitisation, I should have described the workflow. Each box is weighed and photographed. Volunteers type the labels. A second pair checks one in ten. Then it goes online.\n\nHal",
    ),
    (
        _plain(),
        "Dear Board,\n\nThank you for the session on archives. I loved the map room. The idea of lending boxes to schools is bold. I ran such a scheme in Leeds. It reached forty schools. I hope we can talk about it.\n\nHal",
    ),
    (
        _plain(T),
        "Dear Ms Lelei,\n\nIt was nice to meet you. I enjoyed hearing about the milk coolers in Nandi. I look forward to your reply.\n\nRegards,\nKip",
    ),
    (_plain(T), "Hi Bob,\n\nGreat talking about the skate park. Here is the sketch I promised.\n\nCheers,\nAl"),
    (
        _plain(T),
        "Dear Sir,\n\nI refer to the interview of 4 May on the boiler contract. I await your decision and the papers on the boiler. Thanks in advance for offering me the post.\n\nYours faithfully,\nJ. Rotich",
    ),
    (
        _plain(T),
        "Dear Madam,\n\nI would appreciate a quick answer about the seed drill post, since I have another offer.\n\nYours,\nTed",
    ),
    (_plain(T), "Hello,\n\nThanks to my years at the port I can run your crane from day one. When do I start?\n\nMo"),
    (_plain(T), "Dear Team,\n\nI am following up on my interview last week on the tram depot. Any news?\n\nBest,\nRik"),
    (_plain(), "Hi Bob,\n\nGreat talking about the skate park. Here is the sketch I promised.\n\nThanks,\nAl"),
    (
        _plain(),
        "Dear Ms Lelei,\n\nI am most grateful for the hour you gave me on the milk coolers in Nandi.\n\nRegards,\nKip",
    ),
    (_plain(), "Dear Ms Lelei,\n\nI really appreciated your candour about the milk coolers in Nandi.\n\nKip"),
    (_plain(), "Hi Zed,\n\ncheers for the brew and the tour of the bike shed yesterday!\n\nMax"),
    (_plain(), "Hi Zed,\n\nThnak you for the tour of the bike shed.\n\nMax"),
    (_plain(), "Mwalimu Were,\n\nNashukuru sana kwa muda wako. The reading corner idea is lovely.\n\nEddah"),
    (
        _plain(),
        "Dear Mr Iyer,\n\nMuch obliged for the walk round the turbine hall. The governor test you described is new to me.\n\nRegards,\nS. Nair",
    ),
    (
        _plain(),
        "Dear Mr Iyer,\n\nIt was very kind of you to walk me round the turbine hall. The governor test is new to me.\n\nRegards,\nS. Nair",
    ),
    (_plain(), "Hi Ana,\n\nThx 4 the chat abt the food truck 😊 loved the taco idea!!\n\nJo"),
    (_plain(), "Hi Ana,\n\nMerci beaucoup for the chat about the food truck.\n\nJo"),
    (
        _plain(),
        "Hello Dr Hussein,\n\nShukran for the round on the dialysis ward. I can bring the water test log.\n\nAmina",
    ),
    (
        _plain(),
        "Dear Ms Ito,\n\nPlease pass on my thanks to the panel. The question about tunnel lining was a good one.\n\nKen",
    ),
    (
        _plain(T),
        "Good day,\n\nKindly consider my case. I am the best for the nursery post and my family depends on me.\n\nOgola",
    ),
    (_plain(), "Dear Ms Ito,\n\nI can't thank you enough for the day at the tunnel.\n\nKen"),
    (
        _plain(),
        "Hi Ona,\n\nThank you for the talk on reef mapping. Saturday at 10 works.\n\nBest,\nVic\n\n-----Original Message-----\nFrom: Ona Tui\nSent: Monday\nSubject: Talk\n\nHi Vic, sorry for the short notice. I am embarrassed that we lost your form.",
    ),
    (
        _plain(),
        "Hi Ona,\n\nThank you for the talk on reef mapping.\n\n> Sorry for the delay, I messed up the calendar.\n\nNo trouble at all. Saturday at 10 works.\n\nBest,\nVic",
    ),
    (
        _plain(T),
        "Saturday at 10 works. I will bring the reef map.\n\nVic\n\nOn Mon, 3 Jun 2024 at 09:00, Ona <ona@example.org> wrote:\n> Thank you for coming in!",
    ),
    (_plain(), "Am 3. Juni schrieb ich schon, but again: thank you for the talk on reef mapping. Danke!\n\nVic"),
    (_plain(), "DEAR MS LUND, THANK YOU FOR THE TOUR OF THE SMOKEHOUSE. I LIKED THE ALDER CHIPS. PER"),
    (_plain(A), "DEAR MS LUND, THANK YOU FOR THE TOUR OF THE SMOKEHOUSE. SORRY FOR BEING LATE!!! PER"),
    (
        _plain(A),
        "Hi Per,\n\nThank you for the tour of the smokehouse.\n\nBest,\nAda\n\nP.S. Sorry about my muddy boots!",
    ),
    (
        _plain(),
        "Hi Per,\n\nThank you for the tour of the smokehouse.\n\nBest,\nAda\n\nPS: I found the alder chips you named, from a mill near Voss.",
    ),
    (
        _plain(),
        "Hi Per,\n\n• Thank you for the tour of the smokehouse\n• Link to the brine table: https://example.org/sorry-bakery\n• I can start on the 1st\n\nAda",
    ),
    (
        _plain(),
        "Hi Per, thanks for the tour of the smokehouse. See you on the 3rd. Ada\n\nSent from my iPhone, please excuse typos",
    ),
    (
        _plain(L),
        "Dear Ms Lund,\n\nThank you for the tour of the smokehouse. "
        + "The brine needs two days in the cold room. " * 24
        + "\n\nPer",
    ),
    (
        _plain(),
        "Dear Ms Lund,\n\nThank you for the tour of the smokehouse. "
        + "I liked the alder room with its two old ovens. " * 12
        + "\n\nPer",
    ),
    (
        _plain(A, S, D),
        "Dear Elif,\n\nThank you for the evening on tram bells. I apologise for my answer on tuning. It was stupid of me to guess.\n\nCan",
    ),
    (
        _plain(S),
        "Dear Elif,\n\nThank you for the evening on tram bells. I was nervous and I rambled. The workshop smelled wonderful.\n\nCan",
    ),
    (
        _plain(D),
        "Dear Elif,\n\nThank you for the evening on tram bells. I feel awful about the cup I broke. It slipped because my hands were wet. The workshop smelled wonderful.\n\nCan",
    ),
    (
        _plain(D, L),
        "Dear Elif,\n\nThank you for the evening on tram bells. About the cup I broke: it slipped. My hands were wet from the rain. I had run from the station. I have ordered a new one. The workshop smelled wonderful.\n\nCan",
    ),
    (
        _plain(L),
        "Dear Dr Moi,\n\nThank you for the panel on rabies. To complete my answer on cold chains: vaccine keeps at 2 to 8 degrees. We log it twice a day. Alarms go to two phones. A spare box stands ready.\n\nNjeri",
    ),
    (
        _plain(),
        "Dear Dr Moi,\n\nThank you for the panel on rabies. To complete my answer on cold chains: vaccine keeps at 2 to 8 degrees, and we log it twice a day. I liked the dog-count app.\n\nNjeri",
    ),
    (
        _plain(A, D),
        "Dear Dr Moi,\n\nThank you for the panel on rabies. Please forgive me for leaving the call early. My daughter had a fever and the school rang. I liked the dog-count app.\n\nNjeri",
    ),
    (
        _plain(),
        "Dear Dr Moi,\n\nThank you for the panel on rabies and for understanding that I had to leave early. My daughter is well again. I liked the dog-count app.\n\nNjeri",
    ),
    (
        _plain(D),
        "Dear Dr Moi,\n\nThank you for the panel on rabies. I keep going back over my answer on quarantine. I don't know why I said ten days. I liked the dog-count app.\n\nNjeri",
    ),
    (
        _plain(),
        "Dear Dr Moi,\n\nThank you for the panel on rabies. I said ten days of quarantine; the rule is fourteen. I liked the dog-count app.\n\nNjeri",
    ),
]

SENTENCES = (
    [(_plain(A), s) for s in APOLOGY]
    + [(_plain(), s) for s in NO_APOLOGY]
    + [(_plain(S), s) for s in SELF_DEPRECATION]
    + [(_plain(), s) for s in NO_SELF_DEPRECATION]
)

# These sentences do both, so the codes of their list are not the whole answer.
BOTH = {
    "I hope you will be able to forgive my nerves.",
    "Bear with my English, it is my third language.",
}


def half(rows, odd):
    """Return the rows rules may be written for (`odd` false), or those kept back to measure them."""
    return rows[int(odd) :: 2]
