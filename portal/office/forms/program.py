"""The news that people can sign up for by text."""

from typing import Any, Self
from urllib.parse import urlsplit

from django import forms

from crm_intake.models import TextProgram
from crm_intake.wording import read


class ProgramForm(forms.Form):
    """What it is about, and where people sign up."""

    about = forms.CharField(
        label="What the texts are about", max_length=80, help_text="offers and news, say"
    )
    frequency = forms.CharField(
        label="How often they come", max_length=80, help_text="up to 4 texts a month, say"
    )
    keyword = forms.SlugField(
        label="Word to text to you",
        max_length=20,
        required=False,
        help_text="Who sends it is asked to reply YES. Empty: only the form signs people up.",
    )
    terms_url = forms.URLField(label="Address of your terms", assume_scheme="https", max_length=300)
    privacy_url = forms.URLField(
        label="Address of your privacy policy", assume_scheme="https", max_length=300
    )
    embedded_on = forms.CharField(
        label="Web sites that may show the form",
        required=False,
        max_length=1000,
        help_text="https://example.com, with commas between them. They show /texts/form/ in a"
        " frame.",
    )
    is_open = forms.BooleanField(label="People may sign up", required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="program-%s", **kwargs)  # the page has other forms

    @classmethod
    def of(cls, program: TextProgram | None) -> Self:
        """Return the form filled with what is kept."""
        if program is None:
            return cls(initial={"is_open": True})
        initial = {name: getattr(program, name) for name in cls.base_fields}
        return cls(initial={**initial, "embedded_on": ", ".join(program.embedded_on)})

    def clean_keyword(self) -> str:
        """Refuse a word that says something already.

        :raises ValidationError: STOP, YES and the like.
        """
        word = str(self.cleaned_data["keyword"]).lower()
        if read(word).said is not None:
            raise forms.ValidationError("This word means something already: choose another.")
        return word

    def clean_embedded_on(self) -> list[str]:
        """Return the sites, each as scheme and host.

        :raises ValidationError: naming the one that is none.
        """
        sites = [site.strip() for site in self.cleaned_data["embedded_on"].split(",")]
        for site in filter(None, sites):
            parts = urlsplit(site)
            if parts.scheme != "https" or not parts.hostname or site != f"https://{parts.netloc}":
                raise forms.ValidationError(f"Write {site[:80]} like https://example.com.")
        return [site for site in sites if site]
