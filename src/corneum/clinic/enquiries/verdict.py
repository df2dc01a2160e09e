"""Is this a question from a person? Each reason is a sentence that the front desk can judge."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

FASTER_THAN_HANDS = 2.0  # seconds from seeing the form to sending it
QUICK = 4.0  # autofill and a short question that was copied
SEVERAL_LINKS = 3
LOOKED_AT = 20_000  # letters; nobody has to read the rest to know what it is
ENOUGH = 10  # points that keep a submission apart
STRONG, HEAVY, WEAK, FAINT = 10, 8, 5, 2

SOLD = (
    "backlink", "seo service", "seo expert", "seo agency", "search engine optimi", "rank your", "rank higher",
    "first page of google", "page one of google", "guest post", "sponsored post", "link insertion", "web design",
    "redesign your", "website traffic", "for your website", "casino", "crypto", "bitcoin", "forex", "viagra",
    "cialis", "loan offer", "business loan", "funding for your", "lead generation", "qualified leads", "explainer video",
    "whatsapp marketing", "email marketing", "mobile app development", "virtual assistant", "social media followers",
    "instagram followers", "unsubscribe", "opt out", "limited time offer", "special offer for you", "increase your sales",
    "grow your business", "boost your", "earn money", "passive income", "investment opportunity",
    "free audit", "free quote for", "outsourc", "domain will expire", "domain expires", "data entry",
    "onlyfans", "adult dating", "replica watch", "cheap pills", "no prescription", "jackpot", "free spins", "betting",
    "more patients for", "more clients", "more customers", "our agency", "your competitors", "online presence", "book a call",
    "digital marketing", "google ranking", "wholesale", "distributor", "our products", "price list", "on your behalf",
)  # fmt: skip
# What is sold nowhere near a skin clinic: once is a strong sign, beside a link.
_NEVER_ASKED = frozenset(
    {
        "casino", "viagra", "cialis", "free spins", "jackpot", "betting", "onlyfans", "adult dating", "replica watch",
        "cheap pills", "no prescription", "backlink", "forex",
    }
)  # fmt: skip
_SHORTENERS = frozenset({"bit.ly", "t.co", "goo.gl", "tinyurl.com", "is.gd", "cutt.ly", "rb.gy", "t.me", "wa.me"})
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}", re.IGNORECASE)
_MARKUP = re.compile(r"\[(?:url|link)[=\]]|<a\s", re.IGNORECASE)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvxz]{5,}", re.IGNORECASE)  # w and y are vowels in Welsh
_HUMPS = re.compile(r"[a-z][A-Z]")
_JUMBLED_NAME = re.compile(r"[a-z]{3,}[A-Z][a-z]*[A-Z][A-Za-z]*$")  # JamesWeLtY, hjkGFdsAA


@dataclass(frozen=True, slots=True)
class Submission:
    """
    What is known of one sending of the form.

    `seconds` is None when the form's own mark was missing or forged, and may be days: people leave
    a page open. `proof` is True for a proof of work that holds, False for one that does not or was
    used before, None where none was given.
    """

    name: str
    text: str
    trap: str
    seconds: float | None
    proof: bool | None = None
    too_many: bool = False  # from one network within the hour
    flood: bool = False  # so many that nobody asks so much
    worn_out: bool = False  # the same form was sent again and again
    same_words: bool = False  # from several others within the day


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to keep it apart, and everything that was noticed, in sentences."""

    is_spam: bool
    reasons: tuple[str, ...]


def judge(submission: Submission) -> Verdict:
    """
    Judge one submission of the form: one strong sign, two weak ones, or a weak one and several faint ones.

    A doubt goes in the sender's favour: a wrong "spam" hides a patient's question, a wrong "not
    spam" costs one press at the desk. That a browser did no proof of work is a faint sign only:
    people switch scripts off.
    """
    return _weigh([*_about_sending(submission), *_about_words(submission.name, submission.text)])


def judge_letter(name: str, text: str, *, is_automatic: bool) -> Verdict:
    """Judge an e-mail that begins a conversation, by its words alone; a machine's own letter is kept apart."""
    sent_by_itself = [(STRONG, "A machine sent it, as newsletters and notices are.")] if is_automatic else []
    return _weigh([*sent_by_itself, *_about_words(name, text)])


def _about_words(name: str, text: str) -> Iterator[tuple[int, str]]:
    """This will yield what the words themselves say: points, and the reason in a sentence."""
    text = _seen(text[:LOOKED_AT])
    plain, links = text.casefold(), _LINK.findall(text)
    sold = [word for word in SOLD if re.search(rf"(?<!\w){re.escape(word)}", plain)]
    rest = _LINK.sub("", text).split()
    never = [word for word in sold if word in _NEVER_ASKED]
    signs = (
        (STRONG, "It holds links written for a forum, not for a person.", bool(_MARKUP.search(text))),
        (STRONG, "The name is an address of a website.", bool(_LINK.search(_seen(name)))),
        (STRONG, f"It sells “{never[0] if never else ''}”, and links to it.", bool(never and links)),
        (WEAK, f"It holds {len(links)} links.", len(links) >= SEVERAL_LINKS),
        (WEAK, "It links to a website and says almost nothing else.", bool(links) and len(rest) < 4),
        (WEAK, f"It says “{'”, “'.join(sold[:3])}”.", bool(sold)),
        (WEAK, "It says several things that sellers say.", len(sold) >= 2),
        (WEAK, "It links to a shortened address.", any(_is_short(link) for link in links)),
        (STRONG, "Its letters make no words.", _is_jumble(rest)),
        (WEAK, "The name looks made up by a machine.", bool(_JUMBLED_NAME.search(name))),
        (WEAK, "It is written in Cyrillic letters, and links to a website.", bool(links) and _is_cyrillic(text)),
        (FAINT, "It holds a link.", 0 < len(links) < SEVERAL_LINKS),
    )
    yield from ((points, why) for points, why, is_true in signs if is_true)


def _about_sending(submission: Submission) -> Iterator[tuple[int, str]]:
    seconds = submission.seconds
    signs = (
        (STRONG, "A field that people cannot see was filled in.", bool(submission.trap.strip())),
        (STRONG, "It was sent faster than anybody can type.", seconds is not None and seconds < FASTER_THAN_HANDS),
        (FAINT, "It was sent very fast.", seconds is not None and FASTER_THAN_HANDS <= seconds < QUICK),
        (HEAVY, "The form did not come with the mark that our pages give it.", seconds is None),
        (WEAK, "The proof of work was wrong, or used before.", submission.proof is False),
        (FAINT, "The browser did no proof of work, as with scripts switched off.", submission.proof is None),
        (WEAK, "Many questions came from the same connection within the hour.", submission.too_many),
        (STRONG, "More came from the same connection within the hour than anybody asks.", submission.flood),
        (HEAVY, "One and the same form was sent again and again.", submission.worn_out),
        (WEAK, "The same words came from several people today.", submission.same_words),
    )
    yield from ((points, why) for points, why, is_true in signs if is_true)


def _weigh(signs: list[tuple[int, str]]) -> Verdict:
    ordered = sorted(signs, key=lambda sign: -sign[0])
    return Verdict(is_spam=sum(points for points, _ in signs) >= ENOUGH, reasons=tuple(why for _, why in ordered))


def _seen(text: str) -> str:
    """Write the letters as they are seen: no invisible ones between them, wide and bold ones as plain."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")


def _is_jumble(words: list[str]) -> bool:
    """Say whether most long words are noise, as of a machine that fills every field with something."""
    long = [word for word in words if len(word) >= 8 and word.isascii()]
    jumbled = sum(_is_noise(word) for word in long)
    return jumbled > 0 and len(words) <= 12 and jumbled * 2 >= len(words)


def _is_noise(word: str) -> bool:
    """Say whether a word is a row of different consonants, or capitals and small letters at random."""
    vowels = sum(letter in "aeiouwy" for letter in word.casefold())
    rows = bool(_CONSONANTS.search(word)) and vowels * 5 <= len(word) and len(set(word.casefold())) > 3
    return rows or (word.isalpha() and len(_HUMPS.findall(word)) >= 3)


def _is_cyrillic(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum("\u0400" <= letter <= "\u04ff" for letter in letters) * 2 > len(letters)


def _is_short(link: str) -> bool:
    try:
        host = urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return False
    return host in _SHORTENERS
