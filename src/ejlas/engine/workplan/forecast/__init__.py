"""The answer to “are we ready?”: many runs of the plan with durations drawn by chance, and what they say."""
