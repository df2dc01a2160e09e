"""What a patient is told around a visit, and when they are asked how they are: pure rules and words."""
