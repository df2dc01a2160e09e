"""The pages of the journey: choosing a time, saying who comes, checking, and what comes after."""
