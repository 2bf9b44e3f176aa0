"""People for the tests."""

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from portal.accounts.models import Role, User


class UserFactory(DjangoModelFactory[User]):
    """A person who can sign in, of the office unless said."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@yard.test")
    name = Sequence(lambda n: f"Person {n}")
    role = Role.OFFICE
    password = "!"
