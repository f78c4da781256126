"""How fast the texts are read, and how well: CPU seconds, and precision and recall on the labelled paragraphs.

    OPENCOMPACT_DOCUMENTS=folder python benchmarks/documents.py

Two readings in one process, the same command on the same machine: the first pays for compiling the patterns, the second
does not. The labels are in tests/documents/labels; the half "check" was not looked at while the rules were written.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from opencompact.documents import claims_in, provisions_in, read
from opencompact.documents.measuring import WHAT, found_in, labels_of, measure

LABELS = Path(__file__).parent.parent / "tests" / "documents" / "labels" / "paragraphs.csv"


def main() -> None:
    files = sorted(Path(os.environ["OPENCOMPACT_DOCUMENTS"]).glob("*.txt"))
    for run in ("first reading", "second reading"):
        start = time.process_time()
        documents = [read(path) for path in files]
        reading = time.process_time() - start
        start = time.process_time()
        for document in documents:
            provisions_in(document, documents)
            claims_in(document)
        rules = time.process_time() - start
        print(f"{run}: {len(files)} files in {reading:.2f} s of CPU; provisions and claims in {rules:.2f} s")
    for document in documents:
        numbered = [sum(entry.part == part.id for entry in document.numbered) for part in document.parts]
        print(
            f"  {document.source['file']}: {' + '.join(str(number) for number in numbered if number)} numbered paragraphs"
        )
    labels = labels_of(LABELS)
    found = found_in(document for document in documents if "plain" not in str(document.source["file"]))
    print(f"\n{len(labels)} labelled paragraphs      build half          check half          all")
    for what in WHAT:
        cells = []
        for half in ("build", "check", None):
            told = measure(labels, found, what, half)
            cells.append(f"P {told.precision:.3f} R {told.recall:.3f}")
        print(f"  {what:22s} {'   '.join(cells)}")


if __name__ == "__main__":
    main()
