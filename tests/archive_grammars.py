"""What the formats of archives demand, as grammars written from their specifications, for tests that have no network."""

DATACITE = """
default namespace = "http://datacite.org/schema/kernel-4"
namespace xsi = "http://www.w3.org/2001/XMLSchema-instance"
some = xsd:string { minLength = "1" }
lang = attribute xml:lang { xsd:language }?
kind = attribute nameType { "Personal" | "Organizational" }?
parts = element givenName { some }?, element familyName { some }?,
  element nameIdentifier { attribute nameIdentifierScheme { some }, attribute schemeURI { xsd:anyURI }?, some }*, element affiliation { some }*
general = "Text" | "Dataset" | "Other" | "PhysicalObject" | "Book"
start = element resource { attribute xsi:schemaLocation { text },
  (element identifier { attribute identifierType { "DOI" }, some }
  & element creators { element creator { element creatorName { kind, some }, parts }+ }
  & element titles { element title { attribute titleType { "Subtitle" | "AlternativeTitle" | "TranslatedTitle" }?, lang, some }+ }
  & element publisher { some } & element publicationYear { xsd:token { pattern = "[0-9]{4}" } }
  & element resourceType { attribute resourceTypeGeneral { general }, some } & optional*) }
optional = element subjects { element subject { attribute schemeURI { xsd:anyURI }?, some }+ }
  | element contributors { element contributor { attribute contributorType { "Editor" | "Translator" | "ProjectLeader" | "Sponsor" | "Distributor"
    | "Producer" | "Researcher" | "RightsHolder" | "DataCurator" | "DataManager" | "Other" }, element contributorName { kind, some }, parts }+ }
  | element dates { element date { attribute dateType { "Issued" | "Created" | "Updated" }, attribute dateInformation { some }?,
    xsd:string { pattern = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" } }+ }
  | element language { xsd:language }
  | element alternateIdentifiers { element alternateIdentifier { attribute alternateIdentifierType { some }, some }+ }
  | element relatedIdentifiers { element relatedIdentifier { attribute relatedIdentifierType { "DOI" | "ISBN" | "ISSN" | "Handle" | "URN" | "ARK"
    | "PURL" | "arXiv" | "PMID" | "bibcode" | "URL" }, attribute relationType { "IsDerivedFrom" }, some }+ }
  | element sizes { element size { some } } | element formats { element format { "application/tei+xml" } } | element version { some }
  | element rightsList { element rights { attribute rightsURI { xsd:anyURI }?, (attribute rightsIdentifier { some },
    attribute rightsIdentifierScheme { "SPDX" }, attribute schemeURI { xsd:anyURI })?, text }+ }
  | element descriptions { element description { attribute descriptionType { "Abstract" | "Other" | "SeriesInformation" }, some }+ }
  | element fundingReferences { element fundingReference { element funderName { some } }+ }
  | element relatedItems { element relatedItem { attribute relatedItemType { general }, attribute relationType { "IsDerivedFrom" },
    element titles { element title { some } } }+ }
"""

DUBLIN_CORE = """
namespace dc = "http://purl.org/dc/elements/1.1/"
namespace oai_dc = "http://www.openarchives.org/OAI/2.0/oai_dc/"
namespace xsi = "http://www.w3.org/2001/XMLSchema-instance"
start = oai-dc
oai-dc = element oai_dc:dc { attribute xsi:schemaLocation { text }, statement* }
statement = element (dc:title | dc:creator | dc:subject | dc:description | dc:publisher | dc:contributor | dc:date | dc:type | dc:format
  | dc:identifier | dc:source | dc:language | dc:relation | dc:coverage | dc:rights) { attribute xml:lang { xsd:language }?, xsd:string { minLength = "1" } }
"""

OAI = (
    """
namespace sr = "http://www.openarchives.org/OAI/2.0/static-repository"
namespace oai = "http://www.openarchives.org/OAI/2.0/"
"""
    + DUBLIN_CORE.replace("start = oai-dc\n", "")
    + """
day = xsd:date { pattern = "[0-9]{4}-[0-9]{2}-[0-9]{2}" }
start = element sr:Repository { attribute xsi:schemaLocation { text },
  element sr:Identify { element oai:repositoryName { xsd:string { minLength = "1" } }, element oai:baseURL { xsd:anyURI { pattern = "https?://.+" } },
    element oai:protocolVersion { "2.0" }, element oai:adminEmail { xsd:string { pattern = "\\S+@(\\S+\\.)+\\S+" } }, element oai:earliestDatestamp { day },
    element oai:deletedRecord { "no" }, element oai:granularity { "YYYY-MM-DD" } },
  element sr:ListMetadataFormats { element oai:metadataFormat { element oai:metadataPrefix { "oai_dc" },
    element oai:schema { "http://www.openarchives.org/OAI/2.0/oai_dc.xsd" }, element oai:metadataNamespace { "http://www.openarchives.org/OAI/2.0/oai_dc/" } } },
  element sr:ListRecords { attribute metadataPrefix { "oai_dc" },
    element oai:record { element oai:header { element oai:identifier { xsd:anyURI { pattern = "[a-z]+:.+" } }, element oai:datestamp { day } },
      element oai:metadata { oai-dc } }+ } }
"""
)

CMIF = """
default namespace = "http://www.tei-c.org/ns/1.0"
some = xsd:string { minLength = "1" }
ref = attribute ref { xsd:anyURI { pattern = "https?://.+" } }?
day = xsd:string { pattern = "-?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" }
start = element TEI { element teiHeader {
    element fileDesc {
      element titleStmt { element title { some }, element editor { mixed { element email { some }? } }+ },
      element publicationStmt { element publisher { some }+, element idno { attribute type { "url" }, xsd:anyURI { pattern = "https?://.+" } },
        element date { attribute when { xsd:dateTime } },
        element availability { element licence { attribute target { "https://creativecommons.org/licenses/by/4.0/" }, some } } },
      element sourceDesc { element bibl { attribute type { "online" | "print" | "hybrid" }, attribute xml:id { xsd:NCName },
        mixed { element ref { attribute target { xsd:anyURI }, some } } } } },
    element profileDesc { element correspDesc { attribute ref { xsd:anyURI { pattern = "https?://.+" } }, attribute key { some }?,
      attribute source { xsd:anyURI { pattern = "#.+" } }, action+ }+ }? },
  element text { element body { element p { empty } } } }
action = element correspAction { attribute type { "sent" | "received" }, (element persName { ref, some } | element orgName { ref, some })+,
  element placeName { ref, some }?, element date { (attribute when { day }?, attribute from { day }?, attribute to { day }?,
    attribute notBefore { day }?, attribute notAfter { day }?) }? }
"""
