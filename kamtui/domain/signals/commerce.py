"""Signals 10 and 12: relaxing once the contract is signed; a large ticket that is no large customer (PRODUCT.md §4)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from kamtui.domain.enums import TransactionKind
from kamtui.domain.signals.facts import AccountFacts, ContractFact, OrderFact
from kamtui.domain.signals.model import (
    Code,
    Evidence,
    Finding,
    Lack,
    Said,
    Subject,
    Turns,
    Until,
    earliest,
    plus,
    values,
)
from kamtui.domain.signals.money import currency_of, leaves_on
from kamtui.domain.signals.registry import Thresholds

REPEATING = frozenset({TransactionKind.CONSUMABLE, TransactionKind.SERVICE})


def complacency(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 10, for contracts that are signed and have not ended."""
    live = [contract for contract in facts.contracts if contract.ends_on is None or contract.ends_on >= day]
    if not live:
        yield Lack(Code.COMPLACENCY, "contracts")
        return
    yield from earliest(plus(contract.ends_on, 1) for contract in live if contract.ends_on)
    for contract in live:
        yield from _quiet(facts, contract, limits)
        yield from _attainment(facts, contract, limits)
        ends = contract.ends_on
        if ends is not None and not contract.renewing and not _is_followed(contract, ends, facts.contracts):
            yield Finding(
                Code.COMPLACENCY,
                "contract.ends",
                Subject("contract", contract.id),
                _before(facts, contract, ends, limits),
                values(ends=ends),
                (Evidence("contract", contract.id, ends),),
            )


def _is_followed(contract: ContractFact, ends: date, others: tuple[ContractFact, ...]) -> bool:
    """Whether another contract goes on when this one ends: of its product line, or of all."""
    return any(
        other.ends_on is not None and other.ends_on > ends and other.product_line_id in {None, contract.product_line_id}
        for other in others
    )


def _before(facts: AccountFacts, contract: ContractFact, ends: date, limits: Thresholds) -> Turns:
    start = max(contract.signed_on, facts.sorted_on)
    warn, critical = (
        max(start, ends - timedelta(days=limits[f"{Code.COMPLACENCY}.end_{severity}"]))
        for severity in ("warn", "critical")
    )
    return Turns(warn=warn, critical=critical)


def _quiet(facts: AccountFacts, contract: ContractFact, limits: Thresholds) -> Iterator[Finding]:
    """Touches of the days after the signature against those of the days before it, once these days have passed; cleared
    where so many days since had as many touches as these should have had."""
    known = limits.of(Code.COMPLACENCY)
    days, signed = known["days"], contract.signed_on
    before = sum(0 < (signed - on).days <= days for on in facts.touched)
    needed = -(-before * known["share"] // 100)
    since = sorted(on for on in facts.touched if on > signed)
    if before < known["least"] or _as_often(since, needed, days):
        return
    yield Finding(
        Code.COMPLACENCY,
        "contract.quiet",
        Subject("contract", contract.id),
        Turns(warn=max(plus(signed, days + 1), facts.sorted_on)),
        values(before=before, days=days, after=sum((on - signed).days <= days for on in since), share=known["share"]),
        (Evidence("contract", contract.id, signed),),
    )


def _as_often(touched: Sequence[date], needed: int, days: int) -> bool:
    """Whether any so many days had as many touches as needed."""
    return needed < 1 or any(
        (last - first).days < days for first, last in zip(touched, touched[needed - 1 :], strict=False)
    )


def _attainment(facts: AccountFacts, contract: ContractFact, limits: Thresholds) -> Iterator[Finding | Lack]:
    """The days on which actual / (committed · elapsed share) falls below each threshold, as long as nothing comes in."""
    starts, ends, committed, actual = contract.starts_on, contract.ends_on, contract.committed, contract.actual
    if starts is None or ends is None or not committed:
        return
    if actual is None:
        sold = any(order.kind is not TransactionKind.RECIPROCAL_PURCHASE for order in facts.orders)
        yield Lack(Code.COMPLACENCY, "counted" if sold else "orders")
        return
    known, whole = limits.of(Code.COMPLACENCY), (ends - starts).days + 1

    def falls_below(percent: int) -> date | None:
        # After n of `whole` days: actual · whole / (committed · n) < percent / 100.
        days = 100 * actual * whole // (percent * committed) + 1
        if days > whole:
            return None
        return max(starts + timedelta(days=max(days, known["attainment_after"]) - 1), facts.sorted_on)

    warn, critical = falls_below(known["attainment_warn"]), falls_below(known["attainment_critical"])
    if warn is None:
        return
    yield Finding(
        Code.COMPLACENCY,
        "contract.attainment",
        Subject("contract", contract.id),
        Turns(warn=warn, critical=critical),
        values(actual=actual, committed=committed, starts=starts, until=ends),
        (Evidence("contract", contract.id, starts),),
    )


def pseudo_key(facts: AccountFacts, day: date, limits: Thresholds) -> Iterator[Said]:
    """Signal 12 (S2, S3): 伪大客户."""
    code, known = Code.PSEUDO_KEY, limits.of(Code.PSEUDO_KEY)
    if not facts.is_key:
        yield Lack(code, "key")
        return
    bought = [order for order in facts.orders if order.kind is not TransactionKind.RECIPROCAL_PURCHASE]
    if not bought:
        yield Lack(code, "orders")
        return
    old_enough = leaves_on(min(order.on for order in bought), known["history"])
    if old_enough > day:
        yield Lack(code, "early")
        yield Until(old_enough)
        return
    if currency_of(bought) is None:
        yield Lack(code, "currencies")
        return
    share = _largest_share(bought)
    if share is None or share < known["largest"]:
        return
    lasting = [
        plus(one.starts_on or one.signed_on, known["contract_days"]) for one in facts.contracts if one.ends_on is None
    ]
    if any(lasts <= day for lasts in lasting):
        return
    yield from earliest(lasting)
    turned = max(old_enough, _repeats_until(bought, known), _bound_until(facts.contracts, known["contract_days"]))
    last = max(bought, key=lambda order: order.on)
    yield Finding(
        code,
        "pseudo.key",
        Subject("account", facts.id),
        Turns(warn=max(turned, facts.sorted_on)),
        values(largest=share, last=last.on.isoformat()),
    )


def _largest_share(bought: list[OrderFact]) -> int | None:
    whole = sum(order.revenue for order in bought)
    return 100 * max(order.largest for order in bought) // whole if whole > 0 else None


def _repeats_until(bought: list[OrderFact], known: Mapping[str, int]) -> date:
    """The day from which there are no longer orders enough: the last but one main order, consumables and service."""
    main = sorted(
        (order.on for order in bought if order.kind is TransactionKind.MAIN for _one in range(order.count)),
        reverse=True,
    )
    ends = [leaves_on(main[known["orders"]], known["months"])] if len(main) > known["orders"] else []
    ends += [
        plus(order.on, known["repeat_days"] + 1) for order in bought if order.kind in REPEATING and order.revenue > 0
    ]
    return max(ends, default=date.min)


def _bound_until(contracts: tuple[ContractFact, ...], least: int) -> date:
    """The day after the last contract over several periods that has an end."""
    ends = [
        plus(contract.ends_on, 1)
        for contract in contracts
        if contract.starts_on and contract.ends_on and (contract.ends_on - contract.starts_on).days + 1 >= least
    ]
    return max(ends, default=date.min)
