"""``teiwright serve``: the site of ``teiwright publish`` on this machine, made anew when what it is made from changes.

    sources.py      what the site is made from, and what the sources name
    changes.py      when some of that changed
    worker.py       long work in a process of its own
    press.py        the site, built into a folder that takes the place of the last
    inspection.py   what validation finds in the sources
    house.py        keeps site and findings up to date, one rebuild at a time
    events.py       tells browsers
    page.py         what the server adds to a page
    findings.py     the page of findings
    application.py  answers requests
    server.py       the port, the start and the end

Starlette, uvicorn and watchfiles do the rest; they come with the extra ``teiwright[serve]``.
"""
