"""Sources named whole once."""

from corneum.clinic.guides.cited import cited


def test_source_is_named_whole_once_and_then_by_author_and_year() -> None:
    sources = [
        "Shim and others, Dermatologic Surgery 2001 (14 people); NICE guideline NG198 on acne.",
        "Shim and others, Dermatologic Surgery 2001 (14 people): no change; Alam, Dermatologic Surgery 2002 (10 people).",
        "NICE guideline NG198 on acne.",
    ]

    assert list(cited(sources)) == [
        sources[0],
        "Shim and others 2001, above: no change; Alam, Dermatologic Surgery 2002 (10 people).",
        sources[2],
    ]
