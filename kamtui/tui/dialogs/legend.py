"""The legend of the marks, in the words of the field."""

from collections.abc import Iterator

from kamtui.domain.enums import BuyingRole, Influence, NeedState, Stance
from kamtui.domain.labels import INFLUENCE, NEED_STATE, ROLE, ROLE_WORDS, STANCE
from kamtui.language import gettext as _


def legend() -> Iterator[tuple[str, str]]:
    """What is marked, and the marks with their words (SCREENS.md, "Marks")."""
    # Where nobody asks for help, the brief's words need not be there.
    from kamtui.brief.words import INFLUENCE_WORDS, STANCE_WORDS, STATE_WORDS

    yield _("stance"), _joined((STANCE[stance], _(STANCE_WORDS[stance])) for stance in Stance)
    yield _("influence"), _joined((INFLUENCE[value], _(INFLUENCE_WORDS[value])) for value in Influence)
    yield _("roles"), _joined((ROLE[role], _(ROLE_WORDS[role])) for role in BuyingRole) + ", " + _("~ and more")
    yield _("relationship"), _("1 vendor, 2 credible, 3 problem solver, 4 trusted; 1>3 now and target")
    yield _("severity"), _("!! critical  ! warning  . due today  - gap  ^ good news")
    yield _("age"), _("12d days, 15w weeks, 2y years; ! past the cadence, !! past twice of it; none never touched")
    yield (
        _("person"),
        _("[CFO, not met] a place whose holder we have not met; (name, left 26-03) left; ext from outside"),
    )
    yield (
        _("need"),
        _("im implicit, EX explicit")
        + "; "
        + _joined((NEED_STATE[state], _(STATE_WORDS[state])) for state in NeedState),
    )
    yield _("promise"), _("> ours, < theirs; [ ] open, [x] done, [!] late, [-] missed, [w] waived")
    yield _("tier"), _("T1 T2 T3 key account, no not key, p provisional; blank unsorted")
    yield _("edge"), _("==> influence, --> informal, x-x conflict")
    yield _("list"), _("> the cursor, * marked, ~ cut off")


def _joined(pairs: Iterator[tuple[str, str]]) -> str:
    return ", ".join(f"{mark} {words}" for mark, words in pairs)
