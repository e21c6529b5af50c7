"""Speed of extraction as ratios, in one run on one text: `make bench`.

The reference point is a plain `re.findall` of codes on the same text; times are the median
of interleaved rounds, and only ratios are printed, because machines are noisy.
"""

import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from kgdocs.extract import Extractor
from kgdocs.grammar import Rules, load_rules
from kgdocs.read import read_layout, read_source

ROUNDS = 5
PLAIN = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐ]+")


def corpus_text(size: int, rules: Rules) -> str:
    """Return about `size` characters of the corpus, over and over."""
    folder = Path(__file__).resolve().parents[2] / "corpus"
    texts = [read_source(path, rules).text for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]
    once = "\n\n".join(texts)
    return (once * (size // len(once) + 1))[:size]


def median_seconds(work: Callable[[], object]) -> float:
    """Median time of `work` over the rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the ratios."""
    rules = load_rules()
    extractor = Extractor(rules)
    rates = {}
    for size in (25_000, 100_000, 400_000):
        text = corpus_text(size, rules)
        plain = median_seconds(lambda text=text: PLAIN.findall(text))
        layout = read_layout(text, rules)
        whole = median_seconds(lambda text=text, layout=layout: extractor.extract(text, layout))
        rates[size] = size / whole
        references = len(extractor.extract(text, layout).references)
        print(f"{size:7} characters, {references:5} references: extraction takes {whole / plain:6.1f} x plain re")
    print(f"400k characters run at {rates[400_000] / rates[25_000]:.2f} of the rate of 25k")


if __name__ == "__main__":
    main()
