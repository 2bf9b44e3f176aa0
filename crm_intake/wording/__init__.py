"""What a text asks for about texts: pure functions of its words, asked before it is answered."""

from crm_intake.wording.plain import plain_words
from crm_intake.wording.reading import Reading, Said, read

__all__ = ["Reading", "Said", "plain_words", "read"]
