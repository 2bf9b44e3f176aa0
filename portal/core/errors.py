"""The refusals that people see."""


class UserFacingError(Exception):
    """A refusal in the user's words: what happened, and the next step.

    Nothing has changed when one is raised. Subclasses are named for what happened.
    """
