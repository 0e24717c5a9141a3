//! Network addresses as people read them.

use core::net::IpAddr;

/// Returns an address without the length of its network: that of an IPv6 address is cut to the network (RFC 4291, 2.5.4).
pub fn bare(address: &str) -> &str {
    address.strip_suffix("/64").unwrap_or(address)
}

/// Whether an address is the loopback one, or its network (`::/64`): the computer that the server runs on.
pub fn is_this_computer(address: &str) -> bool {
    let address = bare(address).parse::<IpAddr>();
    address.is_ok_and(|address| {
        let address = address.to_canonical();
        address.is_loopback() || address.is_unspecified()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_this_computer_in_every_form() {
        for address in ["::/64", "::1", "127.0.0.1", "127.8.0.1", "::ffff:127.0.0.1"] {
            assert!(is_this_computer(address), "{address}");
        }
        for address in ["", "203.0.113.7", "2001:db8:1:2::/64", "fe80::/64", "proxy.example"] {
            assert!(!is_this_computer(address), "{address}");
        }
    }

    #[test]
    fn other_networks_are_shown_without_their_length() {
        assert_eq!(bare("2001:db8:1:2::/64"), "2001:db8:1:2::");
        assert_eq!(bare("203.0.113.7"), "203.0.113.7");
    }
}
