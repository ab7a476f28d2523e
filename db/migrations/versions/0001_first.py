"""Accounts, people, touches, needs, obligations, tasks; the log of changes and the search index."""

from kamtui.store.migration import run_script

revision = "0001"
down_revision = None

SCRIPT = """
CREATE TABLE account_category (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE buying_role (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE channel_role (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE colleague (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    name TEXT NOT NULL,
    is_me INTEGER NOT NULL,
    skills TEXT,
    level TEXT,
    mail TEXT,
    CHECK (length(name) BETWEEN 1 AND 200 AND trim(name, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(name, char(0)) = 0),
    CHECK (is_me IN (0, 1)),
    UNIQUE (uid)
) STRICT;

CREATE TABLE contact_kind (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE external_ref (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    entity TEXT NOT NULL,
    "key" TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    CHECK (length(source) BETWEEN 1 AND 200 AND trim(source, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(source, char(0)) = 0),
    CHECK (length(key) BETWEEN 1 AND 200 AND trim(key, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(key, char(0)) = 0),
    UNIQUE (source, entity, "key")
) STRICT;

CREATE TABLE fact_topic (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE interaction_kind (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE need_category (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE purchase_feature (
    code TEXT NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT;

CREATE TABLE setting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE ("key")
) STRICT;

CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    name TEXT NOT NULL,
    parent_id INTEGER,
    tier TEXT,
    tier_since TEXT,
    stage TEXT NOT NULL,
    value_orientation TEXT,
    kam_id INTEGER,
    exec_sponsor_id INTEGER,
    channel_role TEXT,
    involvement_depth INTEGER,
    potential INTEGER,
    note TEXT,
    CHECK (length(name) BETWEEN 1 AND 200 AND trim(name, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(name, char(0)) = 0),
    CHECK (tier IN ('T1', 'T2', 'T3', 'non_key')),
    CHECK (stage IN ('building', 'stable', 'strengthening')),
    CHECK (value_orientation IN ('intrinsic', 'extrinsic', 'strategic')),
    CHECK (tier IS NULL OR tier = 'non_key' OR kam_id IS NOT NULL),
    CHECK (parent_id <> id),
    CHECK (involvement_depth BETWEEN 0 AND 5),
    CHECK (potential BETWEEN 0 AND 4),
    CHECK (tier_since IS date(tier_since, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(parent_id) REFERENCES account (id) ON DELETE RESTRICT,
    FOREIGN KEY(kam_id) REFERENCES colleague (id) ON DELETE RESTRICT,
    FOREIGN KEY(exec_sponsor_id) REFERENCES colleague (id) ON DELETE SET NULL,
    FOREIGN KEY(channel_role) REFERENCES channel_role (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE account_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    CHECK (length(value) BETWEEN 1 AND 200 AND trim(value, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(value, char(0)) = 0),
    UNIQUE (account_id, value),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE account_category_of (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (account_id, value),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(value) REFERENCES account_category (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE account_purchase_feature (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (account_id, value),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(value) REFERENCES purchase_feature (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE account_tag (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    CHECK (length(value) BETWEEN 1 AND 200 AND trim(value, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(value, char(0)) = 0),
    UNIQUE (account_id, value),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE department (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    participation TEXT NOT NULL,
    CHECK (length(name) BETWEEN 1 AND 200 AND trim(name, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(name, char(0)) = 0),
    CHECK (participation IN ('unknown', 'none', 'informs', 'evaluates', 'approves', 'decides')),
    UNIQUE (account_id, name),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE fact (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    topic TEXT NOT NULL,
    text TEXT NOT NULL,
    as_of TEXT NOT NULL,
    source TEXT,
    CHECK (length(text) <= 100000 AND trim(text, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(text, char(0)) = 0),
    CHECK (as_of IS date(as_of, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(topic) REFERENCES fact_topic (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE interaction (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    at_time TEXT,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NOT NULL,
    purpose TEXT,
    ask TEXT,
    commitment TEXT,
    summary TEXT,
    next_step TEXT,
    CHECK (status IN ('planned', 'held')),
    CHECK (direction IN ('in', 'out', 'two_way')),
    CHECK (at_time IS NULL OR at_time GLOB '[0-2][0-9]:[0-5][0-9]'),
    CHECK (on_date IS date(on_date, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(kind) REFERENCES interaction_kind (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE product_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    purchasing_mode TEXT,
    CHECK (length(name) BETWEEN 1 AND 200 AND trim(name, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(name, char(0)) = 0),
    CHECK (purchasing_mode IN ('central', 'mixed', 'dispersed')),
    UNIQUE (account_id, name),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE interaction_colleague (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    interaction_id INTEGER NOT NULL,
    colleague_id INTEGER NOT NULL,
    UNIQUE (interaction_id, colleague_id),
    FOREIGN KEY(interaction_id) REFERENCES interaction (id) ON DELETE CASCADE,
    FOREIGN KEY(colleague_id) REFERENCES colleague (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    department_id INTEGER,
    name TEXT NOT NULL,
    title TEXT,
    level TEXT NOT NULL,
    placeholder INTEGER NOT NULL,
    external INTEGER NOT NULL,
    influence TEXT NOT NULL,
    stance TEXT NOT NULL,
    response_mode TEXT NOT NULL,
    orientation TEXT NOT NULL,
    win TEXT,
    relationship TEXT NOT NULL,
    relationship_target TEXT NOT NULL,
    cadence_days INTEGER,
    left_on TEXT,
    note TEXT,
    CHECK (length(name) BETWEEN 1 AND 200 AND trim(name, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(name, char(0)) = 0),
    CHECK (level IN ('executive', 'senior', 'mid', 'staff', 'unknown')),
    CHECK (influence IN ('inner_circle', 'political', 'outside', 'unknown')),
    CHECK (stance IN ('mentor', 'supporter', 'neutral', 'non_supporter', 'opponent', 'unknown')),
    CHECK (response_mode IN ('growth', 'trouble', 'even_keel', 'overconfident', 'unknown')),
    CHECK (orientation IN ('financial', 'technical', 'relationship', 'business', 'unknown')),
    CHECK (relationship IN ('vendor', 'credible', 'problem_solver', 'trusted_advisor', 'unknown')),
    CHECK (relationship_target IN ('vendor', 'credible', 'problem_solver', 'trusted_advisor', 'unknown')),
    CHECK (cadence_days > 0),
    CHECK (placeholder IN (0, 1)),
    CHECK (external IN (0, 1)),
    CHECK (left_on IS date(left_on, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(department_id) REFERENCES department (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE contact_point (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    person_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    CHECK (length(value) BETWEEN 1 AND 200 AND trim(value, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(value, char(0)) = 0),
    UNIQUE (person_id, kind, value),
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    FOREIGN KEY(kind) REFERENCES contact_kind (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE influence_edge (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    source_id INTEGER NOT NULL,
    target_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    strength INTEGER NOT NULL,
    note TEXT,
    CHECK (source_id <> target_id),
    CHECK (strength BETWEEN 1 AND 3),
    CHECK (kind IN ('influence', 'informal', 'conflict')),
    UNIQUE (source_id, target_id, kind),
    UNIQUE (uid),
    FOREIGN KEY(source_id) REFERENCES person (id) ON DELETE CASCADE,
    FOREIGN KEY(target_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE interaction_person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    interaction_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    UNIQUE (interaction_id, person_id),
    FOREIGN KEY(interaction_id) REFERENCES interaction (id) ON DELETE CASCADE,
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE need (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    product_line_id INTEGER,
    verbatim TEXT NOT NULL,
    raised_on TEXT NOT NULL,
    source TEXT NOT NULL,
    raised_by_id INTEGER,
    raised_as TEXT NOT NULL,
    kind TEXT NOT NULL,
    signal TEXT,
    state TEXT NOT NULL,
    category TEXT,
    quantity_milli INTEGER,
    unit TEXT,
    importance INTEGER,
    capability INTEGER,
    cost_to_serve_minor INTEGER,
    currency TEXT,
    need_by TEXT,
    implication TEXT,
    payoff TEXT,
    next_question TEXT,
    CHECK (length(verbatim) <= 100000 AND trim(verbatim, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(verbatim, char(0)) = 0),
    CHECK (kind IN ('explicit', 'implicit')),
    CHECK (raised_as IN ('explicit', 'implicit')),
    CHECK (source IN ('person', 'observed', 'unknown')),
    CHECK (signal IN ('complaint', 'dissatisfaction', 'doubt')),
    CHECK (state IN ('captured', 'exploring', 'confirmed', 'proposed', 'agreed', 'satisfied', 'declined', 'lost', 'obsolete')),
    CHECK ((source = 'person') = (raised_by_id IS NOT NULL)),
    CHECK (kind = 'explicit' OR state IN ('captured', 'exploring', 'declined', 'lost', 'obsolete')),
    CHECK (importance BETWEEN 1 AND 5),
    CHECK (capability BETWEEN 0 AND 5),
    CHECK (cost_to_serve_minor IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
    CHECK (raised_on IS date(raised_on, '+0 days')),
    CHECK (need_by IS date(need_by, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(product_line_id) REFERENCES product_line (id) ON DELETE SET NULL,
    FOREIGN KEY(raised_by_id) REFERENCES person (id) ON DELETE RESTRICT,
    FOREIGN KEY(category) REFERENCES need_category (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE obligation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER NOT NULL,
    side TEXT NOT NULL,
    template_item INTEGER,
    what TEXT NOT NULL,
    owner_id INTEGER,
    their_owner_id INTEGER,
    cadence TEXT NOT NULL,
    within INTEGER,
    anchor TEXT NOT NULL,
    starts_on TEXT,
    note TEXT,
    CHECK (length(what) BETWEEN 1 AND 200 AND trim(what, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(what, char(0)) = 0),
    CHECK (side IN ('ours', 'theirs')),
    CHECK (anchor IN ('due', 'completion')),
    CHECK (template_item BETWEEN 1 AND 8),
    CHECK (cadence IN ('per_order', 'per_event', 'none') OR cadence GLOB '[1-9]*[dwmy]'),
    CHECK (within > 0),
    CHECK (starts_on IS date(starts_on, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(owner_id) REFERENCES colleague (id) ON DELETE RESTRICT,
    FOREIGN KEY(their_owner_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE person_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    CHECK (length(value) BETWEEN 1 AND 200 AND trim(value, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(value, char(0)) = 0),
    UNIQUE (person_id, value),
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE person_role (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (person_id, value),
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    FOREIGN KEY(value) REFERENCES buying_role (code) ON DELETE RESTRICT
) STRICT;

CREATE TABLE reporting_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    person_id INTEGER NOT NULL,
    manager_id INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    CHECK (person_id <> manager_id),
    CHECK (valid_to > valid_from),
    CHECK (valid_from IS date(valid_from, '+0 days')),
    CHECK (valid_to IS date(valid_to, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    FOREIGN KEY(manager_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE task (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    account_id INTEGER,
    person_id INTEGER,
    what TEXT NOT NULL,
    due TEXT,
    priority TEXT,
    status TEXT NOT NULL,
    closed_on TEXT,
    snoozed_until TEXT,
    repeat TEXT,
    anchor TEXT NOT NULL,
    series_start TEXT,
    source TEXT,
    source_id INTEGER,
    our_owner_id INTEGER,
    their_owner_id INTEGER,
    note TEXT,
    CHECK (length(what) BETWEEN 1 AND 200 AND trim(what, char(9, 10, 13, 32, 160, 12288)) <> '' AND instr(what, char(0)) = 0),
    CHECK (priority IN ('A', 'B', 'C')),
    CHECK (status IN ('open', 'done', 'dropped')),
    CHECK (anchor IN ('due', 'completion')),
    CHECK (source IN ('signal', 'need', 'obligation', 'touch', 'role')),
    CHECK ((status = 'open') = (closed_on IS NULL)),
    CHECK (repeat IS NULL OR (due IS NOT NULL AND repeat GLOB '[1-9]*[dwmy]')),
    CHECK (due IS date(due, '+0 days')),
    CHECK (closed_on IS date(closed_on, '+0 days')),
    CHECK (snoozed_until IS date(snoozed_until, '+0 days')),
    CHECK (series_start IS date(series_start, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL,
    FOREIGN KEY(our_owner_id) REFERENCES colleague (id) ON DELETE RESTRICT,
    FOREIGN KEY(their_owner_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE need_event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    need_id INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    person_id INTEGER,
    interaction_id INTEGER,
    customer_words TEXT,
    note TEXT,
    CHECK (kind IN ('advanced', 'floated', 'converted', 'corrected', 'reopened', 'closed')),
    CHECK (from_state IN ('captured', 'exploring', 'confirmed', 'proposed', 'agreed', 'satisfied', 'declined', 'lost', 'obsolete')),
    CHECK (to_state IN ('captured', 'exploring', 'confirmed', 'proposed', 'agreed', 'satisfied', 'declined', 'lost', 'obsolete')),
    CHECK (kind <> 'converted' OR (person_id IS NOT NULL AND customer_words IS NOT NULL AND trim(customer_words, char(9, 10, 13, 32, 160, 12288)) <> '')),
    CHECK (on_date IS date(on_date, '+0 days')),
    UNIQUE (uid),
    FOREIGN KEY(need_id) REFERENCES need (id) ON DELETE CASCADE,
    FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    FOREIGN KEY(interaction_id) REFERENCES interaction (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE occurrence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    archived_at TEXT,
    obligation_id INTEGER NOT NULL,
    due TEXT NOT NULL,
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    done_on TEXT,
    evidence TEXT,
    acknowledged_by_id INTEGER,
    acknowledged_on TEXT,
    reason TEXT,
    CHECK (status IN ('open', 'done', 'missed', 'waived')),
    CHECK ((status = 'done') = (done_on IS NOT NULL)),
    CHECK (status <> 'waived' OR (reason IS NOT NULL AND trim(reason, char(9, 10, 13, 32, 160, 12288)) <> '')),
    CHECK (due IS date(due, '+0 days')),
    CHECK (done_on IS date(done_on, '+0 days')),
    CHECK (acknowledged_on IS date(acknowledged_on, '+0 days')),
    UNIQUE (obligation_id, due, subject),
    UNIQUE (uid),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id) ON DELETE CASCADE,
    FOREIGN KEY(acknowledged_by_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;

INSERT INTO account_category (code) VALUES ('economic'), ('important'), ('group'), ('strategic');

INSERT INTO buying_role (code) VALUES ('economic'), ('approver'), ('technical'), ('user'), ('gatekeeper'), ('sponsor'), ('coach');

INSERT INTO channel_role (code) VALUES ('end_user'), ('distributor'), ('dealer'), ('wholesaler'), ('agent');

INSERT INTO contact_kind (code) VALUES ('phone'), ('mail'), ('messenger');

INSERT INTO fact_topic (code) VALUES ('profile'), ('awake'), ('rationale'), ('image'), ('rival'), ('reference'), ('other');

INSERT INTO interaction_kind (code) VALUES ('meeting'), ('call'), ('email'), ('message'), ('visit'), ('note');

INSERT INTO need_category (code) VALUES ('unit_price'), ('total_price'), ('discount'), ('freight'), ('arrival_time'), ('after_sales'), ('payment'), ('technical'), ('capacity'), ('training'), ('information'), ('risk'), ('strategic'), ('other');

INSERT INTO purchase_feature (code) VALUES ('direct'), ('reciprocal'), ('lease'), ('tender');

CREATE UNIQUE INDEX colleague_me ON colleague (is_me) WHERE is_me = 1;
CREATE INDEX account_parent ON account (parent_id);
CREATE INDEX account_kam ON account (kam_id);
CREATE INDEX account_sponsor ON account (exec_sponsor_id);
CREATE INDEX account_name ON account (name COLLATE NOCASE);
CREATE INDEX fact_account ON fact (account_id);
CREATE INDEX person_account ON person (account_id);
CREATE INDEX person_department ON person (department_id);
CREATE INDEX reporting_line_person ON reporting_line (person_id, valid_from);
CREATE INDEX reporting_line_manager ON reporting_line (manager_id, valid_from);
CREATE INDEX influence_edge_target ON influence_edge (target_id);
CREATE INDEX interaction_account ON interaction (account_id, on_date);
CREATE INDEX interaction_planned ON interaction (on_date) WHERE status = 'planned';
CREATE INDEX interaction_person_person ON interaction_person (person_id);
CREATE INDEX interaction_colleague_colleague ON interaction_colleague (colleague_id);
CREATE INDEX need_account ON need (account_id);
CREATE INDEX need_person ON need (raised_by_id);
CREATE INDEX need_product_line ON need (product_line_id);
CREATE INDEX need_event_need ON need_event (need_id);
CREATE INDEX need_event_person ON need_event (person_id);
CREATE INDEX need_event_interaction ON need_event (interaction_id);
CREATE INDEX obligation_account ON obligation (account_id);
CREATE INDEX obligation_owner ON obligation (owner_id);
CREATE INDEX obligation_their_owner ON obligation (their_owner_id);
CREATE INDEX occurrence_open ON occurrence (due, obligation_id) WHERE status = 'open';
CREATE INDEX occurrence_acknowledged ON occurrence (acknowledged_by_id);
CREATE INDEX task_account ON task (account_id, status, due);
CREATE INDEX task_open ON task (due, priority, account_id, snoozed_until) WHERE status = 'open';
CREATE INDEX task_person ON task (person_id);
CREATE INDEX task_our_owner ON task (our_owner_id);
CREATE INDEX task_their_owner ON task (their_owner_id);
CREATE INDEX external_ref_row ON external_ref (entity, row_id);

CREATE TABLE point (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'barrier', 'purged')),
    label TEXT NOT NULL,
    at TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    who TEXT NOT NULL,
    program TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    target_id INTEGER REFERENCES point (id) ON DELETE CASCADE,
    undone_by_id INTEGER REFERENCES point (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX point_live ON point (id) WHERE kind = 'do' AND undone_by_id IS NULL;
CREATE INDEX point_target ON point (target_id);
CREATE INDEX point_undone_by ON point (undone_by_id);

CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    point_id INTEGER NOT NULL REFERENCES point (id) ON DELETE CASCADE,
    op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
    entity TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    account_id INTEGER,
    before TEXT
) STRICT;

CREATE INDEX change_point ON change (point_id);
CREATE INDEX change_row ON change (entity, row_id);
CREATE INDEX change_account ON change (account_id, point_id);

CREATE TABLE open_point (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    point_id INTEGER NOT NULL REFERENCES point (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE search_row (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entity TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    account_id INTEGER,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (entity, row_id)
) STRICT;

CREATE INDEX search_row_account ON search_row (account_id);

CREATE VIRTUAL TABLE search_text USING fts5 (title, body, pinyin, tokenize = 'unicode61 remove_diacritics 2');

-- 'never' sorts after every ISO date: a line without an end goes on through the last of them. A line whose people are
-- not there yet (foreign keys can be deferred) has no family to stand in, and is refused.
CREATE TRIGGER rule_reporting_line_insert BEFORE INSERT ON reporting_line
BEGIN
    SELECT RAISE(ABORT, 'a person has one manager at a time')
    WHERE EXISTS (
        SELECT 1 FROM reporting_line AS line
        WHERE line.person_id = NEW.person_id
          AND line.valid_from < coalesce(NEW.valid_to, 'never')
          AND NEW.valid_from < coalesce(line.valid_to, 'never')
    );
    SELECT RAISE(ABORT, 'reporting lines cannot form a loop')
    WHERE EXISTS (
        WITH RECURSIVE above (person_id, since, until) AS (
            SELECT NEW.manager_id, NEW.valid_from, coalesce(NEW.valid_to, 'never')
            UNION
            SELECT line.manager_id, max(above.since, line.valid_from),
                   min(above.until, coalesce(line.valid_to, 'never'))
            FROM above JOIN reporting_line AS line ON line.person_id = above.person_id
            WHERE line.valid_from < above.until AND above.since < coalesce(line.valid_to, 'never')
        )
        SELECT 1 FROM above WHERE person_id = NEW.person_id
    );
    SELECT RAISE(ABORT, 'a manager must be of the same account family')
    WHERE NOT coalesce((
        WITH RECURSIVE above (id, parent_id) AS (
            SELECT account.id, account.parent_id FROM account JOIN person ON person.account_id = account.id
            WHERE person.id = NEW.person_id
            UNION SELECT account.id, account.parent_id FROM account JOIN above ON account.id = above.parent_id
        )
        SELECT id FROM above WHERE parent_id IS NULL
    ) = (
        WITH RECURSIVE above (id, parent_id) AS (
            SELECT account.id, account.parent_id FROM account JOIN person ON person.account_id = account.id
            WHERE person.id = NEW.manager_id
            UNION SELECT account.id, account.parent_id FROM account JOIN above ON account.id = above.parent_id
        )
        SELECT id FROM above WHERE parent_id IS NULL
    ), 0);
END;

CREATE TRIGGER rule_reporting_line_update BEFORE UPDATE ON reporting_line
BEGIN
    SELECT RAISE(ABORT, 'a person has one manager at a time')
    WHERE EXISTS (
        SELECT 1 FROM reporting_line AS line
        WHERE line.person_id = NEW.person_id AND line.id <> OLD.id
          AND line.valid_from < coalesce(NEW.valid_to, 'never')
          AND NEW.valid_from < coalesce(line.valid_to, 'never')
    );
    SELECT RAISE(ABORT, 'reporting lines cannot form a loop')
    WHERE EXISTS (
        WITH RECURSIVE above (person_id, since, until) AS (
            SELECT NEW.manager_id, NEW.valid_from, coalesce(NEW.valid_to, 'never')
            UNION
            SELECT line.manager_id, max(above.since, line.valid_from),
                   min(above.until, coalesce(line.valid_to, 'never'))
            FROM above JOIN reporting_line AS line ON line.person_id = above.person_id AND line.id <> OLD.id
            WHERE line.valid_from < above.until AND above.since < coalesce(line.valid_to, 'never')
        )
        SELECT 1 FROM above WHERE person_id = NEW.person_id
    );
    SELECT RAISE(ABORT, 'a manager must be of the same account family')
    WHERE NOT coalesce((
        WITH RECURSIVE above (id, parent_id) AS (
            SELECT account.id, account.parent_id FROM account JOIN person ON person.account_id = account.id
            WHERE person.id = NEW.person_id
            UNION SELECT account.id, account.parent_id FROM account JOIN above ON account.id = above.parent_id
        )
        SELECT id FROM above WHERE parent_id IS NULL
    ) = (
        WITH RECURSIVE above (id, parent_id) AS (
            SELECT account.id, account.parent_id FROM account JOIN person ON person.account_id = account.id
            WHERE person.id = NEW.manager_id
            UNION SELECT account.id, account.parent_id FROM account JOIN above ON account.id = above.parent_id
        )
        SELECT id FROM above WHERE parent_id IS NULL
    ), 0);
END;

-- Only where foreign keys are deferred can a new account have a parent that is already below it.
CREATE TRIGGER rule_account_parent_insert BEFORE INSERT ON account
WHEN NEW.parent_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'accounts cannot form a loop')
    WHERE EXISTS (
        WITH RECURSIVE above (id) AS (
            SELECT NEW.parent_id
            UNION SELECT account.parent_id FROM account JOIN above ON account.id = above.id
            WHERE account.parent_id IS NOT NULL
        )
        SELECT 1 FROM above WHERE id = NEW.id
    );
END;

CREATE TRIGGER rule_account_parent BEFORE UPDATE OF parent_id ON account
WHEN NEW.parent_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'accounts cannot form a loop')
    WHERE EXISTS (
        WITH RECURSIVE above (id) AS (
            SELECT NEW.parent_id
            UNION SELECT account.parent_id FROM account JOIN above ON account.id = above.id
            WHERE account.parent_id IS NOT NULL
        )
        SELECT 1 FROM above WHERE id = NEW.id
    );
END;

-- A move of an account or of a person must not leave a reporting line between two families.
CREATE TRIGGER rule_account_family AFTER UPDATE OF parent_id ON account
WHEN NEW.parent_id IS NOT OLD.parent_id
BEGIN
    SELECT RAISE(ABORT, 'the move would leave reporting lines between two account families')
    WHERE EXISTS (
        WITH RECURSIVE family (id) AS (
            SELECT NEW.id UNION SELECT account.id FROM account JOIN family ON account.parent_id = family.id
        ),
        above (id) AS (
            SELECT NEW.id UNION SELECT account.parent_id FROM account JOIN above ON account.id = above.id
            WHERE account.parent_id IS NOT NULL
        ),
        whole (id) AS (
            SELECT above.id FROM above JOIN account ON account.id = above.id WHERE account.parent_id IS NULL
            UNION SELECT account.id FROM account JOIN whole ON account.parent_id = whole.id
        )
        -- The order is given: left to itself SQLite reads every reporting line, at each account that moves.
        SELECT 1 FROM family CROSS JOIN person AS mover ON mover.account_id = family.id
        CROSS JOIN reporting_line AS line ON line.person_id = mover.id
        CROSS JOIN person AS other ON other.id = line.manager_id
        WHERE other.account_id NOT IN whole
        UNION ALL
        SELECT 1 FROM family CROSS JOIN person AS mover ON mover.account_id = family.id
        CROSS JOIN reporting_line AS line ON line.manager_id = mover.id
        CROSS JOIN person AS other ON other.id = line.person_id
        WHERE other.account_id NOT IN whole
    );
END;

CREATE TRIGGER rule_person_family AFTER UPDATE OF account_id ON person
WHEN NEW.account_id <> OLD.account_id
BEGIN
    SELECT RAISE(ABORT, 'the move would leave reporting lines between two account families')
    WHERE EXISTS (
        WITH RECURSIVE above (id) AS (
            SELECT NEW.account_id UNION SELECT account.parent_id FROM account JOIN above ON account.id = above.id
            WHERE account.parent_id IS NOT NULL
        ),
        whole (id) AS (
            SELECT above.id FROM above JOIN account ON account.id = above.id WHERE account.parent_id IS NULL
            UNION SELECT account.id FROM account JOIN whole ON account.parent_id = whole.id
        )
        SELECT 1 FROM reporting_line AS line
        JOIN person AS other ON other.id IN (line.person_id, line.manager_id) AND other.id <> NEW.id
        WHERE NEW.id IN (line.person_id, line.manager_id) AND other.account_id NOT IN whole
    );
END;

CREATE TRIGGER rule_need_insert BEFORE INSERT ON need
WHEN NOT EXISTS (SELECT 1 FROM open_point WHERE kind IN ('undo', 'redo'))
BEGIN
    SELECT RAISE(ABORT, 'a need is captured as what it is; it is converted afterwards')
    WHERE NEW.kind <> NEW.raised_as;
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: need')
    WHERE EXISTS (SELECT 1 FROM need WHERE id = NEW.id OR uid = NEW.uid);
END;

CREATE TRIGGER rule_need_kind BEFORE UPDATE OF kind, raised_as ON need
WHEN (NEW.kind <> OLD.kind OR NEW.raised_as <> OLD.raised_as)
     AND NOT EXISTS (SELECT 1 FROM open_point WHERE kind IN ('undo', 'redo'))
BEGIN
    SELECT RAISE(ABORT, 'a need becomes explicit by a conversion that holds person, date and words')
    WHERE NEW.kind = 'explicit' AND (
        NEW.raised_as <> OLD.raised_as
        OR NOT EXISTS (SELECT 1 FROM need_event WHERE need_id = OLD.id AND kind = 'converted')
    );
    SELECT RAISE(ABORT, 'an explicit need does not become implicit again')
    WHERE NEW.kind = 'implicit' AND (
        OLD.kind <> 'explicit' OR OLD.raised_as <> 'explicit' OR NEW.raised_as <> 'implicit'
        OR EXISTS (SELECT 1 FROM need_event WHERE need_id = OLD.id)
    );
END;

CREATE TRIGGER rule_need_verbatim BEFORE UPDATE OF verbatim, created_at ON need
WHEN (NEW.verbatim <> OLD.verbatim OR NEW.created_at <> OLD.created_at)
     AND NOT EXISTS (SELECT 1 FROM open_point WHERE kind IN ('undo', 'redo'))
BEGIN
    SELECT RAISE(ABORT, 'the original words of a need do not change; a correction stands beside them')
    WHERE NEW.created_at <> OLD.created_at
       OR EXISTS (SELECT 1 FROM need_event WHERE need_id = OLD.id)
       OR coalesce(julianday((SELECT at FROM open_point)) - julianday(OLD.created_at), 2) NOT BETWEEN -1 AND 1;
END;

CREATE TRIGGER rule_need_event_insert BEFORE INSERT ON need_event
WHEN NOT EXISTS (SELECT 1 FROM open_point WHERE kind IN ('undo', 'redo'))
BEGIN
    SELECT RAISE(ABORT, 'a need is converted once, from implicit to explicit')
    WHERE NEW.kind = 'converted' AND (
        (SELECT kind FROM need WHERE id = NEW.need_id) = 'explicit'
        OR EXISTS (SELECT 1 FROM need_event WHERE need_id = NEW.need_id AND kind = 'converted')
    );
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: need_event')
    WHERE EXISTS (SELECT 1 FROM need_event WHERE id = NEW.id OR uid = NEW.uid);
END;

CREATE TRIGGER rule_need_event_kept BEFORE DELETE ON need_event
WHEN NOT EXISTS (SELECT 1 FROM open_point WHERE kind IN ('undo', 'redo'))
     AND EXISTS (SELECT 1 FROM need WHERE id = OLD.need_id)
BEGIN
    SELECT RAISE(ABORT, 'what happened to a need stays with it');
END;

CREATE TRIGGER rule_need_event_fixed BEFORE UPDATE ON need_event
WHEN NOT EXISTS (SELECT 1 FROM open_point WHERE kind IN ('undo', 'redo'))
     AND (NEW.kind <> OLD.kind OR NEW.need_id <> OLD.need_id OR NEW.id <> OLD.id
          OR (OLD.kind = 'converted' AND (NEW.on_date <> OLD.on_date OR NEW.customer_words <> OLD.customer_words)))
BEGIN
    SELECT RAISE(ABORT, 'what happened to a need stays with it');
END;

CREATE TRIGGER rule_occurrence_insert BEFORE INSERT ON occurrence
WHEN NEW.status = 'open'
     AND EXISTS (SELECT 1 FROM obligation WHERE id = NEW.obligation_id AND anchor = 'completion')
     AND EXISTS (SELECT 1 FROM occurrence WHERE obligation_id = NEW.obligation_id AND status = 'open')
BEGIN
    SELECT RAISE(ABORT, 'an obligation that counts from completion has one open occurrence at a time');
END;

CREATE TRIGGER rule_occurrence_update BEFORE UPDATE ON occurrence
WHEN NEW.status = 'open'
     AND EXISTS (SELECT 1 FROM obligation WHERE id = NEW.obligation_id AND anchor = 'completion')
     AND EXISTS (
        SELECT 1 FROM occurrence WHERE obligation_id = NEW.obligation_id AND status = 'open' AND id <> OLD.id
     )
BEGIN
    SELECT RAISE(ABORT, 'an obligation that counts from completion has one open occurrence at a time');
END;

CREATE TRIGGER rule_obligation_anchor BEFORE UPDATE OF anchor ON obligation
WHEN NEW.anchor = 'completion'
     AND (SELECT count(*) FROM occurrence WHERE obligation_id = NEW.id AND status = 'open') > 1
BEGIN
    SELECT RAISE(ABORT, 'an obligation that counts from completion has one open occurrence at a time');
END;
"""


def upgrade() -> None:
    run_script(SCRIPT)
