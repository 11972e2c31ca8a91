"""The benches of `./aqyn bench`: each module here is one.

A bench has a docstring (its first line is its help), `add_arguments(parser)` and `run(args)`, which measures
and returns its figures, with the sizes they were taken at, as a dict of JSON values. With `--json` they are
printed as one object on the last line, the machine beside them. A bench may draw its figures as a table by a
`shown(figures)` of its own.
"""
