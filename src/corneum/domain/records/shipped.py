"""
The protocols that Corneum comes with: samples that a clinician must approve.

Microdermabrasion: passes from a randomised split-face trial in which two and three passes ended the same and three
had more sebum (Davari 2008, Int J Dermatol 47:508), so that more than four ask for a reason, which is our own bound;
end-point and the signs to stop at from the procedure chapters (mild, even redness; stop at pinpoint bleeding). No
suction is shipped: no source gives a number that can be carried from one device to another, and every clinic enters
its own bounds for each of its devices.
"""

from decimal import Decimal

from corneum.domain.records.protocol import Field, Group, Kind, Protocol

N = Decimal

REACTIONS = (
    ("none", "No change"),
    ("pink", "Pink or warm"),
    ("red", "Red"),
    ("swollen", "Swollen"),
    ("petechiae", "Tiny red spots (petechiae)"),
    ("bleeding", "Pinpoint bleeding"),
    ("wheal", "Wheals (hives)"),
)
ERYTHEMA = (("0", "0 none"), ("1", "1 faint"), ("2", "2 clear"), ("3", "3 strong"))
PAIN = Field(
    "pain", "Pain, 0 to 10", Kind.NUMBER, is_required=True, highest=N(10), most=N(6), brief="Pain",
    missing="Ask how much it hurt, from 0 to 10",
)  # fmt: skip
NOTE = Field("note", "Note, if there is anything to add", Kind.NOTE)
DEVIATION = Field("deviation", "Anything done differently from the protocol, and why", Kind.NOTE)
STOPPED = Field("stopped", "Stopped early", Kind.TICK, hint="Say in the note why")
PHOTOGRAPHS = Field("photographs", "Photographs taken: set or reference", Kind.LINE)
SUN_CREAM = Field("sun-cream", "Sun cream put on", Kind.TICK, is_carried=True)
TOPICALS = Field("topicals", "Put on the skin afterwards", Kind.LINE, is_carried=True)
PRODUCTS = Field("products", "Products given to take home", Kind.LINE)
TEST_PATCH = Field(
    "test-patch", "Test patch", Kind.CHOICE, is_carried=True,
    choices=(("done", "Done, settled"), ("not-needed", "Not needed today"), ("reacted", "Reacted")),
    beyond=frozenset({"reacted"}),
)  # fmt: skip
EYES = Field(
    "eyes", "Eyes protected, contact lenses out", Kind.TICK, is_required=True,
    missing="Say that the eyes were protected and contact lenses out",
)  # fmt: skip
AFTERWARDS = Group("Afterwards", (SUN_CREAM, TOPICALS, PRODUCTS, PHOTOGRAPHS, STOPPED, DEVIATION), is_folded=True)


def _reaction(*names: str, expected: frozenset[str]) -> Field:
    chosen = tuple((key, label) for key, label in REACTIONS if key in names)
    return Field(
        "reaction", "Skin straight after", Kind.SEVERAL, is_required=True, choices=chosen,
        beyond=frozenset(key for key, _ in chosen) - expected, brief="Skin", missing="Choose how the skin looks straight after",
    )  # fmt: skip


def _zones(most: int) -> Field:
    return Field(
        "zones", "Areas, and passes over each", Kind.ZONES, is_required=True, is_carried=True, least=N(1), most=N(most),
        highest=N(20), brief="Passes", missing="Choose at least one area",
    )  # fmt: skip


def _endpoint(*choices: tuple[str, str]) -> Field:
    return Field("endpoint", "End-point reached", Kind.CHOICE, is_carried=True, choices=choices)


SUCTION = Field(
    "suction", "Suction", Kind.SETTING, is_required=True, is_carried=True,
    units=("level", "mmHg", "kPa", "inHg", "psi"), brief="Suction", missing="Enter the suction",
)  # fmt: skip
MILD_REDNESS = (("even", "Mild, even redness"), ("short", "Stopped short of it"), ("past", "Past it"))
ABRADED = _reaction(
    "none", "pink", "swollen", "petechiae", "bleeding", "wheal", expected=frozenset({"none", "pink", "swollen"})
)
SIGNS = Group(
    "Signs", (Field("erythema", "Redness", Kind.CHOICE, choices=ERYTHEMA), TEST_PATCH, _endpoint(*MILD_REDNESS),
              Field("avoided", "Places left out, and why", Kind.LINE, is_carried=True)), is_folded=True,
)  # fmt: skip

CRYSTAL = Protocol(
    "microdermabrasion-crystal", "Microdermabrasion, crystals", 1,
    (
        Group("Settings", (
            SUCTION,
            Field("crystals", "Crystals, batch", Kind.LOT, is_required=True, is_carried=True, brief="Batch",
                  missing="Enter the batch number of the crystals"),
            Field("tip", "Tip, single use: lot", Kind.LOT, is_carried=True, brief="Tip lot",
                  hint="Or the steriliser cycle below"),
            Field("material", "Crystals of", Kind.CHOICE, is_carried=True,
                  choices=(("aluminium-oxide", "Aluminium oxide"), ("sodium-chloride", "Salt"),
                           ("sodium-bicarbonate", "Bicarbonate"), ("other", "Other"))),
        )),
        Group("Areas", (_zones(4),)),
        Group("How it went", (EYES, ABRADED, PAIN, NOTE)),
        SIGNS,
        Group("Safety and hygiene", (
            Field("steriliser", "Steriliser cycle, if the tip is not single use", Kind.LINE),
            Field("mask", "Mask worn, extraction on", Kind.TICK, is_carried=True),
        ), is_folded=True),
        AFTERWARDS,
    ),
    frozenset({"crystal-unit"}),
)  # fmt: skip
DIAMOND = Protocol(
    "microdermabrasion-diamond", "Microdermabrasion, diamond tip", 1,
    (
        Group("Settings", (
            SUCTION,
            Field("grit", "Tip grit", Kind.CHOICE, is_required=True, is_carried=True, brief="Grit",
                  choices=(("fine", "Fine"), ("medium", "Medium, 100 µm"), ("coarse", "Coarse, 125 µm")),
                  missing="Choose the grit of the tip"),
            Field("tip", "Tip, single use: lot", Kind.LOT, is_carried=True, brief="Tip lot"),
            Field("steriliser", "Steriliser cycle, if not single use", Kind.LINE),
        )),
        Group("Areas", (_zones(4),)),
        Group("How it went", (EYES, ABRADED, PAIN, NOTE)),
        SIGNS,
        AFTERWARDS,
    ),
    frozenset({"diamond-unit"}),
)  # fmt: skip
PEEL = Protocol(
    "superficial-peel", "Superficial peel", 1,
    (
        Group("Peel", (
            Field("acid", "Acid", Kind.CHOICE, is_required=True, is_carried=True, brief="Acid",
                  choices=(("glycolic", "Glycolic"), ("lactic", "Lactic"), ("mandelic", "Mandelic"),
                           ("salicylic", "Salicylic"), ("other", "Other: name it in the note")),
                  missing="Choose the acid"),
            Field("strength", "Strength", Kind.NUMBER, is_required=True, is_carried=True, unit="%", most=N(30),
                  highest=N(100), brief="Strength", missing="Enter the strength in per cent"),
            Field("ph", "pH", Kind.NUMBER, is_carried=True, highest=N(14), least=N("2")),
            Field("solution", "Solution, lot", Kind.LOT, is_required=True, is_carried=True, brief="Lot",
                  missing="Enter the lot number of the solution"),
            Field("minutes", "Time on the skin", Kind.NUMBER, is_required=True, is_carried=True, unit="min", most=N(10),
                  highest=N(60), brief="Time", missing="Enter the minutes on the skin"),
            Field("neutralised", "Neutralised", Kind.TICK, is_carried=True),
        )),
        Group("Areas, and layers on each", (_zones(3),)),
        Group("How it went", (
            EYES,
            _reaction("none", "pink", "red", "swollen", "wheal", expected=frozenset({"none", "pink", "red"})),
            Field("frosting", "Frosting", Kind.CHOICE, choices=(
                ("none", "None"), ("patchy", "Patchy"), ("even", "Even white")), beyond=frozenset({"even"})),
            PAIN, NOTE,
        )),
        Group("Signs", (TEST_PATCH, _endpoint(("time", "By the clock"), ("redness", "Even redness"),
                                             ("stopped", "Stopped before")),
                        Field("avoided", "Places left out, and why", Kind.LINE, is_carried=True)), is_folded=True),
        AFTERWARDS,
    ),
)  # fmt: skip
NEEDLING = Protocol(
    "microneedling", "Microneedling", 1,
    (
        Group("Settings", (
            Field("depth", "Needle depth", Kind.NUMBER, is_required=True, is_carried=True, unit="mm", most=N("1.5"),
                  highest=N(3), brief="Depth", missing="Enter the needle depth in millimetres"),
            Field("cartridge", "Cartridge, lot", Kind.LOT, is_required=True, is_carried=True, brief="Lot",
                  missing="Enter the lot number of the cartridge"),
            Field("speed", "Speed", Kind.SETTING, is_carried=True, units=("level", "rpm")),
            Field("numbing", "Numbing cream: name and minutes", Kind.LINE, is_carried=True),
        )),
        Group("Areas", (_zones(6),)),
        Group("How it went", (
            EYES,
            _reaction("none", "pink", "red", "swollen", "petechiae", "bleeding", "wheal",
                      expected=frozenset({"none", "pink", "red", "swollen", "petechiae", "bleeding"})),
            PAIN, NOTE,
        )),
        Group("Signs", (TEST_PATCH, _endpoint(("redness", "Even redness"), ("bleeding", "Pinpoint bleeding"),
                                             ("short", "Stopped short of it")),
                        Field("avoided", "Places left out, and why", Kind.LINE, is_carried=True)), is_folded=True),
        AFTERWARDS,
    ),
    frozenset({"microneedling-pen"}),
)  # fmt: skip
LED = Protocol(
    "led", "LED light", 1,
    (
        Group("Light", (
            Field("colour", "Colour", Kind.SEVERAL, is_required=True, is_carried=True, brief="Light",
                  choices=(("red", "Red"), ("blue", "Blue"), ("near-infrared", "Near infra-red")),
                  missing="Choose the colour of the light"),
            Field("minutes", "Time", Kind.NUMBER, is_required=True, is_carried=True, unit="min", most=N(30),
                  highest=N(120), brief="Time", missing="Enter the minutes of light"),
            Field("dose", "Dose, if the device says it", Kind.NUMBER, is_carried=True, unit="J/cm²"),
        )),
        Group("How it went", (
            EYES, _reaction("none", "pink", "red", "swollen", expected=frozenset({"none", "pink"})), NOTE,
        )),
        AFTERWARDS,
    ),
    frozenset({"led-panel"}),
)  # fmt: skip
IPL = Protocol(
    "ipl", "Intense pulsed light", 1,
    (
        Group("Settings", (
            Field("filter", "Filter", Kind.NUMBER, is_required=True, is_carried=True, unit="nm", highest=N(1400),
                  brief="Filter", missing="Enter the filter in nanometres"),
            Field("fluence", "Fluence", Kind.SETTING, is_required=True, is_carried=True, units=("J/cm²", "level"),
                  brief="Fluence", missing="Enter the fluence"),
            Field("pulse", "Pulse: length, number, pause", Kind.LINE, is_required=True, is_carried=True, brief="Pulse",
                  missing="Enter the pulse"),
            Field("cooling", "Cooling", Kind.LINE, is_carried=True),
        )),
        Group("Areas", (_zones(2),)),
        Group("How it went", (
            Field("eyes", "Shields on the patient, goggles on everybody", Kind.TICK, is_required=True,
                  missing="Say that everybody's eyes were protected"),
            Field("test-patch", "Test patch", Kind.CHOICE, is_required=True, is_carried=True,
                  choices=(("done", "Done, settled"), ("today", "Done today"), ("reacted", "Reacted")),
                  beyond=frozenset({"reacted"}), missing="Say how the test patch went"),
            _reaction("none", "pink", "red", "swollen", "wheal", expected=frozenset({"none", "pink", "red", "swollen"})),
            Field("darkening", "Marks darkened", Kind.TICK), PAIN, NOTE,
        )),
        Group("Signs", (Field("avoided", "Places left out, and why", Kind.LINE, is_carried=True),), is_folded=True),
        AFTERWARDS,
    ),
    frozenset({"ipl-unit"}),
)  # fmt: skip
CONSULTATION = Protocol(
    "consultation", "Consultation", 1,
    (
        Group("What they want", (
            Field("wish", "What brings them, in their own words", Kind.NOTE, is_required=True,
                  missing="Write down what brings them"),
            Field("expectation", "What they expect, and what was said about it", Kind.NOTE),
        )),
        Group("What was found", (
            Field("skin-type", "Skin type (Fitzpatrick), as they answered", Kind.CHOICE,
                  choices=tuple((str(n), roman) for n, roman in enumerate(("I", "II", "III", "IV", "V", "VI"), 1)),
                  brief="Skin type"),
            Field("findings", "Findings", Kind.NOTE, is_required=True, missing="Write down what you found"),
        )),
        Group("What was decided", (
            Field("options", "Options discussed, doing nothing among them", Kind.NOTE, is_required=True,
                  missing="Write down the options that were discussed"),
            Field("decision", "Decision", Kind.CHOICE, is_required=True, brief="Decision",
                  choices=(("treat", "May be treated"), ("wait", "Wait"), ("refer", "See GP or specialist first"),
                           ("nothing", "Nothing now")),
                  missing="Choose what was decided"),
            Field("plan", "Plan", Kind.NOTE),
            Field("leaflet", "Information given", Kind.LINE),
        )),
    ),
)  # fmt: skip
REVIEW = Protocol(
    "review", "Review", 1,
    (
        Group("Since last time", (
            Field("since", "How it has been, in their own words", Kind.NOTE, is_required=True,
                  missing="Write down how it has been"),
            Field("findings", "Findings", Kind.NOTE, is_required=True, missing="Write down what you found"),
            PHOTOGRAPHS,
        )),
        Group("What was decided", (
            Field("decision", "Decision", Kind.CHOICE, is_required=True, brief="Decision",
                  choices=(("go-on", "Go on as planned"), ("change", "Change the plan"), ("stop", "Stop here"),
                           ("refer", "See GP or specialist")),
                  missing="Choose what was decided"),
            Field("plan", "Plan", Kind.NOTE),
        )),
    ),
)  # fmt: skip
GENERAL = Protocol(
    "general", "Visit", 1,
    (Group("What was done", (
        Field("done", "What was done", Kind.NOTE, is_required=True, missing="Write down what was done"), NOTE,
    )), AFTERWARDS),
)  # fmt: skip

PROTOCOLS = {
    each.key: each for each in (CRYSTAL, DIAMOND, PEEL, NEEDLING, LED, IPL, CONSULTATION, REVIEW, GENERAL)
}  # fmt: skip


def protocol_for(*, slug: str, kind: str, family: str, device_kinds: frozenset[str]) -> Protocol:
    """
    Say by which protocol a treatment is written up.

    :param slug: the treatment's name in addresses; one that a protocol has too is written up by it
    :param kind: consultation, review or treatment
    :param device_kinds: of the devices that it needs
    """
    if kind in {"consultation", "review"}:
        return PROTOCOLS[kind]
    for protocol in PROTOCOLS.values():
        if protocol.key == slug or protocol.device_kinds & device_kinds:
            return protocol
    return PEEL if family == "peels" else GENERAL
