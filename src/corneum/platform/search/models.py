"""What can be found: one row for each page, with its words as they are compared."""

from django.db import models

from corneum.db.full_text import FullText


class Document(models.Model):
    """A page as it is searched; whether somebody may see it is asked of what it was made from."""

    class Privacy:
        open = ("id", "kind", "key", "title", "lead", "text", "words")

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)  # the name in its address
    title = models.CharField(max_length=200)
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    words = models.TextField(blank=True)  # of all three, as domain.finding.words_of reads them

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "key"], name="search_document_once"),
            FullText(name="search_document_words", column="words"),
        )

    def __str__(self) -> str:
        return self.title
