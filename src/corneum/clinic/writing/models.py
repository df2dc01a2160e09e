"""Pages as they are written: every save a version, each approved and published by itself."""

from django.db import models
from django.db.models import Q

from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Concern, Treatment
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.platform.accounts.models import User


class Page(models.Model):
    """A guide, of one treatment, what is said of one concern, or an article. It is the group's, not one clinic's."""

    class Privacy:
        open = ("id", "ref", "treatment", "concern", "slug")

    ref = RefField()
    treatment = models.OneToOneField(Treatment, null=True, on_delete=models.PROTECT, related_name="+")
    concern = models.OneToOneField(Concern, null=True, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField()

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(
                fields=["slug"], condition=Q(treatment=None, concern=None), name="writing_article_once"
            ),
            models.CheckConstraint(condition=Q(treatment=None) | Q(concern=None), name="writing_page_is_of_one_thing"),
        )

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        """How it is called at the desk: by its newest title, or else as what it is about, or by its address."""
        newest = next(iter(self.versions.all()), None)
        texts = newest.texts if newest else {}
        about = self.treatment or self.concern
        return texts.get("title") or texts.get("name") or (about.name if about else self.slug)

    @property
    def kind(self) -> str:
        """Whether it is a "guide", a "concern" or an "article"."""
        return "guide" if self.treatment_id else "concern" if self.concern_id else "article"

    @property
    def is_guide(self) -> bool:
        """Whether it is the guide to a treatment."""
        return self.kind == "guide"


class Version(models.Model):
    """What one press of Save kept; it is never written over."""

    class Privacy:
        open = (
            "id", "ref", "page", "number", "texts", "written_by", "written_at", "approved_by", "approved_at",
            "review_due_on", "publish_at", "refused_at", "refused_because", "published_at",
        )  # fmt: skip

    ref = RefField()
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()  # by the name of the field (fields.py)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    review_due_on = models.DateField(null=True)
    publish_at = models.DateTimeField(null=True)  # the job of the timetable publishes it then
    refused_at = models.DateTimeField(null=True)  # the timetable tried once, and was refused
    refused_because = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["page", "number"], name="writing_version_once"),
            Paired("approved_at", "approved_by", name="writing_version_approved_at_with_approved_by"),
            models.CheckConstraint(condition=Q(number__gte=1), name="writing_version_counts_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.page}, version {self.number}"


class Answer(models.Model):
    """Why a word that the copy check marks may stand in a version."""

    class Privacy:
        open = ("id", "version", "rule", "word", "reason", "by", "at")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="answers")
    rule = models.SlugField()
    word = models.CharField(max_length=120)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "rule", "word"], name="writing_answer_once"),)

    def __str__(self) -> str:
        return f"{self.word}: {self.reason}"
