"""The pages of the waiting list: a patient's, behind links, and the desk's."""
