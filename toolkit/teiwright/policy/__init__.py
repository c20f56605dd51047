"""What a project makes of findings: which count, which are excused or accepted, and what that means for the verdict.

settings     what the project asks, in teiwright.toml or pyproject.toml
selection    which codes count, and how much
excuses      what the document itself excuses, at the place; read by way of its outline
baseline     what was accepted before, known again by fingerprints
verdict      all of them together, applied to a report
"""
