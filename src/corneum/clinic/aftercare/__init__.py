"""What a patient is told before and after a visit, how they are since, and what went wrong."""
