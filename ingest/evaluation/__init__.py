"""How well documents are read: a reading beside a gold that people wrote, and a baseline beside both.

`measuring.measure` reads and compares, `figures` makes plain rows of it, `writing` prints them. What the project calls
otherwise than the annotation guide is translated in `adapting` and `wording.toml`, and nowhere else.
"""
