"""Is this a question from a person? Each reason is a sentence that the front desk can judge."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

QUICKEST_HUMAN = 3.0  # seconds from seeing the form to sending it, autofill included
SEVERAL_LINKS = 3
SELLERS_WORDS = (
    "backlink", "seo service", "search engine optimi", "rank your", "first page of google", "guest post", "web design",
    "website traffic", "casino", "crypto", "forex", "viagra", "loan offer", "lead generation", "explainer video",
    "whatsapp marketing", "mobile app development", "unsubscribe",
)  # fmt: skip
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKUP = re.compile(r"\[(?:url|link)[=\]]|<a\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Submission:
    """What is known of one sending of the form; `seconds` is None when the form's own mark was missing or forged."""

    name: str
    text: str
    trap: str
    seconds: float | None
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to keep it apart, and everything that was noticed, in sentences."""

    is_spam: bool
    reasons: tuple[str, ...]


def judge(submission: Submission) -> Verdict:
    """
    Judge one submission: one strong sign, or two weak ones, and it is kept apart.

    A doubt goes in the sender's favour: a wrong "spam" hides a patient's question, a wrong "not
    spam" costs one press at the desk.
    """
    strong, weak = list(_strong(submission)), list(_weak(submission))
    return Verdict(is_spam=bool(strong) or len(weak) >= 2, reasons=(*strong, *weak))


def _strong(submission: Submission) -> list[str]:
    signs = {
        "A field that people cannot see was filled in.": bool(submission.trap.strip()),
        "It was sent faster than anybody can type.": submission.seconds is not None
        and submission.seconds < QUICKEST_HUMAN,
        "It holds links written for a forum, not for a person.": bool(_MARKUP.search(submission.text)),
        "The name is an address of a website.": bool(_LINK.search(submission.name)),
    }
    return [sentence for sentence, is_true in signs.items() if is_true]


def _weak(submission: Submission) -> list[str]:
    text = submission.text.casefold()
    links = _LINK.findall(submission.text)
    sold = [word for word in SELLERS_WORDS if word in text]
    signs = {
        "The form did not come with the mark that our pages give it.": submission.seconds is None,
        f"It holds {len(links)} links.": len(links) >= SEVERAL_LINKS,
        "It links to a website and says almost nothing else.": len(links) == 1 and len(_LINK.sub("", text).split()) < 4,
        f"It says “{'”, “'.join(sold[:3])}”.": bool(sold),
        "It says several things that sellers say.": len(sold) >= 2,
        "Many questions came from the same connection within the hour.": submission.too_many,
        "It links to a shortened address.": any(_is_short(link) for link in links),
    }
    return [sentence for sentence, is_true in signs.items() if is_true]


def _is_short(link: str) -> bool:
    try:
        host = urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return False
    return host in {"bit.ly", "t.co", "goo.gl", "tinyurl.com", "is.gd", "cutt.ly", "rb.gy"}
