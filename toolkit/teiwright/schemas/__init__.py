"""Where schemas come from, before ``schema.py`` reads them. Nothing here fetches but ``fetching``, and that when asked.

association  which schemas a document names
resolution   which file an address or a name leads to
catalog      OASIS XML catalogs
store        schemas that are kept on this machine, or in a project
fetching     schemas from the web, for the store
"""
