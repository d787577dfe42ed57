"""What the clock does, part by part: run by `askfirst serve` itself, or by `askfirst work` beside it.

Of several processes one does each job in each period (tasks.takes_turn); still each must be harmless when repeated, and when a slow one
is begun by another process before it is done.
"""

from askfirst.base import log, mailing, outbox, tasks
from askfirst.learn import mails
from askfirst.listen import fetching
from askfirst.listen import mails as listen_mails
from askfirst.listen.streaming import Streams
from askfirst.people import sessions, tokens, uploads
from askfirst.plan import actions as plan
from askfirst.plan import reports
from askfirst.policy import actions as policy
from askfirst.policy import reminders

HOURLY = (
    policy.ask_joiners,
    reminders.send_due,
    mails.send_due,
    reports.keep_readings,
    reports.send_due,
    listen_mails.send_digest,
    fetching.tidy,
    outbox.tidy,
    mailing.tidy,
    log.tidy,
    tasks.tidy,
    sessions.tidy,
    uploads.tidy,
    tokens.tidy,
    plan.tidy_media,
    plan.erase_leavers,
)
# Each row by itself: what waits for other people's servers holds up nothing of ours.
MINUTELY = (
    (policy.finish_asking, tasks.run_again),
    (mailing.send_due,),
    (outbox.send_due,),
    (fetching.fetch_due,),
    (fetching.ask_what_is_gone,),
)


def streams() -> Streams:
    """What stays connected all the time."""
    return Streams()
