"""The tests run on the database that was asked for."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_on_the_database_that_was_asked_for():
    asked = os.environ.get("CORNEUM_TEST_DB", "sqlite")

    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[asked]
