"""Our page beside raw pyvis with its default physics: ``python -m benchmarks.maps``.

For invented networks of some sizes: how large the file is, how long it takes to write
it, and how long a browser without a network needs until the map can be used. Raw pyvis
is usable when its physics has settled; ours when the map is painted and the search
answers. Writes a Markdown table on the output, progress on the error stream. Needs
playwright and Chromium.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

SIZES, QUICK = (300, 1_000, 3_000), 60
RUNS = 3
#: Seconds after which a page counts as not usable yet.
BOUND = 60
SEED = 20130115
#: The goal: with 300 nodes, usable so many times sooner, in a file of so many bytes.
GOAL_SIZE, GOAL_RATIO, GOAL_BYTES = 300, 10, 1_500_000

#: Runs in both pages before anything of theirs; counts from the start of the navigation.
_PYVIS_PROBE = """
  let held;
  Object.defineProperty(window, "network", {
    configurable: true,
    get: () => held,
    set: (network) => {
      held = network;
      network.once("stabilizationIterationsDone", () => { window.usable = performance.now(); });
    },
  });
"""
_OUR_PROBE = """
  const painted = (canvas) => {
    const { width, height } = canvas;
    if (!width || !height) return false;
    const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) return true;
    return false;
  };
  const probe = () => {
    const canvas = document.querySelector("#canvas canvas");
    const search = document.getElementById("search");
    if (canvas && search && painted(canvas)) {
      search.value = "organisation 7";
      search.dispatchEvent(new Event("input", { bubbles: true }));
      if (document.querySelector("#suggestions [role=option]")) {
        window.usable = performance.now();
        return;
      }
    }
    setTimeout(probe, 10);
  };
  probe();
"""


@dataclass(frozen=True)
class Side:
    """One page of one size: bytes, seconds to write, seconds until usable (``None``: not in time).

    ``same`` says whether a second run wrote the same bytes.
    """

    size: int
    writing: float
    usable: float | None
    same: bool


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of nodes")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} nodes, one run")
    parser.add_argument("--bound", type=float, default=BOUND, help="seconds to wait for a page")
    parser.add_argument("--check", action="store_true", help="end with 1 where the goal is missed")
    options = parser.parse_args(arguments)
    sizes = [QUICK] if options.quick else [int(size) for size in options.sizes.split(",")]
    runs = 1 if options.quick else RUNS
    with browser() as chromium:
        found = measured(chromium, sizes, runs, options.bound)
        sys.stdout.write(f"{machine(chromium)}\n\n{table(found, options.bound)}\n")
    missed = [told for told in goals(found, options.bound) if told]
    for told in missed:
        sys.stderr.write(f"{told}\n")
    return 1 if missed and options.check else 0


def measured(
    chromium: Any, sizes: list[int], runs: int, bound: float
) -> dict[int, tuple[Side, Side]]:
    """By number of nodes, our page and that of raw pyvis."""
    found: dict[int, tuple[Side, Side]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            sys.stderr.write(f"{size:,} nodes\n")
            network = heavy_tailed(size)
            found[size] = (
                our_side(chromium, network, Path(folder), runs, bound),
                raw_side(chromium, network, Path(folder), runs, bound),
            )
    return found


def heavy_tailed(size: int) -> Any:
    """A directed graph of ``size`` nodes: members of networks, a few of which are large."""
    import networkx as nx

    chance = random.Random(SEED)  # noqa: S311
    hubs = [f"network-{i}" for i in range(max(4, size // 25))]
    weights = [1 / (i + 1) ** 0.8 for i in range(len(hubs))]
    graph = nx.DiGraph()
    for i, hub in enumerate(hubs):
        graph.add_node(hub, name=f"Réseau {i} de l'économie sociale et solidaire", kind="network")
    for i in range(size - len(hubs)):
        graph.add_node(f"organisation-{i}", name=f"Organisation {i}", kind="organisation")
        for hub in sorted(set(chance.choices(hubs, weights, k=chance.choice([1, 1, 1, 2, 2, 3])))):
            graph.add_edge(f"organisation-{i}", hub)
    return graph


def model_of(graph: Any) -> Any:
    """Our map model of the graph: places, cards with facts and passages, sources."""
    from ptce_graph.maps.layout import layout
    from ptce_graph.maps.model import (
        Attribute,
        Category,
        Edge,
        Fact,
        MapModel,
        Node,
        Passage,
        Source,
    )

    placed = layout(graph).positions
    degree = dict(graph.degree())
    top = max(degree.values())
    order = sorted(graph, key=lambda n: (-degree[n], n))
    rank = {node: i for i, node in enumerate(order, start=1)}
    names = dict(graph.nodes(data="name"))
    passage = (Passage("document", "2.1 Les membres", "10-12"),)
    facts: dict[str, list[Fact]] = {node: [] for node in graph}
    for one, other in graph.edges:
        facts[one].append(Fact(f"Membre de {names[other]}", passage, other))
        facts[other].append(Fact(f"A pour membre {names[one]}", passage, one))
    return MapModel(
        language="fr",
        title="Carte d'essai",
        subtitle=f"{len(graph)} noms inventés, selon 1 document",
        node_categories=(
            Category("network", "Réseau", "#0072B2", "diamond", 1),
            Category("organisation", "Organisation", "#8A6FA8", "triangle", 1),
        ),
        edge_categories=(Category("membership", "Appartenance", "#4A6A8A", "solid", 1),),
        nodes=tuple(
            Node(
                id=node,
                label=names[node],
                category=graph.nodes[node]["kind"],
                x=placed[node][0],
                y=placed[node][1],
                size=round(9 + 21 * (degree[node] / top) ** 0.5),
                rank=rank[node],
                attributes=(Attribute("Nombre de liens", str(degree[node])),),
                facts=tuple(facts[node]),
            )
            for node in sorted(graph)
        ),
        edges=tuple(
            Edge(
                f"{one}:{other}",
                one,
                other,
                "membership",
                "Membre",
                (Fact("Membre", passage),),
            )
            for one, other in sorted(graph.edges)
        ),
        sources=(Source("document", "Étude inventée", "Éditeur, 2013"),),
        notes=("Tout est inventé.",),
    )


def our_side(chromium: Any, graph: Any, folder: Path, runs: int, bound: float) -> Side:
    """Our page, in two languages as the command writes it; its layout counts as writing."""
    from ptce_graph.maps.html import render_html

    def written() -> bytes:
        model = model_of(graph)
        return render_html(model, replace(model, language="en")).encode("utf-8")

    return _measured(chromium, written, folder / "ours.html", _OUR_PROBE, runs, bound)


def raw_side(chromium: Any, graph: Any, folder: Path, runs: int, bound: float) -> Side:
    """The page that pyvis writes when it is given the nodes and links, and asked nothing else."""
    from pyvis.network import Network

    def written() -> bytes:
        network = Network(cdn_resources="in_line")
        nodes = list(graph)
        network.add_nodes(nodes, label=[graph.nodes[node]["name"] for node in nodes])
        network.add_edges(list(graph.edges))
        file = folder / "written.html"
        # As ``write_html`` does, but in UTF-8 on every system.
        file.write_text(network.generate_html(), encoding="utf-8")
        return file.read_bytes()

    return _measured(chromium, written, folder / "raw.html", _PYVIS_PROBE, runs, bound)


def _measured(chromium: Any, written: Any, file: Path, probe: str, runs: int, bound: float) -> Side:
    times, contents = [], []
    for _ in range(max(runs, 2)):
        start = time.perf_counter()
        contents.append(written())
        times.append(time.perf_counter() - start)
    file.write_bytes(contents[0])
    waits = []
    for _ in range(runs):
        waits.append(usable_after(chromium, file, probe, bound))
        if waits[-1] is None:
            # It will not be sooner the next time.
            break
    late = None in waits
    return Side(
        len(contents[0]),
        statistics.median(times),
        None if late else statistics.median([wait for wait in waits if wait is not None]),
        len(set(contents)) == 1,
    )


def usable_after(chromium: Any, file: Path, probe: str, bound: float) -> float | None:
    """Seconds from the start of the navigation until ``probe`` finds the page usable."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    try:
        context.set_offline(True)
        context.add_init_script(probe)
        page = context.new_page()
        page.goto(file.as_uri(), wait_until="commit")
        end = time.monotonic() + bound
        while time.monotonic() < end:
            # Asked from outside: our page's policy lets nobody evaluate text in it.
            usable = page.evaluate("() => window.usable")
            if usable:
                return float(usable) / 1000
            time.sleep(0.05)
        return None
    finally:
        context.close()


@contextmanager
def browser() -> Iterator[Any]:
    """Headless Chromium: the system's, or the one that Playwright brought."""
    from playwright.sync_api import sync_playwright

    own = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=own, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


def machine(chromium: Any) -> str:
    """What it ran on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, Chromium {chromium.version}, "
        f"pyvis {version('pyvis')}; medians of {RUNS} runs"
    )


def table(found: dict[int, tuple[Side, Side]], bound: float) -> str:
    """The Markdown table: ours, raw pyvis, and how many times sooner ours is usable."""
    lines = [
        "| nodes | | file, kB | written in, s | usable after, s | sooner | same bytes |",
        "|--:|---|--:|--:|--:|--:|---|",
    ]
    for size, (ours, raw) in found.items():
        for name, side, sooner in (
            ("ptce-graph", ours, _ratio(ours, raw, bound)),
            ("raw pyvis", raw, ""),
        ):
            usable = f"> {bound:g}" if side.usable is None else f"{side.usable:.2f}"
            same = "yes" if side.same else "no"
            lines.append(
                f"| {size:,} | {name} | {side.size / 1000:,.0f} | {side.writing:.2f} "
                f"| {usable} | {sooner} | {same} |"
            )
    return "\n".join(lines)


def _ratio(ours: Side, raw: Side, bound: float) -> str:
    if ours.usable is None:
        return "?"
    if raw.usable is None:
        return f"> {bound / ours.usable:.0f} ×"
    return f"{raw.usable / ours.usable:.1f} ×"


def goals(found: dict[int, tuple[Side, Side]], bound: float) -> list[str]:
    """What is missed of the goals, in words."""
    missed = [f"{size:,}: two runs differ" for size, (ours, _) in found.items() if not ours.same]
    if GOAL_SIZE in found:
        ours, raw = found[GOAL_SIZE]
        waited = bound if raw.usable is None else raw.usable
        if ours.usable is None or waited < GOAL_RATIO * ours.usable:
            missed.append(f"{GOAL_SIZE:,}: not usable {GOAL_RATIO} times sooner than raw pyvis")
        if ours.size > GOAL_BYTES:
            missed.append(f"{GOAL_SIZE:,}: larger than {GOAL_BYTES:,} bytes")
    return missed


if __name__ == "__main__":
    sys.exit(main())
