"""Named writes of votes: many ballots in one transaction, and the one queue through which they go to disk."""

from dataclasses import dataclass

from django.db import connection, transaction

from askfirst.base import live
from askfirst.base.commit import GroupCommit
from askfirst.jam.errors import Gone, JamClosed
from askfirst.jam.models import Group, Jam, Vote


@dataclass(frozen=True)
class Ballot:
    """One wish to vote for a group, or to take the vote back."""

    jam: int
    group: int
    voter: str
    is_up: bool = True


@dataclass(frozen=True)
class Cast:
    """What became of a ballot: the contribution the voice stands at (None: it was taken back), and the group."""

    contribution: int | None
    group: int


def cast_votes(ballots: list[Ballot]) -> list[Cast | Exception]:
    """Apply many ballots in one transaction; a voice counts once in each group, however often it is sent.

    Returns one result a ballot, in order; a ballot that cannot count gives its JamError. This is what the group
    commit (askfirst.base.commit) calls.
    """
    with transaction.atomic():
        wanted = Jam.objects.filter(pk__in={ballot.jam for ballot in ballots})
        jams = {jam.pk: jam for jam in wanted.only("topic_id", "has_opened", "opens_at", "closes_at", "closed_at")}
        # In the order of their keys, so that two processes never wait for each other.
        revisions = {pk: live.touch(jams[pk].topic_id) for pk in sorted(jams)}
        groups = _groups_by_number({ballot.group for ballot in ballots})
        voters = {ballot.voter for ballot in ballots}
        standing: dict[tuple[int, str], int] = {
            (group, voter): contribution
            for group, voter, contribution in Vote.objects.filter(
                group__in={group.pk for group in groups.values()}, voter__in=voters
            ).values_list("group_id", "voter", "contribution_id")
        }
        before = dict(standing)
        results = [_count(ballot, jams, groups, standing) for ballot in ballots]
        _write_votes(before, standing, groups, revisions)
    return results


def _groups_by_number(numbers: set[int]) -> dict[int, Group]:
    """Groups by the number that was voted for, following signposts of merged groups."""
    wanted = Group.objects.filter(pk__in=numbers).only("jam_id", "lead_id", "merged_into_id")
    found = {group.pk: group for group in wanted}
    moved = {pk: group.merged_into_id for pk, group in found.items() if group.merged_into_id}
    if moved:
        further = _groups_by_number({target for target in moved.values() if target})
        found.update({pk: further[target] for pk, target in moved.items() if target in further})
    return found


def _count(
    ballot: Ballot, jams: dict[int, Jam], groups: dict[int, Group], standing: dict[tuple[int, str], int]
) -> Cast | Exception:
    jam, group = jams.get(ballot.jam), groups.get(ballot.group)
    if jam is None or group is None or group.jam_id != jam.pk or group.lead_id is None:
        return Gone()
    if not jam.is_open:
        return JamClosed()
    key = (group.pk, ballot.voter)
    if ballot.is_up:
        return Cast(standing.setdefault(key, group.lead_id), group.pk)
    standing.pop(key, None)
    return Cast(None, group.pk)


def _write_votes(
    before: dict[tuple[int, str], int],
    after: dict[tuple[int, str], int],
    groups: dict[int, Group],
    revisions: dict[int, int],
) -> None:
    added = after.keys() - before.keys()
    taken = before.keys() - after.keys()
    for group, voter in taken:
        Vote.objects.filter(group_id=group, voter=voter).delete()
    change: dict[int, int] = {}
    for group, _voter in added:
        change[group] = change.get(group, 0) + 1
    for group, _voter in taken:
        change[group] = change.get(group, 0) - 1
    jam_of = {group.pk: group.jam_id for group in groups.values()}
    # Plain statements: the ORM would take most of the time of a full batch (see docs/why/live.md).
    with connection.cursor() as cursor:
        if added:
            cursor.executemany(
                "INSERT INTO jam_vote (contribution_id, group_id, voter) VALUES (%s, %s, %s)",
                [(after[key], *key) for key in sorted(added)],
            )
        if change:
            cursor.executemany(
                "UPDATE jam_group SET votes = votes + %s, voted_revision = %s WHERE id = %s",
                [(change[pk], revisions[jam_of[pk]], pk) for pk in sorted(change)],
            )


ballots = GroupCommit(cast_votes)
