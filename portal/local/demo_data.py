"""The demo business: a yard in New Hampshire that delivers firewood, gravel and mulch.

People, streets and plates are invented; the telephone numbers are of the range kept for fiction.
"""

import datetime as dt
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Town:
    """Where customers live."""

    zip: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Product:
    """Something sold by the load; kilograms and cubic metres of one ``unit``."""

    code: str
    name: str
    unit: str
    price: float
    cost: float
    weight: float
    volume: float
    stock: int


@dataclass(frozen=True)
class Customer:
    """Somebody who ordered: what they ordered, by product code, and whether they pay later."""

    name: str
    street: str
    town: str
    lines: tuple[tuple[str, float], ...]
    pays_in_30_days: bool = False


@dataclass(frozen=True)
class Truck:
    """A vehicle and what it may carry, in kilograms and cubic metres."""

    plate: str
    brand: str
    model: str
    weight: float
    volume: float


@dataclass(frozen=True)
class Driver:
    """An employee who drives, and the truck that is usually theirs."""

    name: str
    phone: str
    plate: str


TOWNS = {
    "Concord": Town("03301", 43.2081, -71.5376),
    "Bow": Town("03304", 43.1562, -71.5345),
    "Hopkinton": Town("03229", 43.1915, -71.6756),
    "Loudon": Town("03307", 43.2857, -71.4673),
    "Pembroke": Town("03275", 43.1465, -71.4573),
    "Epsom": Town("03234", 43.2229, -71.3323),
    "Chichester": Town("03258", 43.2493, -71.4000),
    "Henniker": Town("03242", 43.1798, -71.8223),
    "Boscawen": Town("03303", 43.3151, -71.6209),
    "Canterbury": Town("03224", 43.3370, -71.5654),
    "Warner": Town("03278", 43.2804, -71.8168),
    "Weare": Town("03281", 43.0948, -71.7306),
}

PRODUCTS = (
    Product("FW-CORD", "Seasoned firewood", "cord", 395, 240, 1650, 3.62, 120),
    Product("FW-KILN", "Kiln-dried firewood", "cord", 510, 330, 1450, 3.62, 60),
    Product("KINDLING", "Kindling, bundle", "Units", 9, 4, 6, 0.03, 400),
    Product("PELLETS", "Wood pellets, pallet of 50 bags", "Units", 349, 270, 910, 1.7, 60),
    Product("GRAVEL-34", 'Crushed gravel 3/4"', "yd³", 46, 22, 1270, 0.765, 500),
    Product("STONEDUST", "Stone dust", "yd³", 41, 19, 1350, 0.765, 300),
    Product("STONE-RND", 'Round stone 1-1/2"', "yd³", 62, 31, 1250, 0.765, 200),
    Product("SAND", "Screened sand", "yd³", 34, 14, 1300, 0.765, 300),
    Product("LOAM", "Screened loam", "yd³", 42, 18, 1000, 0.765, 400),
    Product("MULCH-BRK", "Dark bark mulch", "yd³", 48, 21, 360, 0.765, 400),
    Product("MULCH-HEM", "Hemlock mulch", "yd³", 56, 26, 340, 0.765, 300),
)

CUSTOMERS = (
    Customer("Alice Thibodeau", "14 Quarry Lane", "Concord", (("FW-CORD", 2), ("KINDLING", 6))),
    Customer("Ben Okafor", "221 Lookout Road", "Bow", (("MULCH-BRK", 6),)),
    Customer("Carla Jimenez", "8 Old Mill Lane", "Hopkinton", (("LOAM", 10), ("MULCH-HEM", 4))),
    Customer("Dan Whitcomb", "57 Clough Farm Road", "Loudon", (("GRAVEL-34", 10),)),
    Customer("Eleni Pappas", "3 Cross Brook Way", "Pembroke", (("FW-CORD", 0.5), ("KINDLING", 4))),
    Customer("Frank Desrosiers", "412 Goboro Hill", "Epsom", (("STONEDUST", 5), ("STONE-RND", 3))),
    Customer("Grace Lindqvist", "19 Durgin Farm Lane", "Chichester", (("FW-KILN", 1),)),
    Customer("Hopkins Hill Inn", "90 Inn Road", "Henniker", (("FW-KILN", 3),), True),
    Customer("Iris Nakamura", "6 Water Tower Lane", "Boscawen", (("PELLETS", 2),)),
    Customer("Jack Fournier", "138 Shaker Field Road", "Canterbury", (("FW-CORD", 3),)),
    Customer("Kearsarge Landscaping", "27 Depot Yard", "Warner", (("LOAM", 8), ("SAND", 4)), True),
    Customer("Lena Abbott", "75 Reservoir Hill", "Weare", (("MULCH-HEM", 5),)),
    Customer("Marcus Bell", "32 Ironworks Lane", "Concord", (("GRAVEL-34", 6), ("SAND", 3))),
    Customer("Nora Sullivan", "11 Birchdale Way", "Bow", (("FW-CORD", 1), ("PELLETS", 1))),
    Customer("Oak Ridge Condominiums", "1 Oak Ridge", "Concord", (("MULCH-BRK", 15),), True),
    Customer("Priya Raman", "204 Penacook Lane", "Hopkinton", (("STONE-RND", 4),)),
    Customer("Quentin Moreau", "9 Ridge Meadow", "Loudon", (("FW-CORD", 2),)),
    Customer("Riverbend Paving", "66 Gravel Pit Road", "Pembroke", (("GRAVEL-34", 11),), True),
    Customer("Sofia Keller", "45 Center Hill Lane", "Epsom", (("LOAM", 6),)),
    Customer("Tom Greenwood", "380 Horse Corner Way", "Chichester", (("FW-CORD", 1.5),)),
    Customer("Uma Patel", "17 Craney Pond Lane", "Henniker", (("MULCH-BRK", 3), ("LOAM", 3))),
)

TRUCKS = (
    Truck("YARD 01", "Mack", "Granite dump", 14500, 12.0),
    Truck("YARD 02", "Ford", "F-600 dump", 5200, 6.5),
    Truck("YARD 03", "Isuzu", "NPR flatbed", 4100, 11.0),
)

DRIVERS = (
    Driver("Walt Perreault", "+1 603-555-0181", "YARD 01"),
    Driver("Xenia Holm", "+1 603-555-0182", "YARD 02"),
)
ORDERS_A_DAY = 5


def due(n: int, today: dt.date) -> str:
    """Return when the order of customer ``n`` was promised, as Odoo writes a time."""
    return f"{today + dt.timedelta(days=1 + n // ORDERS_A_DAY)} 16:00:00"


def phone(n: int) -> str:
    """Return the telephone number of customer ``n``."""
    return f"+1 603-555-01{n:02d}"


def email(name: str) -> str:
    """Return the address of a customer, at which nobody can ever be reached."""
    return f"{slug(name).replace('_', '.')}@example.com"


def slug(text: str) -> str:
    """Return the text as a part of an external id."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
