"""Records of people sought, of remains and of people found: one schema, and readers of what families and officers write.

The grammars of sayings and their lists of words (`*.toml`, `*.csv`) are this project's own; no list is taken from elsewhere. Their outside
sources: written days ISO 8601-1:2019; calendars Richards 1998, *Mapping Time*; charts of teeth ISO 3950:2016 (FDI notation); countries ISO 3166-1;
numbered field blocks the INTERPOL forms for disaster victim identification (AM and PM, 2018); consent A/RES/73/195.
"""

from opencompact.missing.records.ages import read_age
from opencompact.missing.records.consent import permits, read_consent
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.places import Place, Point, distance, great_circle, read_point
from opencompact.missing.records.reading import Reading, accounted, allowed, read_mapping, read_records
from opencompact.missing.records.record import Age, Consent, Document, Mark, PersonName, Record, Sex, Stop
from opencompact.missing.records.statures import read_stature
from opencompact.missing.records.teeth import read_chart
from opencompact.missing.records.whereabouts import read_place

__all__ = [
    "Age",
    "Consent",
    "Days",
    "Document",
    "Mark",
    "PersonName",
    "Place",
    "Point",
    "Range",
    "Reading",
    "Record",
    "Sex",
    "Stop",
    "accounted",
    "allowed",
    "distance",
    "great_circle",
    "permits",
    "read_age",
    "read_chart",
    "read_consent",
    "read_days",
    "read_mapping",
    "read_place",
    "read_point",
    "read_records",
    "read_stature",
]
