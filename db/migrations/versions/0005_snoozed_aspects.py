"""What was put off names what of the signal it is; the book knows who buys in several currencies, and how figures stood."""

from kamtui.store.migration import run_script

revision = "0005"
down_revision = "0004"
changes_rows_of = ("signal_finding",)

# A constraint of a table cannot be changed, so the table is made anew. What was put off before keeps resting, all that its
# signal says of the record; numbers that were given once are not given again.
SCRIPT = """
CREATE TABLE signal_state_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    aspect TEXT,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    severity TEXT NOT NULL,
    snoozed_on TEXT NOT NULL,
    snoozed_until TEXT NOT NULL,
    reason TEXT,
    CHECK (length(aspect) BETWEEN 1 AND 200 AND trim(aspect, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(aspect, char(0)) = 0),
    CHECK (length(subject) BETWEEN 1 AND 200 AND trim(subject, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(subject, char(0)) = 0),
    CHECK (severity IN ('critical', 'warn', 'info', 'gap')),
    CHECK (snoozed_until > snoozed_on),
    CHECK (snoozed_on IS date(snoozed_on, '+0 days')),
    CHECK (snoozed_until IS date(snoozed_until, '+0 days')),
    UNIQUE (account_id, code, aspect, subject, subject_id),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(code) REFERENCES signal_code (code) ON DELETE RESTRICT
) STRICT;

INSERT INTO signal_state_new (id, uid, created_at, updated_at, archived_at, account_id, code, subject, subject_id, severity,
                              snoozed_on, snoozed_until, reason)
SELECT id, uid, created_at, updated_at, archived_at, account_id, code, subject, subject_id, severity, snoozed_on,
       snoozed_until, reason FROM signal_state;
DELETE FROM sqlite_sequence WHERE name = 'signal_state_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'signal_state_new', seq FROM sqlite_sequence WHERE name = 'signal_state';
DROP TABLE signal_state;
ALTER TABLE signal_state_new RENAME TO signal_state;

-- Whether it bought in more than one currency in these twelve months, so that its revenue is not known.
ALTER TABLE account_signals ADD COLUMN mixed INTEGER NOT NULL DEFAULT 0;
-- How its figures stood on the days on which they changed, as JSON; `since` is the day from which its tier stands.
ALTER TABLE account_signals ADD COLUMN past TEXT NOT NULL DEFAULT '[]';

-- Asked anew; what has another sentence since cannot be shown until then.
DELETE FROM signal_finding WHERE aspect = 'contract.quiet';
UPDATE account_signals SET computed_on = NULL;
"""


def upgrade() -> None:
    run_script(SCRIPT)
