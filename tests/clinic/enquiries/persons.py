"""People who ask, with those among them who are easily taken for robots."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.clinic.enquiries.crowd import NAMES, SEED, Sent, crowd

QUESTIONS = (
    "Would this help with marks on both cheeks?",
    "How soon after a peel can I be in an office without people noticing?",
    "Is there somewhere to park? My mother walks slowly.",
    "I'm 34 and my skin is dark brown. Which of these is safe for me?",
    "What does a course of six cost, and is the consultation taken off?",
    "Do you treat men? My pores are huge on the nose.",
    "Can I come on a Saturday, or after 6 on a weekday?",
    "I had microdermabrasion elsewhere & it stung for two days — is that normal??",
    "who would I see, a nurse or a doctor",
    "I bought one of your products at reception; may I use it the same night?",
    "Can my sister book a visit on my behalf? She has my diary.",
)


def _person(dice: Random, text: str = "", **more: object) -> Sent:
    contact = (
        f"p{dice.randrange(9999)}@mail.example" if dice.random() < 0.7 else f"07700 900 {dice.randrange(100, 999)}"
    )
    sent = Sent(
        kind="",
        name=dice.choice(NAMES),
        contact=contact,
        text=text or dice.choice(QUESTIONS),
        seconds=dice.uniform(15, 400),
    )
    return replace(sent, **more)  # type: ignore[arg-type]


def _plain_question(dice: Random) -> Sent:
    return _person(dice)


def _without_script(dice: Random) -> Sent:
    return _person(dice, proof="none")


def _autofill(dice: Random) -> Sent:
    return _person(dice, dice.choice(("Please ring me.", "Free on Friday?", "Price?")), seconds=dice.uniform(2.2, 4))


def _autofill_without_script(dice: Random) -> Sent:
    return _person(dice, "Please ring me.", seconds=dice.uniform(2.2, 4), proof="none")


def _with_a_screen_reader(dice: Random) -> Sent:
    return _person(dice, seconds=dice.uniform(900, 9000))


def _left_open_for_days(dice: Random) -> Sent:
    return _person(dice, seconds=dice.uniform(2, 9) * 86_400, proof="none")


def _a_few_letters(dice: Random) -> Sent:
    return _person(
        dice,
        dice.choice(("hi", "?", "cost", "Hello", "07700 900 123", "ok thanks 🙏")),
        name=dice.choice(("Bo", "J", "李")),
    )


def _a_whole_story(dice: Random) -> Sent:
    story = " ".join(dice.choice(QUESTIONS) for _ in range(40))
    return _person(dice, story[:3900], seconds=dice.uniform(300, 5000))


def _other_scripts(dice: Random) -> Sent:
    text = dice.choice((
        "我想预约一次咨询 可以吗", "هل يمكنني حجز موعد مساء الخميس؟", "Чи можна прийти в суботу?", "Czy mogę przyjść z córką?",
        "Oes rhywun yn siarad Cymraeg?", "क्या शनिवार को समय है?", "Здравствуйте, сколько стоит консультация?", "האם יש חניה?",
    ))  # fmt: skip
    return _person(dice, text, proof=dice.choice(("done", "none")))


def _a_link_to_what_they_read(dice: Random) -> Sent:
    link = dice.choice(
        (
            "https://www.nhs.uk/conditions/acne/",
            "https://www.bad.org.uk/",
            "www.instagram.com/p/abc",
            "https://maps.google.com/?q=1",
        )
    )
    return _person(
        dice, f"I read {link} and wonder what you think of it for my skin.", proof=dice.choice(("done", "none"))
    )


def _works_in_the_trade(dice: Random) -> Sent:
    text = dice.choice((
        "My web design studio keeps me at a screen until 6. Is there an evening, and does a screen harm skin?",
        "I work in email marketing and sit all day; my forehead has spots.",
        "I run a casino bar so I sleep in the mornings. Do you have times after 3?",
        "I am a virtual assistant from home, so any time is fine for me.",
    ))  # fmt: skip
    return _person(dice, text, proof=dice.choice(("done", "none")))


def _words_sellers_use(dice: Random) -> Sent:
    text = dice.choice((
        "How do I unsubscribe from your reminders? I get two of each.",
        "Can I opt out of photographs and still have the course?",
        "Is the special offer for your microdermabrasion still on?",
        "I have no prescription for a retinoid but my friend gave me hers. Should I tell you?",
        "Will this boost your skin's collagen, or is that nonsense?",
    ))  # fmt: skip
    return _person(dice, text, proof=dice.choice(("done", "none")))


def _a_shared_connection(dice: Random) -> Sent:
    return _person(dice, too_many=True, proof=dice.choice(("done", "none")))


def _asks_twice(dice: Random) -> Sent:
    return _person(dice, f"Sorry, me again. {dice.choice(QUESTIONS)}", proof="wrong")


def _with_feeling(dice: Random) -> Sent:
    return _person(dice, f"{dice.choice(QUESTIONS).upper()}!!! 😭😭 PLEASE HELP 👩🏽‍⚕️")


def _careless_typing(dice: Random) -> Sent:
    return _person(
        dice,
        dice.choice(("hiya cn u do sat xx", "appt pls asap thnx", "hw mch is microdermabrsn", "Hmmmmm not sure??")),
    )


def _a_long_foreign_word(dice: Random) -> Sent:
    return _person(
        dice, dice.choice(("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch", "Angstschweiss", "Hmmmmmmmm"))
    )


def _turned_letters(dice: Random) -> Sent:
    return _person(dice, f"\u202b{dice.choice(QUESTIONS)}\u202c \u200d\u200c")


PERSONS = (
    _plain_question, _without_script, _autofill, _autofill_without_script, _with_a_screen_reader, _left_open_for_days,
    _a_few_letters, _a_whole_story, _other_scripts, _a_link_to_what_they_read, _works_in_the_trade, _words_sellers_use,
    _a_shared_connection, _asks_twice, _with_feeling, _careless_typing, _a_long_foreign_word, _turned_letters,
)  # fmt: skip


def people(count: int, seed: int = SEED) -> Iterator[Sent]:
    """Yield so many people."""
    yield from crowd(PERSONS, count, seed)
