"""Seconds that eyecite takes, run in an environment that has it: `python eyecite_rate.py PIECE…`.

Every line on standard input is a round, and is answered by {"seconds", "characters", "citations"} of all pieces. The
English is made up; it cites as often as the Vietnamese prose beside it. No module of the project is imported.
"""

import json
import logging
import random
import sys
import time

from eyecite import get_citations

SEED = 20240725
PROSE = (
    "The court below found that the parties had not met their burden, and that the record was silent on the matter.",
    "Counsel for the petitioner argued at length that the statute does not reach conduct of this kind in 3 of the 12 counties.",
    "We do not read the order so broadly; it speaks of 1,250 households and of no others.",
    "On 12 March the board met again, heard the staff, and put the question off to the next quarter.",
    "Of the 14.5 % that remained, most had moved before the notice was served, as the clerk testified.",
    "The remaining arguments were not raised below, and we see no reason to take them up here for the first time.",
    "A further hearing was held in May, at which the agency set out how it had counted the claims.",
)
CITING = (
    "See Harwood v. Lindqvist, {page} U.S. {number} ({year}), where the same question was left open.",
    "The rule of Alder Mills v. Cobb, {page} F.3d {number}, {number} (9th Cir. {year}), is to the contrary.",
    "The claim rests on 42 U.S.C. § {number}, which the parties agree is the only basis.",
    "That was settled in Bexley v. Tarrant, {page} F.2d {number} ({year}), and has been followed since.",
    "Compare 29 C.F.R. § {number} with what the notice of the agency says.",
)
SHARE = 0.1


def text(size: int) -> str:
    """Return `size` characters of English that cites, the same every time."""
    chance = random.Random(SEED)
    pieces, length = [], 0
    while length < size:
        sentence = chance.choice(CITING if chance.random() < SHARE else PROSE)
        number = {
            "page": chance.randint(100, 599),
            "number": chance.randint(100, 1999),
            "year": chance.randint(1950, 2020),
        }
        pieces.append(sentence.format(**number) + " ")
        length += len(pieces[-1])
    return "".join(pieces)[:size]


def main() -> None:
    """Answer each line of the input with what one round over all pieces took."""
    logging.disable(logging.CRITICAL)
    pieces = [text(int(size)) for size in sys.argv[1:]]
    get_citations(pieces[0][:2000])  # its patterns are compiled with the first use
    for _ in sys.stdin:
        begun = time.process_time()
        found = sum(len(get_citations(piece)) for piece in pieces)
        spent = time.process_time() - begun
        print(json.dumps({"seconds": spent, "characters": sum(map(len, pieces)), "citations": found}), flush=True)


if __name__ == "__main__":
    main()
