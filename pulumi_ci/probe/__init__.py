"""Asks a real bucket what the documents leave open, and compares the answers with the emulator's choices.

`experiment.py` says what an experiment is, `site.py` what it works with; `templates.py` to `refusals.py` hold the
experiments, `kinds.py` the life of each kind. `run.py` plays them in order. `journal.py`, `settings.py` and
`leftovers.py` make sure that nothing of a probe stays.
"""
