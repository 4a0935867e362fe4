"""Greedy decoding of spaCy's transition-based NER as matrix products.

spaCy steps through a text token by token. While no entity is open, though, the features of a state
depend on the current token alone, so the scores of every closed state of a text are one product, and
only the inside of entities is stepped through. The entities are the same; a test compares the two.

This reads the layers "tok2vec", "lower" and "upper" of the model and the names of its moves. Where they
are not as expected, `FastDecoder` raises `Unfit` and the caller uses `nlp.pipe`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.attrs import IS_SPACE
from thinc.api import NumpyOps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

NEVER = np.float32(-1e9)
# The features of a state: the current token, the first token of the open entity, the token before.
CURRENT, FIRST, BEFORE = range(3)
N_FEATURES = 3


class Unfit(Exception):  # noqa: N818  not an error for anyone but the caller, who has another way
    """The model's inside is not as this decoder knows it."""


class TokenSpan(NamedTuple):
    """Tokens start (inclusive) to end (exclusive) of a document, and the label of the entity."""

    start: int
    end: int
    label: str


class NumpyProducts(NumpyOps):  # type: ignore[misc]  # untyped
    """Thinc's operations with numpy's matrix product, half as fast again as the one that thinc brings."""

    def gemm(self, x: Floats, y: Floats, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: FBT001, FBT002  thinc's signature
        """Return x · y, each transposed when asked; into `out` when it is given."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


class FastDecoder:
    """Decodes what the `ner` component of one pipeline would find. Safe to share between threads."""

    def __init__(self, ner: Any) -> None:
        try:
            self._tok2vec = ner.model.get_ref("tok2vec")
            lower, upper = ner.model.get_ref("lower"), ner.model.get_ref("upper")
            weights = np.asarray(lower.get_param("W"), dtype=np.float32)
            n_features, self._n_out, self._n_pieces, width = weights.shape
            rows = n_features * self._n_out * self._n_pieces
            # The pieces come before the outputs, so that their maximum is taken of whole rows.
            self._lower = np.ascontiguousarray(weights.swapaxes(1, 2).reshape(rows, width).T)
            bias = np.asarray(lower.get_param("b"), dtype=np.float32)
            self._bias = bias.reshape(self._n_out, self._n_pieces).T.reshape(-1)
            pad = np.asarray(lower.get_param("pad"), dtype=np.float32)
            pad = pad.reshape(n_features, self._n_out, self._n_pieces).swapaxes(1, 2).reshape(n_features, -1)
            self._upper = np.ascontiguousarray(np.asarray(upper.get_param("W"), dtype=np.float32).T)
            self._upper_bias = np.asarray(upper.get_param("b"), dtype=np.float32)
            moves = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Unfit(str(error)) from error
        if n_features != N_FEATURES or "O" not in moves or self._upper.shape[1] != len(moves):
            raise Unfit("the states have other features, or the moves other names")
        self._tok2vec._to_ops(NumpyProducts())  # noqa: SLF001  thinc has no other way to choose them
        self._no_entity = pad[FIRST] + pad[BEFORE] + self._bias
        self._kind = [move.partition("-")[0] for move in moves]
        self._label = [move.partition("-")[2] for move in moves]
        self._closed = self._allow(lambda kind, label: kind == "O" or (kind in {"B", "U"} and bool(label)))
        self._at_end = self._allow(lambda kind, _: kind != "B")
        self._at_space = self._allow(lambda kind, _: kind == "O")
        index = {move: i for i, move in enumerate(moves)}
        labels = {label for label in self._label if label}
        try:
            self._inside = {label: (index[f"I-{label}"], index[f"L-{label}"]) for label in labels}
        except KeyError as error:
            raise Unfit(f"no move {error}") from error

    def _allow(self, allowed: Any) -> Floats:
        """Return what to add to the scores so that only the allowed moves can win."""
        pairs = zip(self._kind, self._label, strict=True)
        return np.array([0 if allowed(kind, label) else NEVER for kind, label in pairs], dtype=np.float32)

    def decode(self, docs: Sequence[Doc]) -> list[list[TokenSpan]]:
        """Return the entities of each tokenised document, in order, without overlap."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [[] for _ in docs]
        vectors = self._tok2vec.predict(docs)
        stacked = np.concatenate([v for v in vectors if len(v)]) if isinstance(vectors, list) else vectors
        features = (stacked @ self._lower).reshape(len(stacked), N_FEATURES, -1)
        closed = self._score(features[:, CURRENT] + self._no_entity) + self._closed
        found, offset = [], 0
        for doc in docs:
            end = offset + len(doc)
            found.append(self._decode_one(doc, features[offset:end], closed[offset:end]))
            offset = end
        return found

    def _score(self, hidden: Floats) -> Floats:
        """Maxout over the pieces, then the output layer: (n, pieces·out) -> (n, moves)."""
        scores: Floats = self._maxout(hidden) @ self._upper + self._upper_bias
        return scores

    def _maxout(self, hidden: Floats) -> Floats:
        pieces = hidden.reshape(*hidden.shape[:-1], self._n_pieces, self._n_out)
        best: Floats = pieces.max(-2)
        return best

    def _decode_one(self, doc: Doc, features: Floats, closed: Floats) -> list[TokenSpan]:
        n = len(doc)
        if not n:
            return []
        closed[n - 1] += self._at_end
        closed[doc.to_array([IS_SPACE]).reshape(-1) > 0] += self._at_space
        best = closed.argmax(1).tolist()
        spans, i = [], 0
        while i < n:
            kind, label = self._kind[best[i]], self._label[best[i]]
            start, i = i, i + 1
            if kind == "O":
                continue
            if kind == "B":
                i = self._last(features, start, label)
            spans.append(TokenSpan(start, i, label))
        return spans

    def _last(self, features: Floats, start: int, label: str) -> int:
        """Return the end (exclusive) of the entity that begins at `start`."""
        go_on, stop = self._inside[label]
        n = len(features)
        for i in range(start + 1, n - 1):
            hidden = features[i, CURRENT] + features[start, FIRST] + features[i - 1, BEFORE] + self._bias
            pair = self._maxout(hidden) @ self._upper[:, (go_on, stop)] + self._upper_bias[[go_on, stop]]
            if pair[1] >= pair[0]:
                return i + 1
        return n
