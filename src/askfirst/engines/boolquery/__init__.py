"""Boolean queries over posts: read one, match one post against thousands."""

from askfirst.engines.boolquery import words
from askfirst.engines.boolquery.language import parse
from askfirst.engines.boolquery.linting import lint
from askfirst.engines.boolquery.matching import Matcher, matches, missing
from askfirst.engines.boolquery.tree import Hint, Query, QueryError
from askfirst.engines.boolquery.words import Post

__all__ = ["Hint", "Matcher", "Post", "Query", "QueryError", "lint", "matches", "missing", "parse", "words"]
