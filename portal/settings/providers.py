"""The settings of who tells us of texts and calls, and of who sends ours."""

import base64
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_settings import BaseSettings, NoDecode


def split(value: object) -> object:
    """Read a list as words with commas between them."""
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return value


Words = Annotated[list[str], NoDecode, BeforeValidator(split)]
Secrets = Annotated[list[Annotated[str, Field(min_length=16)]], NoDecode, BeforeValidator(split)]


class ProviderSettings(BaseSettings):
    """Quo, Twilio, and any other program that posts here."""

    QUO_SIGNING_SECRET: Words = Field(
        default_factory=list,
        description="Signing secrets of legacy Quo webhooks; two with a comma while rotating.",
    )
    QUO_WEBHOOK_KEY: Words = Field(
        default_factory=list,
        description="Keys (whsec_…) of Quo webhooks since 2026-03-30; two while rotating.",
    )
    QUO_WINDOW_SECONDS: int = Field(
        300, gt=0, description="How old a signature of a new Quo webhook may be before it is late."
    )
    QUO_LEGACY_WINDOW_SECONDS: int = Field(
        172800, gt=0, description="The same for legacy webhooks: a retry may keep its first stamp."
    )
    TWILIO_ACCOUNT_SID: str = Field(
        "", pattern="^(AC[0-9a-f]{32})?$", description="Twilio's account: AC and 32 hex digits."
    )
    TWILIO_AUTH_TOKEN: Words = Field(
        default_factory=list,
        description="Twilio's auth token, which signs its posts; two while rotating.",
    )
    TWILIO_API_URL: str = Field(
        "https://api.twilio.com", pattern="^https?://[^/]+$", description="Where Twilio is called."
    )
    QUO_API_URL: str = Field(
        "https://api.quo.com", pattern="^https?://[^/]+$", description="Where Quo is called."
    )
    QUO_API_KEY: str = Field("", description="Quo's API key; texts are sent and asked for with it.")
    QUO_FROM: str = Field(
        "",
        pattern=r"^(PN\w+|\+\d{8,15})?$",
        description="Whose texts they are at Quo: the id (PN…) or the number of its line.",
    )
    TWILIO_FROM: str = Field(
        "",
        pattern=r"^(MG[0-9a-f]{32}|\+\d{8,15})?$",
        description="Whose texts they are at Twilio: a number, or a messaging service (MG…).",
    )
    TEXT_PROVIDER: Literal["console", "quo", "twilio"] = Field(
        "console", description="Who sends the texts; console: nobody, they are noted in the log."
    )
    TEXTS_PER_SECOND: float = Field(
        1,
        gt=0,
        le=100,
        description="Most texts a second, over all workers: what the 10DLC registration allows.",
    )
    PROVIDER_MAY_BE_LOCAL: bool = Field(
        False, description="The providers of texts may be called by http, or on this machine."
    )
    MEDIA_MAY_BE_LOCAL: bool = Field(
        False, description="Files of texts and calls may be fetched by http, or from here."
    )
    SIGNED_WEBHOOK_SECRET: Secrets = Field(
        default_factory=list,
        description="Signs posts to /webhook/signed (HMAC-SHA256); two while rotating.",
    )
    GITHUB_WEBHOOK_SECRET: Secrets = Field(
        default_factory=list, description="Signs GitHub's posts; two while rotating."
    )

    @model_validator(mode="after")
    def _quo_secrets_are_base64(self) -> Self:
        for name in ("QUO_SIGNING_SECRET", "QUO_WEBHOOK_KEY"):
            for secret in getattr(self, name):
                try:
                    base64.b64decode(secret.removeprefix("whsec_"), validate=True)
                except ValueError as exc:
                    raise ValueError(f"{name} is not base64: copy it from Quo again") from exc
        return self

    @model_validator(mode="after")
    def _twilio_is_whole(self) -> Self:
        if bool(self.TWILIO_ACCOUNT_SID) != bool(self.TWILIO_AUTH_TOKEN):
            missing = "TWILIO_AUTH_TOKEN" if self.TWILIO_ACCOUNT_SID else "TWILIO_ACCOUNT_SID"
            raise ValueError(
                f"{missing} is missing: Twilio needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN,"
                " or none"
            )
        return self

    @model_validator(mode="after")
    def _the_text_provider_is_set_up(self) -> Self:
        needed = {
            "quo": ("QUO_API_KEY", "QUO_FROM"),
            "twilio": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"),
        }
        for name in needed.get(self.TEXT_PROVIDER, ()):
            if not getattr(self, name):
                raise ValueError(f"{name} is missing: TEXT_PROVIDER is {self.TEXT_PROVIDER}")
        return self
