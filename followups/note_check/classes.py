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


OTHERS = (
    "you|your|yours|he|she|they|we|who|whom|his|her|hers|their|our|the|how|what|when|where|which|if|whether|those|these|everyone|everybody"
    "|nobody|people|customers|clients|staff|told|said|asked|glad|pleased|happy|delighted|curious|keen|interested|amazed|fascinated|moved"
    "|impressed|touched|would|without|never|not|no|nor|because|see|hear|heard|saw|mr|ms|mrs|dr|than|some|many|wish|once|qq|unless"
)


MISHAP = (
    "late|lateness|tardiness|delay|noise|barking|phone|ringing|rang|coffee|stain|spill|spilled|spilt|knocked|broke|dropped"
    "|slip|typo|error|mistake|mistakes|blunder|gaffe|mix|confusion|interruption|interrupted|glitch|connection|internet"
    "|camera|audio|sound|mic|microphone|laptop|battery|wifi|network|silence|fainted|fainting|faint|cough|coughing|sneeze"
    "|sneezing|remark|joke|comment|outburst|tears|cried|crying|nerves|wrong|forgot|forgetting|missed|missing|absence|failed"
    "|failing|laughed|laughing|yawned|yawn|hiccups|dog|toddler|swore|swearing|attire|outfit|shirt|shoes|tie"
)

CLASSES = {"filler": FILLER, "mishap": MISHAP, "others": OTHERS}
