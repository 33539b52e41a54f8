"""Qualifications on a board or in a table: where each stands, and what it lacks to go on.

Beside `qualification`, which holds the dialogs of single acts: the part page opens those, too.
"""
