"""Learning with proof: a change of data/ is trained beside the running model, compared, and released or thrown away.

docs/learning.md tells it for operators; docs/decisions/0011-learning.md why it is made like this.
"""
