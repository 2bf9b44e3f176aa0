"""The settings of services that know places and roads."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
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
    GOOGLE_PLACES_URL: str = Field(
        "https://places.googleapis.com",
        pattern=HTTP,
        description="Where Google suggests addresses while one is typed.",
    )
    GOOGLE_ROUTES_URL: str = Field(
        "https://routes.googleapis.com", pattern=HTTP, description="Where Google's roads are."
    )
    GOOGLE_MATRIX_URL: str = Field(
        "https://maps.googleapis.com",
        pattern=HTTP,
        description="Where Google's older Distance Matrix is, for a key without Routes.",
    )
    OSRM_URL: str = Field(
        "",
        pattern=f"^({HTTP[1:-1]})?$",
        description="Where your own OSRM is, which knows how far it is by road.",
    )
    DELIVERY_ORIGIN_LATITUDE: Decimal | None = Field(
        None, ge=-90, le=90, description="First value of where deliveries begin, in degrees."
    )
    DELIVERY_ORIGIN_LONGITUDE: Decimal | None = Field(
        None, ge=-180, le=180, description="The same: east is positive."
    )
    DELIVERY_RATE_PER_MILE: Decimal | None = Field(
        None, ge=0, description="First value of what a mile of delivery costs."
    )
    DELIVERY_MAX_DISTANCE: Decimal | None = Field(
        None, gt=0, description="First value of how many miles one way are driven at most."
    )
    DELIVERY_ROAD_MULTIPLIER: Decimal = Field(
        Decimal("1.30"),
        ge=1,
        le=5,
        description="First value of by how much roads are longer than the crow's way.",
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

    @model_validator(mode="after")
    def _the_yard_is_whole(self) -> Self:
        if (self.DELIVERY_ORIGIN_LATITUDE is None) != (self.DELIVERY_ORIGIN_LONGITUDE is None):
            missing = "LATITUDE" if self.DELIVERY_ORIGIN_LATITUDE is None else "LONGITUDE"
            raise ValueError(
                f"DELIVERY_ORIGIN_{missing} is missing: the yard needs both"
                " DELIVERY_ORIGIN_LATITUDE and DELIVERY_ORIGIN_LONGITUDE, or none"
            )
        return self
