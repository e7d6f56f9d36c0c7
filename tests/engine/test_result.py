from ejlas.engine.result import Certificate


def test_a_certificate_is_proven_when_value_and_bound_meet() -> None:
    certificate = Certificate("weight", 40, 40)

    assert certificate.proven
    assert certificate.gap == 0.0


def test_the_gap_is_relative_to_the_larger_of_value_and_bound() -> None:
    assert Certificate("weight", 45, 50).gap == 0.1
    assert Certificate("gaps", 4, 1).gap == 0.75
    assert Certificate("gaps", 0, 0).gap == 0.0
