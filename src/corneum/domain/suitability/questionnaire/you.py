"""Questions 1 to 4 and 32 to 37: what somebody hopes for, how they feel, and what they need from us."""

from corneum.domain.suitability.answers import NONE, NOT_SURE, PREFER_NOT
from corneum.domain.suitability.forms import Choice, Item, Kind, Part, any_of, yes_no

ONE, MANY, DATE, TEXT = Kind
READ = "A person here reads what you write. You can leave it empty."
LOOK_AFTER = "These questions help us look after you. Only your practitioner sees the answers."

GOALS = (
    Item("Q01", (
        Part("Q01", "What would you most like to change about your skin?", "So that we talk about what matters to you.", MANY, any_of(
            Choice("goal-lines", "Lines"), Choice("goal-pores", "Pores"), Choice("goal-colour", "Uneven colour"),
            Choice("goal-dull", "Dull or rough skin"), Choice("goal-spots", "Spots"), Choice("goal-scars", "Scars"),
            Choice("goal-redness", "Redness"), none="Something else")),
        Part("Q01.more", "Where is it, how long have you had it, and which bothers you most?", READ, TEXT, is_optional=True),
    )),
    Item("Q02", (
        Part("Q02", "What would you be happy with after treatment?", "No treatment takes away every mark. It helps to know what you hope for.", choices=(
            Choice("hope-small", "Skin that looks a little smoother or fresher"), Choice("hope-clear", "A difference that I can see in the mirror"),
            Choice("hope-gone", "Scars, lines or marks gone completely"), Choice(NOT_SURE, "I'm not sure"))),
        Part("Q02.words", "Would you like to say it in your own words?", READ, TEXT, is_optional=True),
    )),
    Item("Q03", (
        Part("Q03", "Is there a date you want it for?", "Skin needs time to settle, and change takes several sessions. Leave it empty if there is none.", DATE, is_optional=True),
    )),
    Item("Q04", (Part("Q04", "What is your date of birth?", "We treat adults only.", DATE),)),
)  # fmt: skip

YOU = (
    Item("Q32", (Part("Q32", "Do you smoke or vape?", "Skin heals more slowly in people who do. It changes what we advise, not whether we treat.", choices=(
        Choice("smokes", "Yes"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"), Choice(PREFER_NOT, "I'd rather not say"))),)),
    Item("Q33", (
        Part("Q33", "Is anyone pushing you to have this?", "It should be your own choice. We never tell anybody what you answer here.", choices=yes_no("pressure")),
        Part("Q33.call", "Shall we ring you privately?", "At the number you give us, and we ask for you alone.", follows=("Q33", frozenset({"pressure", NOT_SURE})), choices=(
            Choice("call-me", "Yes, please"), Choice(NONE, "No, thank you"), Choice(NOT_SURE, "I'm not sure"))),
    )),
    Item("Q34", (
        Part("Q34.worry", "How much do you worry about how your skin looks?", LOOK_AFTER, choices=(
            Choice(NONE, "Not much"), Choice("worry-some", "Sometimes"), Choice("worry-much", "A lot, and I find it hard to stop"),
            Choice(NOT_SURE, "I'm not sure"), Choice("looks-refused", "I'd rather not say"))),
        Part("Q34.what", "What is it that you worry about?", READ, TEXT, is_optional=True),
        Part("Q34.hours", "On most days, how long do you spend thinking about it or checking it?", LOOK_AFTER, choices=(
            Choice(NONE, "Less than an hour"), Choice("worry-hours", "An hour or more"), Choice(NOT_SURE, "I'm not sure"),
            Choice("looks-refused", "I'd rather not say"))),
        Part("Q34.stops", "Does it stop you doing things, such as seeing people, work or school?", LOOK_AFTER, choices=(
            Choice(NONE, "No"), Choice("worry-stops", "Yes"), Choice(NOT_SURE, "I'm not sure"), Choice("looks-refused", "I'd rather not say"))),
        Part("Q34.past", "If you had treatments for your looks before, were you glad of them?", LOOK_AFTER, choices=(
            Choice(NONE, "I had none, or I was glad"), Choice("past-unhappy", "Once I was not"),
            Choice("past-often-unhappy", "Several times I was not"), Choice(NOT_SURE, "I'm not sure"), Choice("looks-refused", "I'd rather not say"))),
    )),
    Item("Q35", (
        Part("Q35", "Who is your GP?", "Only needed if we should write to them. You can leave it empty.", TEXT, is_optional=True),
        Part("Q35.write", "May we write to them if it would help you?", "We show you the letter first.", is_optional=True, choices=(
            Choice("gp-may-write", "Yes"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"))),
    )),
    Item("Q36", (Part("Q36", "May we use photographs of your skin? Tick only what you agree to.", "Each is separate, and you can change your mind about any of them at any time.", MANY, is_optional=True, choices=any_of(
        Choice("photo-record", "In my own record"), Choice("photo-training", "To show to other staff for training"),
        Choice("photo-patients", "To show to other patients in the clinic"),
        Choice("photo-public", "On the website; I see the very picture first"), none="None of these")),)),
    Item("Q37", (Part("Q37", "What would make visits or information easier for you?", "We arrange it before you come.", MANY, is_optional=True, choices=any_of(
        Choice("needs-large-print", "Large print"), Choice("needs-interpreter", "An interpreter"), Choice("needs-step-free", "A way in without steps"),
        Choice("needs-chaperone", "A chaperone"), Choice("needs-other", "Something else: please tell me more"), none="Nothing")),)),
)  # fmt: skip
