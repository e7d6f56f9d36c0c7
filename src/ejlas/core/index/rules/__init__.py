"""What the index holds of a thing, how it sounds in another script, and the state of its wordings; no framework."""

from ejlas.core.index.rules.items import KEY_BYTES, MAKE, Item, Wanted, WordingState, digest_of
from ejlas.core.index.rules.states import WordingFacts, wording_states
from ejlas.core.index.rules.terms import Condition, conditions, terms_of

__all__ = [
    "KEY_BYTES",
    "MAKE",
    "Condition",
    "Item",
    "Wanted",
    "WordingFacts",
    "WordingState",
    "conditions",
    "digest_of",
    "terms_of",
    "wording_states",
]
