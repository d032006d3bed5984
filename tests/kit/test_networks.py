"""What one caller holds, as far as tries and tokens are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import networks


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::FFFF:C000:207", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_caller_holds_an_address_or_an_ipv6_network(host: str, found: str) -> None:
    assert networks.of(host) == found


@given(st.ip_addresses(v=4))
def test_an_address_of_ipv4_is_the_same_however_it_is_written(address: object) -> None:
    assert networks.of(f"::ffff:{address}") == networks.of(str(address)) == str(address)


@given(st.text())
def test_whatever_a_proxy_says_is_some_network(told: str) -> None:
    assert networks.of(networks.of(told)) == networks.of(told)
