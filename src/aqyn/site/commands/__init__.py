"""The commands of `./aqyn`: each module here is one, its name with hyphens.

A command has a docstring (its first line is its help), `add_arguments(parser)` and `run(args)`, which returns
an exit status or None. It may name in `REFUSALS` the exceptions that are one sentence for the operator; they
are shown without a traceback, with exit status 2.
"""
