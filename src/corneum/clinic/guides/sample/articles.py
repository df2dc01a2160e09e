"""Sample: two articles."""

from corneum.clinic.guides.written import ArticleWritten

PEEL_OR_MICRODERMABRASION = ArticleWritten(
    slug="microdermabrasion-or-a-light-peel",
    title="Microdermabrasion or a light peel?",
    lead="Both take off the dead outer cells of the skin. One does it with crystals and suction, the other with a mild "
    "acid. Here is what is known about the difference.",
    description="Microdermabrasion and light peels side by side: how deep they go, how they feel, what a small trial "
    "found, and how to choose.",
    body="""\
People often ask us which of the two to have. The honest answer is that they do much the same, and that neither does a lot.

## How deep they go

[Microdermabrasion](/treatments/microdermabrasion/) works on the outermost cells. A
[light peel](/treatments/superficial-peel/) works in the same outer layer, and some reach a little further down. Stronger
peels go deeper and take longer to settle. We do not give those.

## What was found

In 2002 a small trial gave ten people a peel on one side of the face and microdermabrasion on the other, once a week for
six weeks. Seven liked the peel more, one liked microdermabrasion more, and two could not say. The photographs showed no
difference, and no clear change from before on either side.

That does not mean that nothing happens. Many people say their skin feels smoother. It means that you should not expect
a change that everybody sees.

## How they feel

- **Microdermabrasion** scratches and pulls. Skin is pink or warm for hours, up to a day.
- **A light peel** stings or tingles for some minutes. Skin may flake for 2 to 5 days.

On brown and black skin, look for warmth and tightness rather than for a change of colour.

## How to choose

Choose by what would bother you more. If you cannot have flaking skin next week, a peel is the wrong week's work. If you
dislike the feel of scratching, a peel may suit you more.

And there is a third choice: sun cream every day, a gentle cleanser, and time. It costs little, and for many people it is
enough. At a consultation we tell you so.
""",
)
BEFORE_YOU_COME = ArticleWritten(
    slug="what-happens-at-a-consultation",
    title="What happens at a consultation",
    about="consultation",
    lead="{minutes} with a practitioner, good light, and no treatment on the day.",
    description="What a practitioner asks and looks at in a skin consultation, what to bring, and why you can leave "
    "without booking anything.",
    body="""\
A consultation comes first because skin treatments do not help everyone, and a few should wait.

## What we ask

What you would like to change, and what you would be happy with. Then your health: medicines, allergies, cold sores,
scars, earlier treatments. You may answer *I am not sure* to anything.

## What we look at

Your skin in daylight and in even light from both sides. If you agree, we take a photograph, so that a change can be
compared later with the same light and the same distance.

## What we tell you

What could help, how sure anybody is of that, what can go wrong, what it costs, and what else you could do. That includes
care at home, your pharmacist or GP, other clinics, and doing nothing.

If something on your skin needs a doctor, we say so and write you a letter to take along.

## What to bring

- a list of your medicines and creams
- your glasses, if you wear contact lenses
- somebody you trust, if you like

## Afterwards

You go home and think. Nothing is sold on the day, and nobody rings you to ask. When you have decided, you book, or you do
not.
""",
)
ARTICLES = (PEEL_OR_MICRODERMABRASION, BEFORE_YOU_COME)
