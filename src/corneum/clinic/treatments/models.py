"""What the clinics offer: each fact of a treatment stands here once and is read everywhere."""

from django.db import models
from django.db.models import F, Q

from corneum.db.ref import RefField
from corneum.db.setup import SpoilsSetup
from corneum.domain.scheduling.gap import Gap
from corneum.platform.accounts.models import Clinic

ALL_WEEK = 0b1111111


class Concern(models.Model):
    """What somebody sees in the mirror and would like to be different."""

    class Privacy:
        open = ("id", "ref", "slug", "name", "seen_as", "order")

    ref = RefField()
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    seen_as = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name


class Treatment(models.Model):
    """Something that can be booked: a consultation, a treatment or a review; or care that nobody sells."""

    class Privacy:
        open = (
            "id", "ref", "slug", "name", "short_name", "kind", "family", "summary", "minutes", "feels_like",
            "afterwards", "time_off", "course", "order", "is_bookable_online", "gap_days", "longest_gap_days",
        )  # fmt: skip

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", "Consultation"
        TREATMENT = "treatment", "Treatment"
        REVIEW = "review", "Review"
        CARE = "care", "Care at home"  # is offered by nobody, needs nobody, and has a guide all the same

    class Family(models.TextChoices):
        """Which colour and word it has in the diary."""

        RESURFACING = "resurfacing", "Resurfacing"
        PEELS = "peels", "Peels"
        CONSULTATIONS = "consultations", "Consultations"
        REVIEWS = "reviews", "Reviews"
        OTHER = "other", "Other"

    ref = RefField()
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)  # the diary's and the text message's word for it
    kind = models.CharField(max_length=16, choices=Kind.choices)
    family = models.CharField(max_length=16, choices=Family.choices)
    summary = models.TextField()
    minutes = models.PositiveSmallIntegerField()
    feels_like = models.CharField(max_length=120, blank=True)
    afterwards = models.CharField(max_length=120, blank=True)
    time_off = models.CharField(max_length=120, blank=True)
    course = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # A new patient books a consultation; treatment follows a practitioner's decision (docs/words.md).
    is_bookable_online = models.BooleanField(default=False)
    # Between two sessions of one patient: at least, which every door keeps, and at most, which is advice.
    gap_days = models.PositiveSmallIntegerField(default=0)  # 0: none
    longest_gap_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("order", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["consultation", "treatment", "review", "care"]),
                name="treatments_treatment_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(family__in=["resurfacing", "peels", "consultations", "reviews", "other"]),
                name="treatments_treatment_family_is_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480), name="treatments_treatment_lasts_a_sensible_time"
            ),
            models.CheckConstraint(
                condition=Q(gap_days__lte=366)
                & (Q(longest_gap_days=None) | Q(longest_gap_days__gte=F("gap_days"), longest_gap_days__range=(1, 732))),
                name="treatments_treatment_gaps_are_in_order",
            ),
            SpoilsSetup(name="treatments_treatment_spoils"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def gap(self) -> Gap:
        """How many days lie between two sessions of one patient."""
        return Gap(self.gap_days, self.longest_gap_days)


class Need(models.Model):
    """One kind of resource that a treatment occupies, and for how long before and after it."""

    class Privacy:
        open = ("id", "treatment", "what", "kind", "before", "after")

    class What(models.TextChoices):
        PRACTITIONER = "practitioner", "Practitioner"
        ROOM = "room", "Room"
        DEVICE = "device", "Device"

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="needs")
    what = models.CharField(max_length=16, choices=What.choices)
    kind = models.SlugField(max_length=40, blank=True)  # of room or device; empty: any
    before = models.PositiveSmallIntegerField(default=0)  # minutes of set-up
    after = models.PositiveSmallIntegerField(default=0)  # minutes of clean-down

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["treatment", "what", "kind"], name="treatments_need_once"),
            models.CheckConstraint(
                condition=Q(what__in=["practitioner", "room", "device"]), name="treatments_need_is_of_a_known_thing"
            ),
            models.CheckConstraint(
                condition=Q(before__lte=120, after__lte=120), name="treatments_need_buffers_are_under_two_hours"
            ),
            SpoilsSetup(name="treatments_need_spoils"),
        )

    def __str__(self) -> str:
        return f"{self.treatment} needs a {self.kind} {self.what}"


class Offer(models.Model):
    """A treatment as one clinic offers it: its price and the rules of booking it."""

    class Privacy:
        open = (
            "id", "clinic", "treatment", "price_pence", "price_note", "notice_minutes", "horizon_days",
            "step_minutes", "weekdays", "most_per_day", "most_open_per_patient", "consultation_first",
            "screening_first", "is_by_request", "request_hours", "free_cancel_hours", "grace_minutes", "late_fee_pence",
        )  # fmt: skip

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="offers")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="offers")
    price_pence = models.PositiveIntegerField()
    price_note = models.CharField(max_length=120, blank=True)
    notice_minutes = models.PositiveIntegerField(default=120)
    horizon_days = models.PositiveSmallIntegerField(default=60)
    step_minutes = models.PositiveSmallIntegerField(default=15)
    weekdays = models.PositiveSmallIntegerField(default=ALL_WEEK)  # a bit for each day it is given on, Monday lowest
    most_per_day = models.PositiveSmallIntegerField(null=True, blank=True)  # visits of it at the clinic; empty: any
    most_open_per_patient = models.PositiveSmallIntegerField(null=True, blank=True)  # to come at once; empty: any
    consultation_first = models.BooleanField(default=False)  # only for those who have been seen here before
    screening_first = models.BooleanField(default=False)  # only for those cleared by what they answered about health
    is_by_request = models.BooleanField(default=False)  # online it is asked for, and the clinic answers
    request_hours = models.PositiveSmallIntegerField(default=24)  # then the request expires by itself
    # Moving and cancelling online: freely until so long before, and after a mistake whatever the hour.
    free_cancel_hours = models.PositiveSmallIntegerField(default=24)
    grace_minutes = models.PositiveSmallIntegerField(default=30)
    late_fee_pence = models.PositiveIntegerField(default=0)  # stated before booking; nothing is ever taken by itself

    class Meta:
        ordering = ("treatment__order",)
        constraints = (
            models.UniqueConstraint(fields=["clinic", "treatment"], name="treatments_offer_once"),
            models.CheckConstraint(
                condition=Q(step_minutes__gte=1, step_minutes__lte=120), name="treatments_offer_step_is_sensible"
            ),
            models.CheckConstraint(condition=Q(weekdays__lte=127), name="treatments_offer_weekdays_exist"),
            models.CheckConstraint(
                condition=Q(request_hours__gte=1, request_hours__lte=168), name="treatments_offer_request_expires"
            ),
            SpoilsSetup(name="treatments_offer_spoils", per="clinic"),
        )

    def __str__(self) -> str:
        return f"{self.treatment} at {self.clinic}"


class Evidence(models.Model):
    """What one treatment can and cannot do for one concern, how sure we are, and who says so."""

    class Privacy:
        open = ("id", "treatment", "concern", "says", "strength", "source", "reviewed_on", "order")

    class Strength(models.TextChoices):
        """Our scale: see docs/words.md."""

        MODERATE = "moderate", "Moderate: more than one controlled study agrees"
        WEAK = "weak", "Weak: small or uncontrolled studies"
        VERY_WEAK = "very-weak", "Very weak: a pilot only"
        AGAINST = "against", "Studied, and no benefit found"

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="evidence")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="evidence")
    says = models.TextField()
    strength = models.CharField(max_length=16, choices=Strength.choices)
    source = models.TextField()
    reviewed_on = models.DateField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=["treatment", "concern"], name="treatments_evidence_once"),
            models.CheckConstraint(
                condition=Q(strength__in=["moderate", "weak", "very-weak", "against"]),
                name="treatments_evidence_strength_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.treatment} for {self.concern}: {self.strength}"


class Choice(models.Model):
    """One thing to do about a concern, in the order in which they are worth trying; most of them nobody sells."""

    class Privacy:
        open = ("id", "concern", "order", "who", "treatment", "title", "says", "source")

    class Who(models.TextChoices):
        """Where one goes for it."""

        NOBODY = "nobody", "Nobody"
        YOU = "you", "You, at home"
        PHARMACIST = "pharmacist", "Pharmacist"
        GP = "gp", "GP"
        SPECIALIST = "specialist", "Skin specialist"
        CLINIC = "clinic", "A clinic"

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField(default=0)
    who = models.CharField(max_length=12, choices=Who.choices)
    treatment = models.ForeignKey(Treatment, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    says = models.TextField()
    source = models.TextField(blank=True)  # of what has no evidence note of its own

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=["concern", "order"], name="treatments_choice_has_its_place"),
            models.CheckConstraint(
                condition=Q(who__in=["nobody", "you", "pharmacist", "gp", "specialist", "clinic"]),
                name="treatments_choice_is_somebodys",
            ),
        )

    def __str__(self) -> str:
        return f"{self.concern}: {self.title}"
