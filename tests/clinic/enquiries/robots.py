"""Robots and sellers: most come by script, some by a whole browser or by hand."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.clinic.enquiries.crowd import NAMES, SEED, Sent, crowd

BRANDS = ("Northwave", "Brightpath", "Zentro", "ClickForge", "Apexly", "Digital Pines", "Growvia", "Orbit Leads")
HOSTS = ("deal-hub", "top-offer", "best-win", "fastgrow", "promo-x", "go-rank", "meta-play")
LINKS = tuple(f"https://{host}.example/{path}" for host in HOSTS for path in ("", "go?id=77", "a/b", "ref=1"))


def _address(dice: Random) -> str:
    return (
        f"{dice.choice(('jo', 'info', 'sales', 'm.k', 'team', 'a1'))}{dice.randrange(999)}@{dice.choice(HOSTS)}.example"
    )


def _robot(dice: Random, text: str, **more: object) -> Sent:
    """A script that fetches the page, waits, and posts: it has the form's mark, and runs none of its script."""
    sent = Sent(
        kind="", name=f"{dice.choice(BRANDS)} {dice.choice(('Team', 'Media', 'Anna', 'Mark'))}", contact=_address(dice),
        text=text, seconds=dice.uniform(5, 90), proof="none",
    )  # fmt: skip
    return replace(sent, **more)  # type: ignore[arg-type]


def _seller(dice: Random, text: str) -> Sent:
    """A person, or a whole browser, that sells: it does the proof and takes its time."""
    return _robot(dice, text, proof="done", seconds=dice.uniform(15, 300), name=dice.choice(NAMES))


def _forum_links(dice: Random) -> Sent:
    return _robot(
        dice, f"Nice post! [url={dice.choice(LINKS)}]{dice.choice(('cheap watches', 'buy now', 'look'))}[/url]"
    )


def _anchor_links(dice: Random) -> Sent:
    return _robot(
        dice, f'Great article, see <a href="{dice.choice(LINKS)}">{dice.choice(("here", "more", "my page"))}</a>'
    )


def _rank_seller(dice: Random) -> Sent:
    hook = dice.choice(("I was looking at your site and found errors that keep it", "Your clinic is not"))
    what = dice.choice(("on the first page of Google", "on page one of Google"))
    offer = dice.choice(
        ("Our SEO experts can rank your pages", "We do search engine optimisation and quality backlinks")
    )
    return _seller(dice, f"Hi,\n\n{hook} {what}. {offer}. Shall I send a price?\n\n{dice.choice(BRANDS)}")


def _site_seller(dice: Random) -> Sent:
    offer = dice.choice(("We redesign your website from $299", "We offer web design and mobile app development"))
    proof = dice.choice(
        ("Get a free quote for your business", "It will increase your sales", "We grow your business online")
    )
    return _seller(dice, f"Hello business owner. {offer}. {proof}. Reply with your number.")


def _gambling(dice: Random) -> Sent:
    return _robot(
        dice,
        f"{dice.choice(('Best casino of 2026', 'Sports betting bonus', '200 free spins today'))} {dice.choice(LINKS)}",
    )


def _coins(dice: Random) -> Sent:
    first = dice.choice(("Earn money with crypto", "Passive income from bitcoin", "Forex signals that win"))
    return _robot(dice, f"{first}, $900 a day, an investment opportunity for everybody. {dice.choice(LINKS)}")


def _pills(dice: Random) -> Sent:
    return _robot(
        dice,
        f"{dice.choice(('Viagra', 'Cialis 20mg', 'Cheap pills'))}, {dice.choice(('no prescription', 'ships today'))} {dice.choice(LINKS)}",
    )


def _cyrillic_advert(dice: Random) -> Sent:
    what = dice.choice(
        ("Лучшие ставки на спорт", "Продвижение сайтов недорого", "Заработок без вложений", "Кредит за пять минут")
    )
    return _robot(
        dice, f"{what}, переходите по ссылке {dice.choice(LINKS)} и получите бонус", seconds=dice.uniform(2, 3.9)
    )


def _keyboard_noise(dice: Random) -> Sent:
    row = "".join(dice.choice("asdfghjklqwrtpzxcvb") for _ in range(dice.randrange(10, 20)))
    return _robot(dice, f"{row} {row[::-1]}", name=row[:6], mark=dice.choice(("ours", "none")))


def _letters_at_random(dice: Random) -> Sent:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    row = "".join(dice.choice(letters) for _ in range(dice.randrange(14, 24)))
    return _robot(dice, row, name=row[::-1], seconds=dice.uniform(1, 20))


def _straight_to_the_address(dice: Random) -> Sent:
    text = dice.choice(
        ("Hello, is anybody there?", "I have a proposal for you.", "Please reply urgently", "test", "Hi! Price?")
    )
    return _robot(dice, text, mark=dice.choice(("none", "forged")))


def _fills_every_field(dice: Random) -> Sent:
    return _robot(
        dice, dice.choice(("Hello", "Interested in your service", "Call me")), trap=dice.choice(("Hello", "http://x"))
    )


def _at_once(dice: Random) -> Sent:
    return _robot(dice, dice.choice(("Do you have a minute?", "Partnership", "Hi there")), seconds=dice.uniform(0, 1.9))


def _guest_writer(dice: Random) -> Sent:
    what = dice.choice(("a guest post", "a sponsored post with a link insertion"))
    ask = dice.choice(("with one dofollow backlink", "for your website visitors, and a backlink"))
    return _seller(dice, f"I am a writer on beauty. Could I publish {what} on your blog, {ask}? What is your fee?")


def _lender(dice: Random) -> Sent:
    what = dice.choice(("A business loan of up to £500,000", "Funding for your clinic by Friday"))
    return _seller(
        dice, f"{what}. Limited time offer, no fees. {dice.choice(LINKS)} To opt out reply STOP, to unsubscribe click."
    )


def _list_seller(dice: Random) -> Sent:
    what = dice.choice(("qualified leads for skin clinics", "lead generation and email marketing"))
    more = dice.choice(("outsourcing to a virtual assistant", "a 60 second explainer video", "WhatsApp marketing"))
    return _seller(dice, f"We sell {what}, also {more}. Book a call: {dice.choice(LINKS)}")


def _hidden_words(dice: Random) -> Sent:
    words = dice.choice(("online casino bonus", "buy backlinks cheap", "adult dating near you"))
    hidden = "".join(f"{letter}\u200b" for letter in words) if dice.random() < 0.5 else _wide(words)
    return _robot(dice, f"{hidden} {dice.choice(LINKS)}")


def _wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def _short_address(dice: Random) -> Sent:
    host = dice.choice(("bit.ly", "t.me", "tinyurl.com", "wa.me", "cutt.ly"))
    text = dice.choice(("Urgent parcel", "You have won", "Look at this photo", "Join us"))
    return _robot(dice, f"{text} https://{host}/{dice.randrange(9999)}", seconds=dice.uniform(2, 3.9))


def _link_list(dice: Random) -> Sent:
    return _robot(
        dice, "Visit our partners: " + " ".join(dice.sample(LINKS, dice.randrange(3, 12))), seconds=dice.uniform(2, 9)
    )


def _named_for_a_site(dice: Random) -> Sent:
    return _robot(dice, "Good day, we have something for you.", name=f"www.{dice.choice(HOSTS)}.example")


def _domain_scare(dice: Random) -> Sent:
    return _robot(
        dice,
        f"FINAL NOTICE: your domain will expire. Renew to stay in search engine optimization listings {dice.choice(LINKS)}",
    )


def _borrowed_proof(dice: Random) -> Sent:
    return _robot(dice, f"We boost your followers. {dice.choice(LINKS)}", proof="wrong", seconds=dice.uniform(3, 30))


def _everywhere_at_once(dice: Random) -> Sent:
    text = "Greetings, my company would like to speak with the manager about supplying you with goods."
    return _robot(dice, text, same_words=True, too_many=True, proof="none", seconds=dice.uniform(2, 60))


def _buy_followers(dice: Random) -> Sent:
    return _seller(dice, f"{dice.randrange(1, 50)}k Instagram followers for £20, boost your page, increase your sales.")


def _polite_seller(dice: Random) -> Sent:
    first = dice.choice(
        ("Who looks after marketing at your clinic?", "I live close by and love what you do.", "A quick thought.")
    )
    offer = dice.choice((
        "Our agency brought a clinic nearby more clients, and your competitors know it.",
        "We are a distributor of lasers and can send our price list and wholesale terms.",
        "Our products suit a clinic such as yours; shall I book a call?",
        "Your online presence could be better, and digital marketing is what we do.",
        "I can answer reviews on your behalf for a small fee each month.",
        "Would a partnership interest you? We share what comes of it.",
    ))  # fmt: skip
    return _seller(dice, f"{first} {offer} Best wishes")


ROBOTS = (
    _forum_links, _anchor_links, _rank_seller, _site_seller, _gambling, _coins, _pills, _cyrillic_advert, _keyboard_noise,
    _letters_at_random, _polite_seller,
    _straight_to_the_address, _fills_every_field, _at_once, _guest_writer, _lender, _list_seller, _hidden_words,
    _short_address, _link_list, _named_for_a_site, _domain_scare, _borrowed_proof, _everywhere_at_once, _buy_followers,
)  # fmt: skip


def spam(count: int, seed: int = SEED) -> Iterator[Sent]:
    """Yield so many robots and sellers."""
    yield from crowd(ROBOTS, count, seed)
