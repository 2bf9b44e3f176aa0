"""What of that which was said is found by its words.

Each word is kept as it stands, since names are often words that English leaves out, and by its
stem, so that "cord" finds "cords". Both are in one index: a phrase, or two words of which one is
found by its stem, need no second look.
"""

from django.contrib.postgres.search import SearchVector
from django.db.models import Expression
from django.db.models.functions import Left

# Letters: PostgreSQL has no index for the words of a whole megabyte.
SEARCHED = 4000
SEARCHED_OF_A_TRANSCRIPT = 40_000
AS_WRITTEN, BY_STEM = "simple", "english"


def words_in(**letters: int) -> Expression:
    """Return the words of the named columns, of each its first letters."""
    columns = [Left(name, most) for name, most in letters.items()]
    written, stems = (SearchVector(*columns, config=one) for one in (AS_WRITTEN, BY_STEM))
    return written + stems


WORDS = words_in(text=SEARCHED)
WORDS_OF_A_CALL = words_in(
    voicemail_text=SEARCHED, summary=SEARCHED, transcript=SEARCHED_OF_A_TRANSCRIPT
)
