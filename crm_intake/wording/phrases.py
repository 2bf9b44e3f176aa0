"""Phrases by which a reasonable person asks not to be written to, as patterns over plain words.

The law names no list: revocation is "any reasonable method to clearly express a desire not to
receive further calls or text messages" (47 CFR 64.1200(a)(10), in force since 2025-04-11).
"""

import re

from crm_intake.wording.plain import word_set

TALK = (
    r"(?:te?xt(?:s|ing|in|ed)?|messag(?:e|es|ing|ed)|msg(?:s|ing)?|sms|mms|call(?:s|ing)?"
    r"|contact(?:s|ing|ed)?|notif\w+|alerts?|reminders?|spam(?:ming|med)?|bother(?:ing|ed)?"
    r"|harass\w*|bugg?ing|pester\w*|communicat\w+|solicit\w*|advertis\w+|ads|offers|promos?"
    r"|promotions?|e?mail(?:s|ing)?|writing|write|disturb\w*|blowing)"
)
WRITTEN = (
    r"(?:te?xt(?:s|ing)?|messag(?:es?|ing)|msgs?|sms|notif\w+|alerts?|reminders?|subscription|ads"
    r"|promos?|promotions?|offers)"
)
# What comes to a person: "I do not want to call" is about one's own calling.
TALKED = (
    r"(?:te?xts|te?xt messages|messages|msgs|sms|mms|calls|emails|notif\w+|alerts|reminders|spam"
    r"|ads|offers|promos|promotions|(?:text|call|contact|messag|bother|harass|spamm|disturb)ed)"
)
LINK = (
    r"(?:(?:all|all of|any|the|these|those|this|your|ur|sending|sendin|send|with|me|us|my|more"
    r"|further|future|please|pls|plz|fucking|damn|stupid|annoying|automated|marketing|unwanted"
    r"|so many|getting|receiving|sending out) )"
)
WANT = r"(?:want|wanna|wish|like|care|agree|consent|need|desire)"
NOT = r"(?:do not|dont|no longer|never|not|wont|donot)"
NOBODY_ELSE = r"(?! (?:my (?!number|phone|cell)|him|her|his|them|the (?:office|house|gate)))"
MY_NUMBER = (
    r"(?:me|us|my (?:\w+ )?(?:number|name|info|information|phone|cell)"
    r"|th(?:is|e) (?:\w+ )?(?:number|phone))"
)


def _anywhere(*phrases: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b{phrase}\b") for phrase in phrases)


# What is asked for; the word before it may show that somebody tells of it: "why did you stop".
ASKED = _anywhere(
    rf"(?:stop|quit|cease|discontinue|halt|enough) {LINK}{{0,4}}{TALK}",
    rf"(?:enough|no) of (?:the|these|those|your) {TALK}",
    rf"(?:cancel|end|terminate|deactivate|disable) {LINK}{{0,4}}{WRITTEN}",
    r"(?:stop|quit) (?:sending|sendin) (?:me |us )?(?:this|these|that|those|stuff|things|anything"
    r"|crap|shit|junk)",
    rf"no (?:more|further|mas) {LINK}{{0,2}}(?:{TALK})",
    r"(?:do not|dont|donot|no longer|never) (?:you )?(?:ever |again |keep |try to )*"
    rf"{TALK}{NOBODY_ELSE}",
    rf"{NOT} (?:ever )?send (?:me |us )?(?:any|anything|more|these|those|this|texts?|sms"
    r"|messages?)",
    rf"(?:remove|delete|erase|unlist|take off|get rid of) {MY_NUMBER}",
    rf"(?:take|strike) {MY_NUMBER} (?:off|out|from)",
    rf"(?:get|keep|pull) {MY_NUMBER} (?:off|out of|from) (?:of )?(?:the|your|ur|this|that)"
    r" (?:\w+ ){0,3}?(?:lists?|texts?|messages?|system|database)",
    r"(?:opt|opting|opted) (?:me |us )?out",
    r"leave (?:me|us) (?:the \w+ )?alone",
    r"(?:lose|forget|block) (?:my|this) number",
    r"cease and desist",
    r"(?:fuck|piss|bugger) off",
    r"(?:ya )?no (?:me|nos) (?:vuelv\w+ a )?(?:escrib|envi|mand|llam|contact|text|molest)\w*",
    r"(?:deja|deje|dejen|dejar|para|pare|paren|parar|basta) de (?:escrib|envi|mand|llam|contact"
    r"|text|molest|enviando|mandando)\w*",
    r"no (?:quiero|deseo|queremos) (?:mas |recibir |que me )?(?:mas |sus |estos )?(?:mensajes"
    r"|textos|llamadas|sms|escrib\w+|llam\w+|recibir\w*)",
    r"no (?:mas|envi\w+|mand\w+) (?:mas )?(?:mensajes|textos|llamadas|sms)",
    r"(?:quit|sac|elimin|borr|remuev)\w+ (?:me )?(?:mi numero|mis datos"
    r"|de (?:la|su|tu|esta) lista)",
    r"(?:dame|deme|denme|darme|quiero darme) de baja",
)
# What is said of oneself or of the texts.
SAID = _anywhere(
    rf"{NOT} {WANT} (?:to )?(?:(?:be|get|getting|receive|receiving|you|to|any|more|your|ur|these"
    r"|those|this|the|all|of|further|send|sending|me|us|text|marketing) )*"
    rf"(?:{TALKED}|hear from you|hear from this)",
    rf"{NOT} {WANT} (?:for )?you to (?:ever )?{TALK}",
    r"(?:revoke|revoking|withdraw|withdrawing|rescind|pull) (?:\w+ ){0,3}"
    r"(?:consent|permission|authorization|authorisation)",
    r"(?:this|it|that) is (?:spam|harassment)",
    r"(?:thats|its) (?:spam|harassment)",
)
# Most texts have none of them, which one look tells sooner than a look for each.
ASKED_OR_SAID = re.compile("|".join(phrase.pattern for phrase in (*ASKED, *SAID)))
WRONG_NUMBER = re.compile(
    r"\b(?:(?<!gave you the )wrong (?:number(?! of)|person|phone|guy|lady)"
    r"|(?:not|isnt|aint) (?:the |his |her |their |my )?(?:right )?(?:number|person) you"
    r"|numero equivocado|se equivoc\w+ de numero"
    r"|(?:not|isnt|aint) (?:the |your )?right (?:number|person)$)\b"
)

# What may stand before a phrase when somebody tells or asks of it, and does not ask for it.
TELLS = word_set(
    """a the last next first second third final previous another each every one bus truck non your
    his her their our my you they we i he she it who dont didnt doesnt wont wouldnt cant cannot
    never not did does"""
)
ASKS = word_set("can could would will please to")
# "Do not call before nine" is about the hour, "you need not call" about this once.
CONDITION = re.compile(
    r"\b(?:before|after|until|till|til|unless|if|when|while|yet|need to|have to|needs to|has to)\b"
)
ABOUT_A_DELIVERY = re.compile(
    r"\b(?:schedule|route|order|delivery|calendar|invoice|quote|estimate|appointment"
    r"|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)
ABOUT_TEXTS = re.compile(rf"\b(?:{WRITTEN}|lists?|calls?|phone|system|database)\b")
