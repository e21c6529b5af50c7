"""Speed of extraction as ratios, its growth on inputs made to be slow, linking, checks, pages, builds: `make bench`.

Reference points are measured in the same rounds on the same text; ratios are medians over
the rounds, because machines are noisy. Times are processor times.
"""

import argparse
import gc
import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from kgdocs.grammar import load_rules
from tests.benchmarks.building import building_lines, measure_building
from tests.benchmarks.checking import checking_line, measure_checking
from tests.benchmarks.country import make_country
from tests.benchmarks.growth import growth_figures, growth_line, measure_growth
from tests.benchmarks.linking import linking_lines, measure_linking
from tests.benchmarks.pages import measure_pages, page_lines
from tests.benchmarks.speed import measure_speed, speed_figures, speed_lines

SIZES, ROUNDS = (25_000, 100_000, 400_000), 5
QUICK_SIZES, QUICK_ROUNDS = (25_000, 100_000), 3
PARTS = ("speed", "growth", "linking", "checking", "pages", "building")
REGISTER, QUICK_REGISTER = (200_000, 100_000), (20_000, 10_000)
"""Rows of the register, and damaged codes that are linked against it."""
COUNTRY, QUICK_COUNTRY = (200_000, 7), (10_000, 3)
"""Documents of the country whose pages are measured and against which a draft is checked, and rounds."""
FILES, QUICK_FILES = 20_000, 1_000
"""Files of the folder that is built."""
GROWTH = (250_000, 1_000_000)
QUICK_GROWTH = (25_000, 100_000)


def main() -> None:
    """Measure, print, and write the JSON that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter texts, fewer rounds")
    parser.add_argument("--part", choices=PARTS, help="only this part")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    options = parser.parse_args()
    rules = load_rules()
    gc.collect()
    gc.freeze()
    print("The garbage collector leaves the rules alone (gc.freeze): they are large and never change.")
    figures: dict[str, object] = {"quick": options.quick}
    parts = (options.part,) if options.part else PARTS
    if "speed" in parts:
        sizes, rounds = (QUICK_SIZES, QUICK_ROUNDS) if options.quick else (SIZES, ROUNDS)
        measured = list(measure_speed(rules, sizes, rounds))
        print("\n".join(speed_lines(measured)), flush=True)
        figures["speed"] = speed_figures(measured)
    if "growth" in parts:
        short, long = QUICK_GROWTH if options.quick else GROWTH
        growths = []
        for growth in measure_growth(rules, short, long):
            growths.append(growth)
            print(growth_line(growth, short, long), flush=True)
        print(f"{sum(growth.is_linear for growth in growths)} of {len(growths)} inputs are read in linear time")
        figures["growth"] = growth_figures(growths, short, long)
    if "linking" in parts:
        linking = measure_linking(rules, *(QUICK_REGISTER if options.quick else REGISTER))
        print("\n".join(linking_lines(linking)), flush=True)
        figures["linking"] = asdict(linking)
    if {"pages", "checking"} & set(parts):
        documents, rounds = QUICK_COUNTRY if options.quick else COUNTRY
        with TemporaryDirectory() as folder:
            country = make_country(Path(folder) / "country.db", rules, documents)
            if "checking" in parts:
                checking = measure_checking(country, Path(folder), rounds)
                print(checking_line(checking), flush=True)
                figures["checking"] = asdict(checking)
            if "pages" in parts:
                costs = list(measure_pages(country, rounds))
                print("\n".join(page_lines(costs, documents)), flush=True)
                figures["pages"] = [asdict(one) for one in costs]
    if "building" in parts:
        building = measure_building(rules, QUICK_FILES if options.quick else FILES)
        print("\n".join(building_lines(building)), flush=True)
        figures["building"] = {**asdict(building), "ratio": building.ratio, "efficiency": building.efficiency}
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
