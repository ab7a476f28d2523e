"""The form of an account. A name is enough."""

from datetime import date

from kamtui.language import mark
from kamtui.store.reads.accounts import get_account
from kamtui.store.reads.links import links
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts, chosen, grades, picked, text_of

_FIELDS = (
    Field("name", mark("name"), required=True),
    Field("tier", mark("tier"), Kind.CHOICE, options=words.TIER),
    # Later it is changed by the command that shows what is unmet and keeps the decision.
    Field("stage", mark("stage"), Kind.CHOICE, required=True, only_new=True, options=words.STAGE, default="building"),
    Field("kam_id", mark("KAM"), Kind.COLLEAGUE),
    Field("parent_id", mark("part of"), Kind.ACCOUNT),
    Field("note", mark("note"), Kind.NOTE),
    Field("categories", mark("category"), Kind.SEVERAL, folded=True, options=words.CATEGORY),
    Field("value_orientation", mark("values"), Kind.CHOICE, folded=True, options=words.VALUES),
    Field("channel_role", mark("channel"), Kind.CHOICE, folded=True, options=words.CHANNEL),
    Field("purchase_features", mark("buys by"), Kind.SEVERAL, folded=True, options=words.FEATURE),
    Field("potential", mark("potential"), Kind.CHOICE, folded=True, half=True, options=grades(0, 4)),
    Field("involvement_depth", mark("involvement"), Kind.CHOICE, folded=True, half=True, options=grades(0, 5)),
    Field("exec_sponsor_id", mark("our sponsor"), Kind.COLLEAGUE, folded=True),
    Field("aliases", mark("other names"), Kind.NAMES, folded=True, hint=mark("one; another")),
    Field("tags", mark("tags"), Kind.WORDS, folded=True, hint=mark("one, another")),
)
_ALL = tuple(field.name for field in _FIELDS if field.name != "name")


def load(connection: Connection, account_id: int, _today: date) -> Texts:
    """The texts of an account."""
    card = get_account(connection, account_id)
    whom = links(connection, "account", account_id)
    return {
        "name": card.name,
        "tier": text_of(card.tier),
        "note": card.note or "",
        "categories": chosen(card.categories, words.CATEGORY),
        "value_orientation": text_of(card.value_orientation),
        "channel_role": text_of(card.channel_role),
        "purchase_features": chosen(card.purchase_features, words.FEATURE),
        "potential": text_of(card.potential),
        "involvement_depth": text_of(card.involvement_depth),
        "aliases": "; ".join(sorted(card.aliases)),
        "tags": ", ".join(sorted(card.tags)),
        **{name: picked(*(link or (None, None))) for name, link in whom.items()},
    }


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Adds an account, or changes one."""
    from kamtui.services.accounts import add_account, edit_account

    if filled.record_id is None:
        return "account", add_account(work, filled.values["name"], **filled.given(*_ALL)).id
    return "account", edit_account(work, filled.record_id, **filled.given("name", *_ALL)).id


ACCOUNT = FormSpec("account", mark("New account"), mark("Account"), _FIELDS, load, save)
