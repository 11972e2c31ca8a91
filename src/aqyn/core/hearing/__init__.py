"""Hearing words in a recording: arrays and the sounds that words are made of in, times out. Pure."""
