"""W3C XML Schema 1.0: libxml2 gives the verdict, xmlschema explains what is wrong."""

from teiwright.xsd.schema import Xsd

__all__ = ["Xsd"]
