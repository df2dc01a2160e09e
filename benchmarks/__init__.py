"""What is fast and how fast: medians, counts and ratios against a named baseline of the same run."""
