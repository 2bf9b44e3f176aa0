"""Who has a page of their own as a home, instead of the office's day."""

from portal.accounts.models import Role

HOMES = {
    Role.DRIVER: "drivers:run",
    Role.DIRECTOR: "dashboard:director",
    Role.PRODUCTION: "scheduling:productions",
}
