"""Boolean queries over posts: read one, match one post against thousands."""

from askfirst.engines.boolquery import words
from askfirst.engines.boolquery.language import Hint, Query, QueryError, parse
from askfirst.engines.boolquery.matching import Matcher, matches
from askfirst.engines.boolquery.words import Post

__all__ = ["Hint", "Matcher", "Post", "Query", "QueryError", "matches", "parse", "words"]
