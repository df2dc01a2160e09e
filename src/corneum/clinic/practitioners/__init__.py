"""The people who treat: registrations, training, working hours."""
