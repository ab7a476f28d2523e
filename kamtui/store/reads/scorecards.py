"""Scorecards: each judgement, and what the newest ones come to."""

from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.enums import Tier, TransactionKind
from kamtui.domain.errors import NotFound
from kamtui.domain.qualification import WEIGHT, Criterion, Qualification, Score, card_of, confirms, qualify
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection

REPEAT_DAYS = 365


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A judgement of a criterion on a day; a score of None was looked at and is not known."""

    id: int
    uid: str
    account_id: int
    account: str
    product_line_id: int | None
    product_line: str | None
    criterion: Criterion
    score: int | None
    as_of: date
    evidence: str | None


@dataclass(frozen=True, slots=True)
class CardLine:
    """A criterion on the card: its weight, and the judgement that counts, if there is any."""

    criterion: Criterion
    weight: int
    score: int | None
    as_of: date | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class ScorecardCard:
    """The card of an account, or of one of its product lines, with what it comes to. `confirmed` is that of the account:
    five criteria of three families (invariant 10). `diverges` where the tier is not what the scores propose."""

    account_id: int
    account: str
    product_line: str | None
    tier: Tier | None
    lines: tuple[CardLine, ...]
    qualification: Qualification
    confirmed: bool
    diverges: bool


_ROW = """
    SELECT s.id, s.uid, s.account_id, a.name AS account, s.product_line_id, l.name AS product_line, s.criterion, s.score,
           s.as_of, s.evidence
    FROM scorecard AS s JOIN account AS a ON a.id = s.account_id LEFT JOIN product_line AS l ON l.id = s.product_line_id
"""


def list_scores(connection: Connection, account_id: int | None = None) -> list[ScoreRow]:
    """Judgements, newest first. Over all accounts, those of archived ones are left out."""
    own = "a.archived_at IS NULL" if account_id is None else "s.account_id = :account"
    return fetch(
        connection,
        ScoreRow,
        f"{_ROW} WHERE s.archived_at IS NULL AND {own} ORDER BY s.as_of DESC, s.id DESC",
        {"account": account_id},
    )


def get_score(connection: Connection, score_id: int) -> ScoreRow:
    """One judgement; raises `NotFound`."""
    row = fetch_one(connection, ScoreRow, f"{_ROW} WHERE s.id = ?", (score_id,))
    if row is None:
        raise NotFound(_("There is no score with the number {id}.").format(id=score_id))
    return row


def get_scorecard(
    connection: Connection, account_id: int, today: date, *, product_line_id: int | None = None
) -> ScorecardCard:
    """The card of an account, or of a product line, which answers first and the account where it is silent. Raises
    `NotFound`."""
    found = connection.execute("SELECT name, tier FROM account WHERE id = ?", (account_id,)).fetchone()
    if found is None:
        raise NotFound(_("There is no account with the number {id}.").format(id=account_id))
    line = connection.execute("SELECT name FROM product_line WHERE id = ?", (product_line_id,)).fetchone()
    rows = [row for row in reversed(list_scores(connection, account_id)) if row.as_of <= today]
    scores = [Score(row.criterion, row.score, row.as_of, row.product_line_id) for row in rows]
    newest = {(row.product_line_id, row.criterion): row for row in rows}
    card = card_of(scores, product_line_id)
    qualification = qualify(card, repeats=_repeats(connection, account_id, today))
    tier = Tier(found[1]) if found[1] else None
    key = tier is not None and tier is not Tier.NON_KEY
    lines = []
    for criterion in Criterion:
        row = newest.get((product_line_id, criterion)) or newest.get((None, criterion))
        lines.append(
            CardLine(
                criterion, WEIGHT[criterion], card[criterion], row.as_of if row else None, row.evidence if row else None
            )
        )
    return ScorecardCard(
        account_id,
        found[0],
        line[0] if line else None,
        tier,
        tuple(lines),
        qualification,
        confirms(scores),
        tier is not None and qualification.suggestion in ({"not_key"} if key else {"key"}),
    )


def _repeats(connection: Connection, account_id: int, today: date) -> bool | None:
    """Whether there was consumable or service revenue in the last year; None without any order on record."""
    (orders, repeats) = connection.execute(
        f"""SELECT count(*), count(CASE WHEN kind IN ('{TransactionKind.CONSUMABLE}', '{TransactionKind.SERVICE}')
                                   AND on_date > :since THEN 1 END)
            FROM "transaction" WHERE account_id = :account AND on_date <= :today AND archived_at IS NULL""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "since": (today - timedelta(days=REPEAT_DAYS)).isoformat(),
        },
    ).fetchone()
    return bool(repeats) if orders else None
