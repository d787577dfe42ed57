"""What the clock does, part by part: run by `askfirst serve` itself, or by `askfirst work` beside it.

Each must be harmless when repeated, and when two processes do it at once.
"""

from askfirst.base import outbox
from askfirst.learn import mails
from askfirst.listen import fetching
from askfirst.people import sessions
from askfirst.plan import reports
from askfirst.policy import actions as policy
from askfirst.policy import reminders

HOURLY = (
    policy.ask_joiners,
    reminders.send_due,
    mails.send_due,
    reports.keep_readings,
    reports.send_due,
    fetching.tidy,
    outbox.tidy,
    sessions.tidy,
)
MINUTELY = (fetching.fetch_due, outbox.send_due)
