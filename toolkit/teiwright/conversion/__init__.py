"""TEI to TEI: a document made to fit one of TEI's customizations, with an account of what was changed.

The schemas are our own customizations (``schemas/*.odd``), compiled on TEI's definitions.
"""
