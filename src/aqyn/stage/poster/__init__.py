"""The poster of a show: the code that brings the hall to its words, on paper."""
