"""The verbs: one function for each thing a person does, inside an open unit of work; frozen dataclasses out.

A verb names the undo point (`work.say`), so what is called first names the step and what it calls in turn joins it.
"""
