"""A static site from one or many TEI files: texts, registers, chronology, bibliography, pictures, search.

The way: survey.py reads what each document records and names, register.py settles which records are one and where they
will be; rendering.py makes of each document its page, pages.py and what stands beside it the files of its folder, and data
of what the whole site is made from; the other modules make of that one kind of page each; folder.py brings all of it
to the disk at once. publication.py leads.
"""
