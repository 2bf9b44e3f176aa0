"""Rows of another program's consents, texts and calls: read, and made into facts. No database.

``forms/imported_rows.py`` checks each, ``services/import_talk.py`` keeps them.
"""
