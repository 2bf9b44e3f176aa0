"""A person who can sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone


class Role(models.TextChoices):
    """What a person is here. One role a person; `portal.accounts.access` says what it allows."""

    OFFICE = "OFFICE", "Office"
    DRIVER = "DRIVER", "Driver"
    DIRECTOR = "DIRECTOR", "Director"
    ADMIN = "ADMIN", "Administrator"
    PRODUCTION = "PRODUCTION", "Production"


class Users(BaseUserManager["User"]):
    """Finds people by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address.

        :raises User.DoesNotExist: nobody has it.
        """
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person: signs in by e-mail address, has one role, and may stand for a person in Odoo."""

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(
        "mobile number",
        max_length=16,
        blank=True,
        default="",
        db_default="",
        help_text="E.164. Codes to sign in by go there.",
    )
    role = models.CharField(max_length=10, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    odoo_user_id = models.PositiveIntegerField(
        "Odoo user", null=True, blank=True, help_text="The number of this person's user in Odoo."
    )
    odoo_employee_id = models.PositiveIntegerField(
        "Odoo employee", null=True, blank=True, help_text="The number of the employee in Odoo."
    )

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        constraints = [
            UniqueConstraint(Lower("email"), name="one_person_an_email_address"),
            CheckConstraint(condition=Q(role__in=Role.values), name="role_is_one_of_ours"),
            UniqueConstraint(
                fields=["phone"], condition=~Q(phone=""), name="one_person_a_mobile_number"
            ),
            CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{5,14}$"),
                name="a_mobile_number_is_e164",
            ),
            UniqueConstraint(
                fields=["odoo_employee_id"],
                condition=Q(odoo_employee_id__isnull=False, is_active=True),
                name="one_active_person_an_odoo_employee",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name as the business writes it."""
        return self.name
