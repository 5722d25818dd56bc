"""Importing this module makes a process warm: what every ward needs is loaded once, then shared by forking.

Only the fork server imports it. Nothing here may start a thread: a process with threads cannot be forked safely.
"""

from __future__ import annotations

import gc

from . import engine

engine.load()
gc.collect()
gc.freeze()  # the shared pages stay shared: the collector of a job never touches what is loaded here
