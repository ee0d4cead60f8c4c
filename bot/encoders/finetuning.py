"""Fine-tuning a BERT encoder on questions, answers and what people write when they ask.

Contrastive learning with in-batch negatives (Henderson et al. 2017, arXiv:1705.00652), half of
them neighbours of the same subject; then the tuned weights are averaged with the original ones,
which keeps what the model knew of other languages and fields (Wortsman et al. 2022, WiSE-FT,
arXiv:2109.01903). Word embeddings stay as they are.

Needs torch and sentence-transformers (`make transformers`).
"""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.encoders.lessons import Lesson
from bot.encoders.optional import needed
from bot.encoders.sentence_transformers import e5_prompts
from bot.errors import EncoderError
from bot.language.normalise import normalise
from bot.quality.noise import noisy

_PURPOSE = "Fine-tuning"
_NEIGHBOURS = 4  # entries of one subject that meet in a batch, each the others' hard negative
_QUESTION_TOKENS, _PASSAGE_TOKENS = 48, 128  # longer texts are cut while training


@dataclass(frozen=True)
class Recipe:
    """How to train. The values are those of the model that comes with the project."""

    epochs: int = 2
    batch: int = 32  # lessons
    learning_rate: float = 5e-5
    warm_up: float = 0.1  # share of the steps
    scale: float = 30.0  # of the cosines, before the softmax
    noise: float = 0.4  # share of the messages that are written badly
    only_answer: float = 0.5  # share of the batches whose passages lack their question
    tuned: float = 0.5  # share of the tuned weights in the average
    seed: int = 1


def batches(lessons: Sequence[Lesson], recipe: Recipe, chance: random.Random) -> list[list[Lesson]]:
    """Return one epoch's batches: each lesson once for every two of its messages.

    A batch holds small groups of the same subject. No lesson is in a batch twice, since it would
    be its own negative.
    """
    groups = [group for subject in _by_subject(lessons) for group in _groups(subject, chance)]
    chance.shuffle(groups)
    made: list[list[Lesson]] = []
    open_ones: list[list[Lesson]] = []
    for group in groups:
        fitting = (
            one
            for one in open_ones
            if len(one) + len(group) <= recipe.batch and not set(group) & set(one)
        )
        batch = next(fitting, None)
        if batch is None:
            batch = []
            open_ones.append(batch)
            made.append(batch)
        batch += group
        open_ones = [one for one in open_ones if len(one) < recipe.batch]
    chance.shuffle(made)
    return [batch for batch in made if len(batch) > 1]


def _by_subject(lessons: Sequence[Lesson]) -> list[list[Lesson]]:
    found: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        found.setdefault(lesson.subject, []).append(lesson)
    return list(found.values())


def _groups(subject: list[Lesson], chance: random.Random) -> Iterator[list[Lesson]]:
    rounds = max(math.ceil(len(lesson.asked) / 2) for lesson in subject)
    for turn in range(rounds):
        left = [lesson for lesson in subject if len(lesson.asked) > 2 * turn]
        chance.shuffle(left)
        yield from (left[at : at + _NEIGHBOURS] for at in range(0, len(left), _NEIGHBOURS))


def _badly(text: str, share: float, chance: random.Random) -> str:
    """Return `text`, or with the chance `share` a version of it as people type in haste."""
    if chance.random() >= share:
        return text
    change = chance.choice(("bare", "typos", "typos", "lower", "fewer words"))
    if change == "typos":
        return noisy(text, "typos", seed=chance.randrange(2**30))
    if change == "bare":
        return noisy(text, "no_diacritics").lower()
    words = text.split()
    if change == "lower" or len(words) < 4:
        return text.lower().rstrip("?.!")
    return " ".join(word for word in words if chance.random() > 0.2) or text


def _two_or_more(lesson: Lesson) -> tuple[str, ...]:
    return lesson.asked if len(lesson.asked) > 1 else (*lesson.asked, lesson.question)


def _told(lesson: Lesson, alone: bool) -> str:
    return lesson.answer if alone else f"{lesson.question} {lesson.answer}"


class Tuner:
    """A model in training.

    Raises:
        EncoderError: an optional package is missing, or the folder holds no model.
    """

    def __init__(self, folder: Path) -> None:
        self._torch = needed("torch", _PURPOSE)
        library = needed("sentence_transformers", _PURPOSE)
        try:
            self._whole = library.SentenceTransformer(
                str(folder), device="cpu", local_files_only=True
            )
        except (OSError, ValueError) as error:
            raise EncoderError(f"{folder} holds no sentence-transformers model.") from error
        self._bert = self._whole[0].auto_model.eval()  # noise in the texts, no dropout
        self._words = self._whole.tokenizer
        self._whole.prompts = e5_prompts(str(folder), dict(self._whole.prompts or {}))
        self._bert.embeddings.requires_grad_(False)
        self._before = {name: value.clone() for name, value in self._bert.state_dict().items()}

    def train(
        self,
        lessons: Sequence[Lesson],
        recipe: Recipe,
        progress: Callable[[int, int, float], None] = lambda *_: None,
    ) -> None:
        """Train, then average. `progress` gets steps done, steps in all and the loss."""
        torch = self._torch
        chance = random.Random(recipe.seed)  # noqa: S311  # no secret
        plan = [b for _ in range(recipe.epochs) for b in batches(lessons, recipe, chance)]
        trained = [value for value in self._bert.parameters() if value.requires_grad]
        optimiser = torch.optim.AdamW(trained, lr=recipe.learning_rate, weight_decay=0.01)
        pace = torch.optim.lr_scheduler.LambdaLR(optimiser, _pace(len(plan), recipe.warm_up))
        for step, batch in enumerate(plan, start=1):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = self._loss(batch, recipe, chance)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            pace.step()
            optimiser.zero_grad()
            progress(step, len(plan), loss.item())
        self.average(recipe.tuned)

    def average(self, tuned: float) -> None:
        """Set every weight to (1 - tuned) of the original and `tuned` of the trained one."""
        after = self._bert.state_dict()
        self._bert.load_state_dict(
            {name: before.lerp(after[name], tuned) for name, before in self._before.items()}
        )

    def save(self, out: Path) -> None:
        """Write the model in sentence-transformers' form."""
        self._whole.save(str(out))

    def _loss(self, batch: Sequence[Lesson], recipe: Recipe, chance: random.Random) -> Any:
        """Let each message find its entry, its question and another message to the same entry."""
        pairs = [chance.sample(_two_or_more(lesson), 2) for lesson in batch]
        asked = self._questions([_badly(one, recipe.noise, chance) for one, _ in pairs])
        again = self._questions([other for _, other in pairs])
        question = self._questions([lesson.question for lesson in batch])
        alone = chance.random() < recipe.only_answer
        passage = self._passages([_told(lesson, alone) for lesson in batch])
        rows = self._torch.arange(len(batch))
        pairs_of = [(asked, (question + passage) / 2), (asked, passage), (asked, question)]
        pairs_of += [(asked, again), (question, passage)]
        losses = [
            self._torch.nn.functional.cross_entropy(recipe.scale * text @ found.T, rows)
            for text, found in pairs_of
        ]
        return sum(losses) / len(losses)

    def _questions(self, texts: Sequence[str]) -> Any:
        return self._encode("query", texts, _QUESTION_TOKENS)

    def _passages(self, texts: Sequence[str]) -> Any:
        return self._encode("passage", texts, _PASSAGE_TOKENS)

    def _encode(self, kind: str, texts: Sequence[str], longest: int) -> Any:
        read = self._words(
            [self._whole.prompts[kind] + normalise(text) for text in texts],
            padding=True,
            truncation=True,
            max_length=longest,
            return_tensors="pt",
        )
        mask = read["attention_mask"].unsqueeze(-1)
        states = self._bert(**read).last_hidden_state.float()
        means = (states * mask).sum(1) / mask.sum(1)
        return self._torch.nn.functional.normalize(means, dim=-1)


def _pace(steps: int, warm_up: float) -> Callable[[int], float]:
    warm = max(1, round(steps * warm_up))
    return lambda step: min((step + 1) / warm, (steps - step) / max(1, steps - warm))
