"""
Whether the installation may be sent people: what /readyz asks.

An app adds a question of its own in its module `health.py`, which is found by name:

    @healthy("messages")
    def messages_leave(at: datetime) -> str:
        return "" if … else "The oldest message has waited for 12 minutes."

The answer is a sentence, without anybody's name, or nothing when all is well.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

Question = Callable[[datetime], str]
_questions: dict[str, Question] = {}


def healthy(name: str) -> Callable[[Question], Question]:
    """Ask this question too whenever somebody asks whether the installation is ready."""

    def decorate(question: Question) -> Question:
        _questions[name] = question
        return question

    return decorate


def what_is_wrong(at: datetime) -> dict[str, str]:
    """Ask every question and answer with the sentences of those that found something."""
    answers = {name: _asked(question, at) for name, question in _questions.items()}
    return {name: sentence for name, sentence in answers.items() if sentence}


def _asked(question: Question, at: datetime) -> str:
    try:
        return question(at)
    except DatabaseError:
        return "The database does not answer."


@healthy("database")
def database_answers(_at: datetime) -> str:
    """Find that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


@healthy("migrations")
def migrations_are_applied(_at: datetime) -> str:
    """Find that the database has the tables that this version expects."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations have not been applied." if missing else ""
