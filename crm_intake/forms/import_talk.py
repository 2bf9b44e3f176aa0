"""A file to import: looked at first, and taken when it is given once more."""

import hashlib
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_intake.errors import NotImportable
from crm_intake.forms.imported_rows import read_here
from crm_intake.forms.imported_tables import ReadTable, read_table
from crm_intake.importing.columns import Rows
from crm_intake.importing.csv_file import table_of_csv

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5000
TOO_LARGE = _("The file is larger than 2 MB.")
TOO_MANY = _("The file has more than 5,000 rows.")
BY_COMMAND = _("Import it with the command: manage.py import_talk.")


class ImportForm(forms.Form):
    """``seen`` is the digest of the file that was looked at: only that one is taken."""

    rows = forms.ChoiceField(
        label=_("What its rows are"),
        choices=[
            (Rows.CONSENTS, _("Consents")),
            (Rows.OPT_OUTS, _("Numbers that want no texts")),
            (Rows.MESSAGES, _("Texts")),
            (Rows.CALLS, _("Calls")),
        ],
    )
    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("At most 2 MB and 5,000 rows; its first line names the columns."),
        error_messages={"empty": _("The file is empty.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, auto_id="import-%s", **kwargs)
        self.read: ReadTable | None = None
        self.digest = ""

    def clean(self) -> dict[str, Any]:
        """Read the file, and know whether it is the one that was looked at."""
        values = super().clean() or {}
        if self.errors:
            return values
        try:
            self._read(Rows(values["rows"]), values["file"])
        except NotImportable as refusal:
            self.add_error("file", str(refusal))
        return values

    def _read(self, rows: Rows, file: Any) -> None:
        if file.size > MOST_BYTES:
            raise NotImportable(f"{TOO_LARGE} {BY_COMMAND}")
        content = file.read()
        table = table_of_csv(content)
        if len(table.rows) > MOST_ROWS:
            raise NotImportable(f"{TOO_MANY} {BY_COMMAND}")
        self.read = read_table(rows, table, here=read_here(timezone.now()), said={})
        self.digest = hashlib.sha256(rows.encode() + b"\0" + content).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        """Whether this very file was looked at before."""
        return bool(self.digest) and self.cleaned_data["seen"] == self.digest
