"""Naming a thing: by number, by uid, by name. Reads may match fuzzily, writes never do."""

import re
from dataclasses import dataclass

from kamtui.domain.errors import Ambiguous, NotFound
from kamtui.domain.text import is_han, one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.sqlite.driver import Connection

_UID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_FUZZY_SCORE = 80
_SHORTEST_ALIKE = 3  # letters, or two characters of Chinese; a shorter name is like everything that holds it
_HAN = "\u3007-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Nameable:
    """An entity with names: `names` is a query of (id, name, account_id). A name `in_scripts` may be written in two, as
    `Huadong Bank 华东银行`: it begins with each of them."""

    word: str
    names: str
    label: str
    of_account: bool = True
    in_scripts: bool = False


NAMEABLE = {
    "account": Nameable(
        mark("account"),
        "SELECT id, name, id AS account_id FROM account UNION SELECT account_id, value, account_id FROM account_alias",
        "SELECT name FROM account WHERE id = ?",
        of_account=False,
        in_scripts=True,
    ),
    "person": Nameable(
        mark("person"),
        """SELECT id, name, account_id FROM person
           UNION SELECT p.id, value, p.account_id FROM person_alias AS a JOIN person AS p ON p.id = a.person_id""",
        "SELECT p.name || ', ' || a.name FROM person AS p JOIN account AS a ON a.id = p.account_id WHERE p.id = ?",
        in_scripts=True,
    ),
    "colleague": Nameable(
        mark("colleague"),
        "SELECT id, name, NULL AS account_id FROM colleague",
        "SELECT name FROM colleague WHERE id = ?",
        of_account=False,
        in_scripts=True,
    ),
    "department": Nameable(
        mark("department"),
        "SELECT id, name, account_id FROM department",
        "SELECT d.name || ', ' || a.name FROM department AS d JOIN account AS a ON a.id = d.account_id WHERE d.id = ?",
    ),
    "product_line": Nameable(
        mark("product line"),
        "SELECT id, name, account_id FROM product_line",
        "SELECT l.name || ', ' || a.name FROM product_line AS l JOIN account AS a ON a.id = l.account_id WHERE l.id = ?",
    ),
    "need": Nameable(
        mark("need"),
        """SELECT id, verbatim AS name, account_id FROM need
           UNION SELECT n.id, e.customer_words, n.account_id FROM need_event AS e JOIN need AS n ON n.id = e.need_id
           WHERE e.kind = 'converted'""",
        "SELECT verbatim FROM need WHERE id = ?",
    ),
    "obligation": Nameable(
        mark("obligation"),
        "SELECT id, what AS name, account_id FROM obligation",
        "SELECT o.what || ', ' || a.name FROM obligation AS o JOIN account AS a ON a.id = o.account_id WHERE o.id = ?",
    ),
    "task": Nameable(
        mark("task"),
        "SELECT id, what AS name, account_id FROM task WHERE status = 'open'",
        "SELECT what || coalesce(', ' || (SELECT name FROM account WHERE id = task.account_id), '') FROM task WHERE id = ?",
    ),
    "concession": Nameable(
        mark("concession"),
        "SELECT id, what AS name, account_id FROM concession",
        "SELECT what FROM concession WHERE id = ?",
    ),
    "return_commitment": Nameable(
        mark("return"),
        """SELECT r.id, r.measure AS name, c.account_id
           FROM return_commitment AS r JOIN concession AS c ON c.id = r.concession_id""",
        "SELECT measure FROM return_commitment WHERE id = ?",
    ),
    "interaction": Nameable(
        mark("touch"),
        "SELECT id, coalesce(purpose, summary, '') AS name, account_id FROM interaction",
        "SELECT on_date || ' ' || kind || coalesce(' ' || purpose, ' ' || summary, '') FROM interaction WHERE id = ?",
    ),
    "transaction": Nameable(
        mark("transaction"),
        """SELECT id, coalesce(note, '') AS name, account_id FROM "transaction" """,
        """SELECT on_date FROM "transaction" WHERE id = ?""",
    ),
    "cost": Nameable(
        mark("cost"),
        "SELECT id, coalesce(note, '') AS name, account_id FROM cost",
        "SELECT on_date FROM cost WHERE id = ?",
    ),
    "scorecard": Nameable(
        mark("score"),
        "SELECT id, criterion AS name, account_id FROM scorecard",
        "SELECT criterion || ' ' || as_of FROM scorecard WHERE id = ?",
    ),
    "contract": Nameable(
        mark("contract"),
        "SELECT id, what AS name, account_id FROM contract",
        "SELECT c.what || ', ' || a.name FROM contract AS c JOIN account AS a ON a.id = c.account_id WHERE c.id = ?",
    ),
    "issue": Nameable(
        mark("complaint"), "SELECT id, words AS name, account_id FROM issue", "SELECT words FROM issue WHERE id = ?"
    ),
    "incident": Nameable(
        mark("incident"),
        "SELECT id, what AS name, account_id FROM incident",
        "SELECT happened_on || ' ' || what FROM incident WHERE id = ?",
    ),
    "review": Nameable(
        mark("review"),
        "SELECT id, kind || ' ' || on_date AS name, account_id FROM review",
        "SELECT r.kind || ' ' || r.on_date || ', ' || a.name FROM review AS r JOIN account AS a ON a.id = r.account_id WHERE r.id = ?",
    ),
    "decision_criterion": Nameable(
        mark("criterion"),
        "SELECT id, name, account_id FROM decision_criterion",
        """SELECT c.name || ', ' || a.name FROM decision_criterion AS c JOIN account AS a ON a.id = c.account_id
           WHERE c.id = ?""",
    ),
    "obligation_template": Nameable(
        mark("template"),
        "SELECT id, name, NULL AS account_id FROM obligation_template",
        "SELECT name FROM obligation_template WHERE id = ?",
        of_account=False,
    ),
}


def find(connection: Connection, entity: str, text: str, *, account_id: int | None = None, fuzzy: bool = False) -> int:
    """The id of the record that `text` names: digits only are an id, then a uid, an exact name, a unique prefix.

    With `fuzzy` (for reads alone) also a unique likeness. `account_id` narrows names, not ids. Raises `NotFound`, and
    `Ambiguous` with the list of matches.
    """
    kind = NAMEABLE[entity]
    text = text.strip()
    if text.isascii() and text.isdecimal():
        if connection.execute(f'SELECT 1 FROM "{entity}" WHERE id = ?', (min(int(text), 2**63 - 1),)).fetchone():
            return int(text)
        raise NotFound(_("There is no {what} with the number {id}.").format(what=_(kind.word), id=text))
    if re.fullmatch(_UID, text) and (
        row := connection.execute(f'SELECT id FROM "{entity}" WHERE uid = ?', (text,)).fetchone()
    ):
        return int(row[0])
    if not text:
        raise NotFound(_("Which {what}? Name it, or give its number.").format(what=_(kind.word)))
    within = kind.of_account and account_id is not None
    where = "account_id = :account AND " if within else ""
    start = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"text": text, "start": start + "%", "other": _in_other_script(text), "account": account_id}
    begins = "name LIKE :start ESCAPE '\\'"
    if kind.in_scripts:
        begins = f"({begins} OR lower(name) GLOB :other)"
    for condition in ("name = :text", "name = :text COLLATE NOCASE", begins):
        rows = connection.execute(
            f"SELECT DISTINCT id FROM ({kind.names}) WHERE {where}{condition} LIMIT {_LISTED + 1}", values
        ).fetchall()
        if rows:
            return _only(connection, kind, text, [row_id for (row_id,) in rows])
    if fuzzy and (found := _alike(connection, kind, text, account_id if within else None)):
        return _only(connection, kind, text, found)
    raise NotFound(_("There is no {what} named “{name}”.").format(what=_(kind.word), name=one_line(text)))


def _in_other_script(text: str) -> str:
    """The pattern of names whose part in the other script begins so: 华东 in `Huadong Bank 华东银行`."""
    plain = re.sub(r"[*?[]", r"[\g<0>]", text.lower())
    before = f"[^0-9 {_HAN}]" if is_han(text[0]) else f"[{_HAN}]"
    return f"*{before} {plain}*"


def _only(connection: Connection, kind: Nameable, text: str, ids: list[int]) -> int:
    if len(ids) == 1:
        return ids[0]
    matches = []
    for row_id in ids[:_LISTED]:
        row = connection.execute(kind.label, (row_id,)).fetchone()
        matches.append((row_id, one_line(row[0], 60) if row else ""))
    listed = "; ".join(f"{row_id} {label}" for row_id, label in matches)
    more = "; …" if len(ids) > _LISTED else ""
    raise Ambiguous(
        _("“{name}” may be more than one {what}: {list}{more}. Use the number.").format(
            name=one_line(text), what=_(kind.word), list=listed, more=more
        ),
        matches,
    )


def _alike(connection: Connection, kind: Nameable, text: str, account_id: int | None) -> list[int]:
    from rapidfuzz import fuzz, process, utils

    rows = connection.execute(
        f"SELECT id, name FROM ({kind.names}) WHERE :account IS NULL OR account_id = :account", {"account": account_id}
    ).fetchall()
    folded = text.casefold()
    if inside := list(dict.fromkeys(row_id for row_id, name in rows if folded in name.casefold())):
        return inside
    rows = [(row_id, name) for row_id, name in rows if _is_telling(utils.default_process(name))]
    scored = process.extract(
        text,
        [name for _id, name in rows],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_FUZZY_SCORE,
        limit=_LISTED + 1,
    )
    best = [at for _name, score, at in scored if score == scored[0][1]]
    return list(dict.fromkeys(rows[at][0] for at in best))


def _is_telling(plain: str) -> bool:
    return len(plain) >= _SHORTEST_ALIKE or (len(plain) == _SHORTEST_ALIKE - 1 and any(map(is_han, plain)))
