"""``python -m ptce_graph`` is the command too."""

from ptce_graph.cli import main

if __name__ == "__main__":
    main()
