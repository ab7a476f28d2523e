"""Signals: judgements of accounts, what was put off; and, derived from the rest, what signals find, open and close."""

from kamtui.store.migration import run_script

revision = "0004"
down_revision = "0003"

SCRIPT = """
CREATE TABLE signal_code (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE scorecard (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    product_line_id INTEGER,
    as_of TEXT NOT NULL,
    criterion TEXT NOT NULL,
    score INTEGER,
    evidence TEXT,
    CHECK (criterion IN ('fit', 'continuity', 'profitability', 'centralisation', 'potential', 'size_match', 'reference_value', 'loyalty')),
    CHECK (score BETWEEN 0 AND 4),
    CHECK (as_of IS date(as_of, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(product_line_id) REFERENCES product_line (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE signal_state (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    severity TEXT NOT NULL,
    snoozed_on TEXT NOT NULL,
    snoozed_until TEXT NOT NULL,
    reason TEXT,
    CHECK (length(subject) BETWEEN 1 AND 200 AND trim(subject, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(subject, char(0)) = 0),
    CHECK (severity IN ('critical', 'warn', 'info', 'gap')),
    CHECK (snoozed_until > snoozed_on),
    CHECK (snoozed_on IS date(snoozed_on, '+0 days')),
    CHECK (snoozed_until IS date(snoozed_until, '+0 days')),
    UNIQUE (account_id, code, subject, subject_id),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(code) REFERENCES signal_code (code) ON DELETE RESTRICT
) STRICT;

-- Derived: what stands for an account from `computed_on` until before `until`; without `computed_on` it is to be asked
-- again. The days are the first ones on which anything of it is a gap, an info, a warning, critical. The money is that of
-- the twelve months before, in minor units, unchanged from `since`.
CREATE TABLE account_signals (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    computed_on TEXT,
    until TEXT,
    gap_on TEXT,
    info_on TEXT,
    warn_on TEXT,
    critical_on TEXT,
    tier TEXT,
    potential INTEGER,
    currency TEXT,
    revenue INTEGER,
    contribution INTEGER,
    before INTEGER,
    since TEXT
) STRICT;

-- Derived: one row a finding, with the days on which it turns; `opens_on` is the first on which it is more than a gap, and
-- `is_open` whether that was noticed. `said` and `evidence` are JSON of days, numbers and ids;
-- no text of people is copied here.
CREATE TABLE signal_finding (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    aspect TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    gap_on TEXT,
    info_on TEXT,
    warn_on TEXT,
    critical_on TEXT,
    opens_on TEXT,
    said TEXT NOT NULL,
    evidence TEXT NOT NULL,
    is_open INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Openings and closings of signals, as they were noticed: appended to, outside undo.
CREATE TABLE signal_event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    on_day TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('opened', 'closed')),
    code TEXT NOT NULL,
    aspect TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    severity TEXT
) STRICT;

-- Health at a month's end, and how much was known then: appended to, outside undo.
CREATE TABLE health_month (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    ends_on TEXT NOT NULL,
    score INTEGER,
    parts TEXT NOT NULL,
    known INTEGER NOT NULL,
    of INTEGER NOT NULL,
    PRIMARY KEY (account_id, ends_on)
) WITHOUT ROWID, STRICT;

INSERT INTO signal_code (code) VALUES ('single_threaded'), ('no_economic_buyer'), ('support_balance'), ('neglect'), ('need_unexplored'), ('need_stalled'), ('no_return'), ('obligation_overdue'), ('no_executive_meeting'), ('complacency'), ('value_gap'), ('pseudo_key'), ('thin_profit'), ('complaint'), ('weak_classification'), ('promotion');

CREATE INDEX scorecard_account ON scorecard (account_id, criterion, as_of);
CREATE INDEX scorecard_product_line ON scorecard (product_line_id);
CREATE INDEX signal_finding_account ON signal_finding (account_id);
CREATE INDEX signal_finding_book ON signal_finding (account_id) WHERE code IN ('thin_profit', 'promotion');
CREATE INDEX signal_finding_waiting ON signal_finding (opens_on) WHERE is_open = 0;
CREATE INDEX signal_event_account ON signal_event (account_id, on_day);
CREATE INDEX issue_unanswered ON issue (received_on) WHERE first_response_on IS NULL AND status = 'open';
"""


def upgrade() -> None:
    run_script(SCRIPT)
