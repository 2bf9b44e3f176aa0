"""Pausing a stream."""

from django import forms


class PauseForm(forms.Form):
    """Why nothing more of it shall be sent for now."""

    why = forms.CharField(label="Why?", max_length=500)
