"""Which error is meant by a name of Odoo's, or by an HTTP status where there is no such name.

What a 5xx says about a write. Odoo commits, runs its post-commit hooks, and only then answers; so
a 500 does not prove that nothing happened. We take the transaction as rolled back when the name
is one that a statement or a method raises before the commit: lost races, the pool of connections,
the errors of a program's own (``builtins.ValueError`` and its like), and PostgreSQL's refusals of a
statement. Whatever a dying connection or a post-commit hook can raise - ``OperationalError``,
``OSError``, names we do not know - leaves the outcome unknown. The rest of the risk, a hook that
fails with a ``ValueError``, is carried by the commands: each of their steps looks before it acts.
"""

from odoo_bridge.client.errors import (
    OdooBroken,
    OdooError,
    OdooForbidden,
    OdooMissing,
    OdooOverloaded,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OdooUnsupported,
)

BY_NAME: dict[str, type[OdooError]] = {
    "odoo.exceptions.UserError": OdooRejected,
    "odoo.exceptions.ValidationError": OdooRejected,
    "odoo.exceptions.RedirectWarning": OdooRejected,  # a refusal with a button; comes as a 500
    "odoo.exceptions.AccessError": OdooForbidden,
    "odoo.exceptions.AccessDenied": OdooForbidden,
    "odoo.exceptions.MissingError": OdooMissing,
    "odoo.exceptions.LockError": OdooOverloaded,
    "odoo.exceptions.ConcurrencyError": OdooOverloaded,
    "psycopg2.errors.SerializationFailure": OdooOverloaded,
    "psycopg2.errors.DeadlockDetected": OdooOverloaded,
    "psycopg2.errors.LockNotAvailable": OdooOverloaded,
    "psycopg2.errors.QueryCanceled": OdooOverloaded,
    "psycopg2.pool.PoolError": OdooUnavailable,  # no connection was had, so nothing was done
    "psycopg2.errors.DiskFull": OdooUnavailable,
    "psycopg2.errors.OutOfMemory": OdooUnavailable,
    "psycopg2.errors.ReadOnlySqlTransaction": OdooUnavailable,  # PostgreSQL is failing over
    "werkzeug.exceptions.Unauthorized": OdooUnauthorized,
    "werkzeug.exceptions.Forbidden": OdooForbidden,
    "werkzeug.exceptions.NotFound": OdooUnsupported,
    "werkzeug.exceptions.BadRequest": OdooBroken,
    "werkzeug.exceptions.UnprocessableEntity": OdooBroken,  # arguments the method does not take
    "werkzeug.exceptions.RequestEntityTooLarge": OdooBroken,
    "builtins.ArithmeticError": OdooBroken,
    "builtins.AssertionError": OdooBroken,
    "builtins.AttributeError": OdooBroken,
    "builtins.IndexError": OdooBroken,
    "builtins.KeyError": OdooBroken,
    "builtins.LookupError": OdooBroken,
    "builtins.NameError": OdooBroken,
    "builtins.NotImplementedError": OdooBroken,
    "builtins.OverflowError": OdooBroken,
    "builtins.RecursionError": OdooBroken,
    "builtins.TypeError": OdooBroken,
    "builtins.UnboundLocalError": OdooBroken,
    "builtins.UnicodeDecodeError": OdooBroken,
    "builtins.UnicodeEncodeError": OdooBroken,
    "builtins.ValueError": OdooBroken,
    "builtins.ZeroDivisionError": OdooBroken,
}

# The connection to PostgreSQL died, perhaps while COMMIT was on its way.
IN_DOUBT = frozenset(
    {
        "psycopg2.OperationalError",
        "psycopg2.InterfaceError",
        "psycopg2.errors.AdminShutdown",
        "psycopg2.errors.CrashShutdown",
    }
)

# For errors of modules that we do not know, which inherit from those above.
BY_STATUS: dict[int, type[OdooError]] = {
    400: OdooBroken,
    401: OdooUnauthorized,
    403: OdooForbidden,
    404: OdooUnsupported,
    409: OdooOverloaded,
    413: OdooBroken,
    415: OdooBroken,
    422: OdooRejected,
}

# Where the words are not Odoo's, only these mean what they say.
BY_STATUS_OF_STRANGERS: dict[int, type[OdooError]] = {
    401: OdooUnauthorized,
    413: OdooBroken,
    415: OdooBroken,  # Odoo itself says this one in HTML
}
