"""The public pages: a guide to each treatment, and articles."""

import re

from django.db import models
from django.db.models import F, Q

from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.paired import Paired
from corneum.db.ref import RefField


class Alternative(models.Model):
    """Something that a reader may do instead and that no clinic need sell them: care at home, a GP, nothing."""

    class Privacy:
        open = (
            "id", "slug", "name", "depth", "changes", "how_sure", "sessions", "settling", "risks", "price",
        )  # fmt: skip

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    depth = models.CharField(max_length=60)
    changes = models.TextField()
    how_sure = models.TextField()
    sessions = models.CharField(max_length=120)
    settling = models.CharField(max_length=120)
    risks = models.CharField(max_length=200)
    price = models.CharField(max_length=60)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A picture, written anew from what was sent; its words stand with it, wherever it is shown."""

    class Privacy:
        open = (
            "id", "ref", "name", "alt", "is_decorative", "shows_person", "focal_x", "focal_y", "added_at",
            "withdrawn_at",
        )  # fmt: skip
        personal = ("consent_note",)

    ref = RefField()
    name = models.CharField(max_length=80)  # for the desk
    alt = models.CharField(max_length=250, blank=True)  # what somebody reads who does not see it
    is_decorative = models.BooleanField(default=False)
    shows_person = models.BooleanField(default=False)
    consent_note = models.TextField(blank=True)  # who agreed to what, when, and where the form is kept
    focal_x = models.PositiveSmallIntegerField(default=50)  # hundredths of its width
    focal_y = models.PositiveSmallIntegerField(default=50)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # its sizes are gone, and no page shows it

    class Meta:
        ordering = ("-added_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(is_decorative=True, alt="") | (Q(is_decorative=False) & ~Q(alt="")),
                name="guides_picture_has_words_or_is_decorative",
            ),
            models.CheckConstraint(
                condition=Q(shows_person=False) | ~Q(consent_note=""), name="guides_picture_of_a_person_has_consent"
            ),
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100), name="guides_picture_focal_point_is_in_it"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Rendition(models.Model):
    """One size of a picture in one format: in the database, so that there is still one file to back up."""

    class Privacy:
        open = ("id", "picture", "shape", "width", "height", "kind", "content")

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    shape = models.CharField(max_length=8)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["picture", "shape", "width", "kind"], name="guides_rendition_once"),
            models.CheckConstraint(
                condition=Q(shape__in=["whole", "wide"], kind__in=["avif", "webp", "jpeg"]),
                name="guides_rendition_is_of_a_known_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.picture}, {self.shape}, {self.width}, {self.kind}"


class Guide(models.Model):
    """What a reader is told of one treatment. Facts such as minutes and price are the treatment's own."""

    class Privacy:
        open = (
            "id", "ref", "treatment", "title", "lead", "description", "depth", "reach", "figure_says",
            "risks_in_short", "is_sample", "reviewed_by", "reviewed_on", "review_due_on", "published_at", "beside",
            "instead", "picture",
        )  # fmt: skip

    class Reach(models.TextChoices):
        """How far down into the skin it works; empty for what does not go into it, such as light."""

        SURFACE = "surface", "The surface"
        EPIDERMIS = "epidermis", "The outer layer"
        DERMIS = "dermis", "The layer below it"

    ref = RefField()
    treatment = models.OneToOneField(Treatment, on_delete=models.CASCADE, related_name="guide")
    title = models.CharField(max_length=80)
    lead = models.TextField()
    description = models.CharField(max_length=155)  # for search engines
    depth = models.CharField(max_length=60, blank=True)  # in words
    reach = models.CharField(max_length=12, choices=Reach.choices, blank=True)  # for the drawing
    figure_says = models.TextField(blank=True)  # under the drawing
    risks_in_short = models.CharField(max_length=200, blank=True)  # one line, for a comparison
    is_sample = models.BooleanField(default=True)  # clinical wording that a clinician must still approve
    beside = models.ManyToManyField(Treatment, related_name="+", blank=True)  # what it is compared with
    instead = models.ManyToManyField(Alternative, related_name="+", blank=True)
    picture = models.ForeignKey(Picture, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    review_due_on = models.DateField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(reach__in=["", "surface", "epidermis", "dermis"]), name="guides_guide_reach_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__lt=F("review_due_on")), name="guides_guide_is_due_after_its_review"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def heading(self) -> str:
        """The title, with soft hyphens where a long word may break on a small telephone."""
        return re.sub(r"(?i)\b(micro|photo)(?=\w{6})", "\\1\u00ad", self.title)


class Part(models.Model):
    """One step, reason to wait or question of a guide."""

    class Privacy:
        open = ("id", "guide", "kind", "title", "text", "minutes", "order")

    class Kind(models.TextChoices):
        STEP = "step", "What happens on the day"
        WAIT = "wait", "When to wait"
        RISK = "risk", "What can go wrong"
        QUESTION = "question", "Questions people ask"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("kind", "order")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["step", "wait", "risk", "question"]), name="guides_part_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Article(models.Model):
    """News or an explanation."""

    class Privacy:
        open = (
            "id", "ref", "slug", "about", "title", "lead", "description", "body", "author", "is_sample", "reviewed_by",
            "reviewed_on", "review_due_on", "published_at",
        )  # fmt: skip

    ref = RefField()
    slug = models.SlugField(unique=True)
    # whose {minutes} and {price} its text names
    about = models.ForeignKey(Treatment, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    lead = models.TextField()
    description = models.CharField(max_length=155)
    body = models.TextField()  # Markdown
    author = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=True)  # as a guide's
    reviewed_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField(null=True)
    review_due_on = models.DateField(null=True)  # of what somebody stands by; news needs no review
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-published_at",)
        constraints = (
            Paired("reviewed_on", "reviewed_by", name="guides_article_reviewed_on_with_reviewed_by"),
            models.CheckConstraint(
                condition=Q(review_due_on=None) | Q(reviewed_on__lt=F("review_due_on")),
                name="guides_article_is_due_after_its_review",
            ),
        )

    def __str__(self) -> str:
        return self.title
