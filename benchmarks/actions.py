"""Actions by the hundred thousand: a generator of files, and what reading and writing them costs.

python benchmarks/actions.py [rows]
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

WORDS = {
    "en": [
        "register",
        "births",
        "rescue",
        "boats",
        "health",
        "posts",
        "border",
        "workers",
        "remittances",
        "skills",
        "cards",
        "schools",
        "families",
        "data",
        "census",
        "legal",
        "advice",
        "shelter",
    ],
    "ar": [
        "تسجيل",
        "المواليد",
        "الإنقاذ",
        "العمال",
        "التحويلات",
        "المدارس",
        "الأسر",
        "البيانات",
        "المشورة",
        "القانونية",
        "المأوى",
        "الصحة",
        "الحدود",
    ],
    "zh": [
        "登记",
        "出生",
        "救援",
        "移民",
        "工人",
        "汇款",
        "学校",
        "家庭",
        "数据",
        "普查",
        "法律",
        "咨询",
        "卫生",
        "边境",
    ],
    "es": [
        "registrar",
        "nacimientos",
        "rescate",
        "trabajadores",
        "remesas",
        "escuelas",
        "familias",
        "datos",
        "censo",
        "asesoramiento",
        "salud",
        "fronteras",
    ],
    "fr": [
        "enregistrer",
        "naissances",
        "sauvetage",
        "travailleurs",
        "envois",
        "écoles",
        "familles",
        "données",
        "recensement",
        "conseil",
        "santé",
        "frontières",
    ],
    "ru": [
        "регистрация",
        "рождений",
        "спасение",
        "рабочие",
        "переводы",
        "школы",
        "семьи",
        "данные",
        "перепись",
        "консультации",
        "здоровье",
        "границы",
    ],
}
# What a practice tells, in a line each: what lacks any of it is a draft.
TOLD = ("context", "aim", "activities", "beneficiaries", "results", "lessons", "replication")
HEAD = ("kind", "id", "title", "language", "by", "stakeholder", "areas", "objectives", "description", "indicator", "starts", "due", "progress", "measure", "target", "unit", "form", "mode", "level", *TOLD)  # fmt: skip


def rows(number: int, seed: int = 7) -> Iterator[list[str]]:
    """Rows of a table of pledges and practices, the same for a seed."""
    from opencompact import compact
    from opencompact.actions.words import STAGES, speakers

    chance = random.Random(seed)
    codes = [area.code for area in compact.countries()]
    for n in range(number):
        language = chance.choice(list(WORDS))
        words = WORDS[language]
        text = " ".join(chance.choice(words) for _ in range(40))
        day = f"20{chance.randint(23, 25)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        stage = chance.choice(STAGES[1:3]).code
        progress = f"{day} | {stage} | {text[:60]}" + (f" | figure | {n} persons" if chance.random() < 0.5 else "")
        kind = "pledge" if chance.random() < 0.7 else "practice"
        yield [
            kind, f"bench-{n:06d}", " ".join(chance.choice(words) for _ in range(6)), language,
            f"{chance.choice(words)} {n % 997}", chance.choice(speakers()).code, "; ".join(chance.sample(codes, chance.randint(1, 2))),
            "; ".join(map(str, sorted(chance.sample(range(1, 24), chance.randint(1, 3))))), text,
            chance.choice(["", "10.c.1", "16.9.1"]), "2022-01-01", f"20{chance.randint(25, 29)}-06-30",
            progress if chance.random() < 0.8 else "", *(("People", str(chance.randint(1, 9999)), "persons", "policy", "individual", *[""] * 8) if kind == "pledge" else ("", "", "", "", "", "local", *(text[:80] for _ in TOLD))),
        ]  # fmt: skip


def write(path: Path, number: int) -> Path:
    """Writes the table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        writer.writerows(rows(number))
    return path


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(number: int = 100_000) -> None:
    from opencompact import actions

    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "actions.csv", number)
        size = path.stat().st_size >> 20
        before, start = peak(), time.process_time()
        read = sum(entry.action is not None for entry in actions.read_actions(path))
        took = time.process_time() - start
        print(
            f"read and check {read:,} actions ({size} MB CSV): {took:.1f} CPU s, memory {before:.0f} → {peak():.0f} MB"
        )
        start = time.process_time()
        found = (entry.action for entry in actions.read_actions(path) if entry.action is not None)
        written = sum(len(text) for text in actions.csv_lines(found)) >> 20
        print(
            f"read, check and write them again ({written} MB): {time.process_time() - start:.1f} CPU s, memory {peak():.0f} MB"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
