"""The addresses of the office pages, of set-up and of health."""

from django.urls import path

from portal.office.views import (
    alerts,
    brand,
    health,
    intake,
    live,
    logo,
    mail,
    pages,
    people,
    profile,
    program,
    setup,
    today,
)

app_name = "office"
urlpatterns = [
    path("", today.today, name="today"),
    path("live", live.live, name="live"),
    path("pages", pages.pages, name="pages"),
    path("setup/", setup.setup, name="setup"),
    path("setup/profile", profile.change, name="profile-change"),
    path("setup/alerts", alerts.change, name="alerts-change"),
    path("setup/alerts/test", alerts.test, name="alerts-test"),
    path("setup/intake", intake.change, name="intake-change"),
    path("setup/program", program.change, name="program-change"),
    path("setup/logo", logo.change, name="logo-change"),
    path("setup/people", people.invite, name="person-invite"),
    path("setup/people/<int:person_id>", people.change, name="person-change"),
    path(
        "setup/people/<int:person_id>/invitation", people.invite_again, name="person-invite-again"
    ),
    path("mail/", mail.sent, name="mail"),
    path("brand/theme.css", brand.theme, name="brand-theme"),
    path("brand/logo.png", brand.logo, name="brand-logo"),
    path("health", health.health, name="health"),
    path("health/live", health.alive, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
