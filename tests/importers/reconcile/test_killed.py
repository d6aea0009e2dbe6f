"""A run that is killed leaves the judgements whole, and the next one goes on."""

import os
import random
import signal
import subprocess
import sys
import time

from ptce_graph.importers.reconcile import store

_ENDLESS = """
import sys
from pathlib import Path
from ptce_graph.importers.reconcile import store
from ptce_graph.importers.reconcile.judgements import Judgement

folder = Path(sys.argv[1])
number = len(store.read(folder))
print("started", flush=True)
while True:
    store.judge(folder, [Judgement(f"left-{number}", f"right-{number}", "same", "é" * 2000)])
    number += 1
"""


def test_killed_at_any_moment_the_file_is_whole(tmp_path):
    draw = random.Random(7)
    before = 0
    for _kill in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", _ENDLESS, str(tmp_path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert process.stdout.readline().strip() == b"started"
        time.sleep(0.02 + 0.1 * draw.random())
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
        process.stdout.close()
        rows = store.read(tmp_path)
        assert [row.left for row in rows] == [f"left-{number}" for number in range(len(rows))]
        assert all(row.reason == "é" * 2000 for row in rows)
        assert len(rows) >= before
        before = len(rows)
    assert before > 0
