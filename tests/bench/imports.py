"""`python tests/bench/imports.py`: `kamtui import csv` of transactions as a whole command, with log, keys and fsync."""

import csv
import json
import random
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from timing import KAMTUI


def write(path: Path, count: int) -> None:
    pick = random.Random(7)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "account", "date", "revenue", "gross_profit", "quantity", "product_line"])
        for number in range(count):
            day = f"20{pick.randrange(20, 26)}-{pick.randrange(1, 13):02}-{pick.randrange(1, 28):02}"
            amount = pick.randrange(100, 90_000)
            out.writerow(
                [
                    f"O{number}",
                    f"Account {number % 300}",
                    day,
                    amount,
                    amount // 4,
                    pick.randrange(1, 50),
                    f"Line {number % 7}",
                ]
            )


def main() -> None:
    for count in (10_000, 100_000, 300_000):
        with tempfile.TemporaryDirectory() as folder:
            file, db = Path(folder, "orders.csv"), str(Path(folder, "bench.db"))
            write(file, count)
            command = [
                KAMTUI, "--db", db, "--json", "import", "csv", str(file), "--into", "transaction", "--create-missing",
                "--key", "id", "--currency", "CNY",
            ]  # fmt: skip
            for turn in ("first", "again"):
                start = time.perf_counter()
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                took = time.perf_counter() - start
                told = json.loads(done.stdout)
                print(
                    f"{count:>8,} rows, {turn:5}: {took:6.2f} s, {count / took:>9,.0f} rows a second, "
                    f"created {told['created']:,}, unchanged {told['unchanged']:,}, "
                    f"largest child so far {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB"
                )


if __name__ == "__main__":
    main()
