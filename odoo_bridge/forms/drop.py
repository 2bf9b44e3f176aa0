"""Giving up a change."""

from django import forms


class DropForm(forms.Form):
    """Why a change shall never reach Odoo."""

    note = forms.CharField(label="Why?", max_length=500)
