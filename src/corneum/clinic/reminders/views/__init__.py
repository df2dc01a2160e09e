"""The pages of reminders, and the door at which texts come in."""
