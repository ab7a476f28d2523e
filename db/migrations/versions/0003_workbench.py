"""The workbench: contracts, complaints, incidents, channels, reviews, criteria, checklists; who was confirmed, and when."""

from kamtui.store.migration import run_script

revision = "0003"
down_revision = "0002"

SCRIPT = """
CREATE TABLE suspected_cause (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE issue (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    words TEXT NOT NULL,
    received_on TEXT NOT NULL,
    raised_by_id INTEGER,
    owner_id INTEGER,
    first_response_on TEXT,
    first_response TEXT,
    status TEXT NOT NULL,
    status_since TEXT NOT NULL,
    deferred_until TEXT,
    reason TEXT,
    resolution TEXT,
    note TEXT,
    CHECK (length(words) <= 100000 AND trim(words, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(words, char(0)) = 0),
    CHECK (status IN ('open', 'deferred', 'denied', 'resolved')),
    CHECK (first_response_on >= received_on),
    CHECK (status_since >= received_on),
    CHECK (status NOT IN ('deferred', 'denied') OR (reason IS NOT NULL AND trim(reason, char(9, 10, 13, 32, 160, 12288)) <> '')),
    CHECK (status = 'deferred' OR deferred_until IS NULL),
    CHECK (received_on IS date(received_on, '+0 days')),
    CHECK (first_response_on IS date(first_response_on, '+0 days')),
    CHECK (status_since IS date(status_since, '+0 days')),
    CHECK (deferred_until IS date(deferred_until, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(raised_by_id) REFERENCES person (id) ON DELETE SET NULL,
    FOREIGN KEY(owner_id) REFERENCES colleague (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE incident (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    severity TEXT NOT NULL,
    responsible_id INTEGER,
    their_responsible_id INTEGER,
    resolved_on TEXT,
    resolution TEXT,
    merit TEXT,
    prevention TEXT,
    note TEXT,
    CHECK (length(what) BETWEEN 1 AND 200 AND trim(what, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(what, char(0)) = 0),
    CHECK (severity IN ('critical', 'major', 'minor')),
    CHECK (resolved_on >= happened_on),
    CHECK (resolved_on IS NULL OR resolution IS NOT NULL),
    CHECK (happened_on IS date(happened_on, '+0 days')),
    CHECK (resolved_on IS date(resolved_on, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(responsible_id) REFERENCES colleague (id) ON DELETE RESTRICT,
    FOREIGN KEY(their_responsible_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE incident_cause (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (incident_id, value),
    FOREIGN KEY(incident_id) REFERENCES incident (id) ON DELETE CASCADE,
    FOREIGN KEY(value) REFERENCES suspected_cause (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE incident_note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    incident_id INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    at_time TEXT,
    text TEXT NOT NULL,
    CHECK (length(text) <= 100000 AND trim(text, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(text, char(0)) = 0),
    CHECK (at_time IS NULL OR at_time GLOB '[0-2][0-9]:[0-5][0-9]'),
    CHECK (on_date IS date(on_date, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(incident_id) REFERENCES incident (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE channel (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    colleague_id INTEGER,
    contact TEXT,
    communicated_on TEXT,
    told_to_id INTEGER,
    note TEXT,
    CHECK (kind IN ('kam', 'technical', 'management', 'complaint')),
    CHECK (communicated_on IS date(communicated_on, '+0 days')),
    UNIQUE (account_id, kind),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(colleague_id) REFERENCES colleague (id) ON DELETE SET NULL,
    FOREIGN KEY(told_to_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE contract (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    product_line_id INTEGER,
    what TEXT NOT NULL,
    signed_on TEXT,
    starts_on TEXT,
    ends_on TEXT,
    committed_milli INTEGER,
    unit TEXT,
    committed_minor INTEGER,
    currency TEXT,
    document_ref TEXT,
    note TEXT,
    CHECK (length(what) BETWEEN 1 AND 200 AND trim(what, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(what, char(0)) = 0),
    CHECK (ends_on >= starts_on),
    CHECK (committed_milli > 0),
    CHECK (committed_minor > 0),
    CHECK (committed_milli IS NULL OR committed_minor IS NULL),
    CHECK (committed_minor IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
    CHECK (committed_minor IS NULL OR currency IS NOT NULL),
    CHECK (signed_on IS date(signed_on, '+0 days')),
    CHECK (starts_on IS date(starts_on, '+0 days')),
    CHECK (ends_on IS date(ends_on, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(product_line_id) REFERENCES product_line (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE contract_term (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    contract_id INTEGER NOT NULL,
    term TEXT NOT NULL,
    wanted TEXT,
    offered TEXT,
    agreed TEXT,
    UNIQUE (contract_id, term),
    UNIQUE (uid),
    FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE,
    FOREIGN KEY(term) REFERENCES need_category (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE decision_criterion (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    weight INTEGER,
    our_rating INTEGER,
    rival TEXT,
    rival_rating INTEGER,
    note TEXT,
    CHECK (length(name) BETWEEN 1 AND 200 AND trim(name, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(name, char(0)) = 0),
    CHECK (weight BETWEEN 1 AND 5),
    CHECK (our_rating BETWEEN 0 AND 5),
    CHECK (rival_rating BETWEEN 0 AND 5),
    UNIQUE (account_id, name),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE review (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_date TEXT NOT NULL,
    status TEXT NOT NULL,
    asks TEXT,
    commitments TEXT,
    summary TEXT,
    next_on TEXT,
    CHECK (kind IN ('executive', 'qbr', 'internal')),
    CHECK (status IN ('planned', 'held')),
    CHECK (next_on > on_date),
    CHECK (on_date IS date(on_date, '+0 days')),
    CHECK (next_on IS date(next_on, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE review_person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    UNIQUE (review_id, person_id),
    FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE CASCADE,
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE review_colleague (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL,
    colleague_id INTEGER NOT NULL,
    UNIQUE (review_id, colleague_id),
    FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE CASCADE,
    FOREIGN KEY(colleague_id) REFERENCES colleague (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE stage_check (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    item TEXT NOT NULL,
    met INTEGER NOT NULL,
    judged_on TEXT NOT NULL,
    note TEXT,
    CHECK (length(item) BETWEEN 1 AND 200 AND trim(item, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(item, char(0)) = 0),
    CHECK (met IN (0, 1)),
    CHECK (judged_on IS date(judged_on, '+0 days')),
    UNIQUE (account_id, item),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE stage_decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    reason TEXT,
    CHECK (from_stage IN ('building', 'stable', 'strengthening')),
    CHECK (to_stage IN ('building', 'stable', 'strengthening')),
    CHECK (from_stage <> to_stage),
    CHECK (decided_on IS date(decided_on, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE stage_decision_unmet (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    stage_decision_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    CHECK (length(value) BETWEEN 1 AND 200 AND trim(value, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(value, char(0)) = 0),
    UNIQUE (stage_decision_id, value),
    FOREIGN KEY(stage_decision_id) REFERENCES stage_decision (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE obligation_template (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    name TEXT NOT NULL,
    note TEXT,
    CHECK (length(name) BETWEEN 1 AND 200 AND trim(name, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(name, char(0)) = 0),
    UNIQUE (name),
    UNIQUE (uid)
) STRICT;

CREATE TABLE obligation_template_item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    obligation_template_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    what TEXT NOT NULL,
    side TEXT NOT NULL,
    cadence TEXT NOT NULL,
    within INTEGER,
    anchor TEXT NOT NULL,
    CHECK (length(what) BETWEEN 1 AND 200 AND trim(what, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(what, char(0)) = 0),
    CHECK (side IN ('ours', 'theirs')),
    CHECK (anchor IN ('due', 'completion')),
    CHECK (cadence IN ('per_order', 'per_event', 'none') OR cadence GLOB '[1-9]*[dwmy]'),
    CHECK (within > 0),
    CHECK (place > 0),
    UNIQUE (obligation_template_id, what, side),
    FOREIGN KEY(obligation_template_id) REFERENCES obligation_template (id) ON DELETE CASCADE
) STRICT;

ALTER TABLE person ADD COLUMN confirmed_on TEXT CHECK (confirmed_on IS date(confirmed_on, '+0 days'));

INSERT INTO suspected_cause (code) VALUES ('product'), ('network'), ('data'), ('operator');

CREATE INDEX issue_account ON issue (account_id, received_on);
CREATE INDEX issue_raised_by ON issue (raised_by_id);
CREATE INDEX issue_owner ON issue (owner_id);
CREATE INDEX incident_account ON incident (account_id, happened_on);
CREATE INDEX incident_responsible ON incident (responsible_id);
CREATE INDEX incident_their_responsible ON incident (their_responsible_id);
CREATE INDEX incident_note_incident ON incident_note (incident_id, on_date);
CREATE INDEX channel_colleague ON channel (colleague_id);
CREATE INDEX channel_told_to ON channel (told_to_id);
CREATE INDEX contract_account ON contract (account_id);
CREATE INDEX contract_product_line ON contract (product_line_id);
CREATE INDEX review_account ON review (account_id, on_date);
CREATE INDEX review_person_person ON review_person (person_id);
CREATE INDEX review_colleague_colleague ON review_colleague (colleague_id);
CREATE INDEX stage_decision_account ON stage_decision (account_id, decided_on);

-- A merge of accounts takes a decision along; what was decided, and when, stays.
CREATE TRIGGER rule_stage_decision_fixed BEFORE UPDATE OF from_stage, to_stage, decided_on ON stage_decision
WHEN NOT EXISTS (SELECT 1 FROM open_point WHERE kind IN ('undo', 'redo'))
BEGIN
    SELECT RAISE(ABORT, 'a decision about a stage stays as it was made');
END;
"""


def upgrade() -> None:
    run_script(SCRIPT)
