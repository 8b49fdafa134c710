"""How well the bot understands: figures on set-aside messages and outside benchmarks, and the page with them."""
