"""What is asked of the customer before something is done: which order, which items, what is wrong, yes or no, the code.

A topic says what it still needs as the next `Question`; the form (topics/form.py) asks it and takes the answer.
"""
