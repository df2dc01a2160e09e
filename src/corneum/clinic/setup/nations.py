"""Whose public holidays a clinic can keep: ISO 3166 codes, as the holidays library knows them."""

NATIONS = (
    ("", "None"),
    ("GB-ENG", "England"),
    ("GB-WLS", "Wales"),
    ("GB-SCT", "Scotland"),
    ("GB-NIR", "Northern Ireland"),
    ("IE", "Ireland"),
    ("AT", "Austria"),
    ("BE", "Belgium"),
    ("DE", "Germany"),
    ("DE-BY", "Germany: Bavaria"),
    ("DK", "Denmark"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("IT", "Italy"),
    ("NL", "Netherlands"),
    ("NO", "Norway"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("SE", "Sweden"),
)
