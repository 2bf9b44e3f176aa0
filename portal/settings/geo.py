"""The settings of services that know places and roads."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode

from portal.settings.providers import split

HTTP = r"^https?://[^/]+(/[^?#]*[^/?#])?$"
Geocoders = Annotated[
    list[Literal["census", "nominatim", "google"]], NoDecode, BeforeValidator(split)
]


def _none(value: object) -> object:
    return [] if value == "none" else value


class GeoSettings(BaseSettings):
    """Geocoders, and who knows how far it is by road."""

    GEOCODERS: Annotated[Geocoders, BeforeValidator(_none)] = Field(
        default=["census", "nominatim", "google"],
        description="Who is asked where an address is, one after the other, behind Odoo: census, "
        "nominatim, google (with a key); none: nobody.",
    )
    CENSUS_GEOCODER_URL: str = Field(
        "https://geocoding.geo.census.gov/geocoder",
        pattern=HTTP,
        description="Where the US Census Bureau's geocoder is.",
    )
    NOMINATIM_URL: str = Field(
        "https://nominatim.openstreetmap.org",
        pattern=HTTP,
        description="Where Nominatim is: the public one takes one question a second.",
    )
    GOOGLE_MAPS_API_KEY: str = Field("", description="Google's key for places and roads.")
    GOOGLE_GEOCODING_URL: str = Field(
        "https://maps.googleapis.com", pattern=HTTP, description="Where Google's geocoder is."
    )
    GOOGLE_ROUTES_URL: str = Field(
        "https://routes.googleapis.com", pattern=HTTP, description="Where Google's roads are."
    )
    OSRM_URL: str = Field(
        "",
        pattern=f"^({HTTP[1:-1]})?$",
        description="Where your own OSRM is, which knows how far it is by road.",
    )
    MAP_TILES_URL: str = Field(
        "",
        pattern=r"^(https?://[^/{}]+/\S*\{z\}\S*)?$",
        description="Where maps have pictures from: https://…/{z}/{x}/{y}.png; empty: a grid.",
    )
    MAP_TILES_ATTRIBUTION: str = Field(
        "", description="Whose pictures these are, as their owner wants it to be said."
    )
    GEO_MAY_BE_LOCAL: bool = Field(
        False, description="These services may be called by http, or on this machine."
    )
