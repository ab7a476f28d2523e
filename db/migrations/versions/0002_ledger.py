"""The ledgers: concessions and what comes back for them, transactions and costs."""

from kamtui.store.migration import run_script

revision = "0002"
down_revision = "0001"

SCRIPT = """
CREATE TABLE cost_kind (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE transaction_kind (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE concession (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    given_on TEXT NOT NULL,
    value_minor INTEGER,
    currency TEXT,
    valid_from TEXT,
    valid_to TEXT,
    approved_by TEXT,
    return_waived_because TEXT,
    note TEXT,
    CHECK (length(what) BETWEEN 1 AND 200 AND trim(what, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(what, char(0)) = 0),
    CHECK (value_minor IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
    CHECK (valid_to >= valid_from),
    CHECK (return_waived_because IS NULL OR trim(return_waived_because, char(9, 10, 13, 32, 160, 12288)) <> ''),
    CHECK (given_on IS date(given_on, '+0 days')),
    CHECK (valid_from IS date(valid_from, '+0 days')),
    CHECK (valid_to IS date(valid_to, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE cost (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    note TEXT,
    CHECK (amount_minor IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
    CHECK (on_date IS date(on_date, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(kind) REFERENCES cost_kind (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE return_commitment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    concession_id INTEGER NOT NULL,
    measure TEXT NOT NULL,
    target TEXT,
    actual TEXT,
    value_minor INTEGER,
    currency TEXT,
    due TEXT,
    written INTEGER NOT NULL,
    document_ref TEXT,
    status TEXT NOT NULL,
    closed_on TEXT,
    reason TEXT,
    CHECK (length(measure) BETWEEN 1 AND 200 AND trim(measure, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(measure, char(0)) = 0),
    CHECK (status IN ('promised', 'met', 'missed', 'waived')),
    CHECK (written IN (0, 1)),
    CHECK (value_minor IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
    CHECK (status <> 'waived' OR (reason IS NOT NULL AND trim(reason, char(9, 10, 13, 32, 160, 12288)) <> '')),
    CHECK (due IS date(due, '+0 days')),
    CHECK (closed_on IS date(closed_on, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(concession_id) REFERENCES concession (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE "transaction" (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    product_line_id INTEGER,
    on_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    revenue_minor INTEGER NOT NULL,
    gross_profit_minor INTEGER,
    currency TEXT NOT NULL,
    quantity_milli INTEGER,
    note TEXT,
    CHECK (revenue_minor IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
    CHECK (on_date IS date(on_date, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(product_line_id) REFERENCES product_line (id) ON DELETE SET NULL,
    FOREIGN KEY(kind) REFERENCES transaction_kind (code) ON DELETE RESTRICT
) STRICT;

INSERT INTO cost_kind (code) VALUES ('development'), ('visit'), ('support'), ('promotion'), ('other');

INSERT INTO transaction_kind (code) VALUES ('main'), ('consumable'), ('service'), ('reciprocal_purchase');

CREATE INDEX concession_account ON concession (account_id);
CREATE INDEX return_commitment_concession ON return_commitment (concession_id);
CREATE INDEX transaction_account ON "transaction" (account_id, on_date);
CREATE INDEX transaction_product_line ON "transaction" (product_line_id);
CREATE INDEX cost_account ON cost (account_id, on_date);
"""


def upgrade() -> None:
    run_script(SCRIPT)
