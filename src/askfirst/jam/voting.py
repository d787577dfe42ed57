"""The one queue through which every vote of this process goes to disk."""

from askfirst.base.commit import GroupCommit
from askfirst.jam import actions

ballots = GroupCommit(actions.cast_votes)
