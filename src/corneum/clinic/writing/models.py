"""Pages as they are written: every save a version, each approved and published by itself."""

from django.db import models
from django.db.models import Q

from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.platform.accounts.models import User


class Page(models.Model):
    """A guide, of one treatment, or an article. It is the group's, not one clinic's."""

    class Privacy:
        open = ("id", "ref", "treatment", "slug")

    ref = RefField()
    treatment = models.OneToOneField(Treatment, null=True, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug

    @property
    def is_guide(self) -> bool:
        """Whether it is the guide to a treatment, and needs an approver."""
        return self.treatment_id is not None


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
