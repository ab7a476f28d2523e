"""Signals: what is wrong with an account, since when, and why (PRODUCT.md §4).

`facts` is what the rules look at, `model` what they find, `registry` the table of signals with their thresholds and
`texts` their sentences; the rules stand in one file a family, and `survey` asks them all.
"""
