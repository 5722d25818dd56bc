"""`make bench`: the measurements the documents quote, one after the other."""

from benchmarks import arithmetic, batch

for measure in (arithmetic, batch):
    print(f"== {measure.__name__}", flush=True)
    measure.main()
