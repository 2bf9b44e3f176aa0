"""What the consent ledger means: its chain of hashes, and what its events come to. Pure functions.

Its rows are in ``crm_intake.models.consent``, and only ``services/record_consent.py`` adds one.
"""
