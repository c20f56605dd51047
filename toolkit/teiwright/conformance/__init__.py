"""Whether a document conforms, and how it would fare with a reviewer.

``answers`` says what an answer is, ``matter`` what is asked; the points stand in modules by what they are about, ``points``
has them all in order. ``asking`` asks them, ``telling`` says the answers as text and data, ``badge`` draws them.
"""
