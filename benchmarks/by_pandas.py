"""The cells of `recount.py`, counted by pandas from a CSV file: run by a Python that has it.

Prints the seconds that reading and counting took, then a line for each cell.
"""

import csv
import sys
import time

import pandas as pd  # type: ignore[import-untyped]


def main(file: str) -> None:
    """Read, count, print."""
    began = time.perf_counter()
    rows = pd.read_csv(file)
    rows["internal"] = rows["settled"].fillna(rows["audited"])
    cells = [
        (section, f"audited:{int(grade)}", count)
        for (section, grade), count in rows.groupby(["section", "audited"]).size().items()
    ]
    pairings = (("audited", "senior"), ("internal", "external"), ("audited", "external"))
    for number, (earlier, later) in enumerate(pairings):
        found = rows.dropna(subset=[earlier, later]).groupby(["section", f"{later}_random", earlier, later]).size()
        cells += [(key[0], f"{number}{key[1]}={int(key[2])}:{int(key[3])}", count) for key, count in found.items()]
    print(time.perf_counter() - began)
    csv.writer(sys.stdout).writerows(cells)


if __name__ == "__main__":
    main(sys.argv[1])
