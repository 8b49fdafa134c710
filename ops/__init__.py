"""Set-up, running and checking of the whole house, with the standard library of any Python from 3.8 on.

Nothing here is needed by the programs themselves: it finds or fetches what they need, starts them and looks after
them.
"""
