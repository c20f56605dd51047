"""The toolkit's version: a module of its own, so that what is below the package's face can say it."""

__version__ = "0.1.0"
