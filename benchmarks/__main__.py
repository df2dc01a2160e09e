"""`python3 dev.py bench` runs every benchmark but the attack; with names, those alone: `python3 dev.py bench attack`."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import benchmarks


def main(names: list[str]) -> int:
    """Run each module of this package that has a `run`, in the order of their names."""
    found = sorted(module.name for module in iter_modules(benchmarks.__path__) if not module.name.startswith("_"))
    runnable = {name: module for name in found if hasattr(module := import_module(f"benchmarks.{name}"), "run")}
    if unknown := set(names) - set(runnable):
        print(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(runnable)}.", file=sys.stderr)
        return 1
    everything = [name for name, module in runnable.items() if not getattr(module, "ONLY_BY_NAME", False)]
    for name in names or everything:
        runnable[name].run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
