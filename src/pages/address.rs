//! Network addresses as people read them.

use crate::i18n::t;
use std::net::IpAddr;

/// Returns a network address as it is shown: the computer that the server runs on by that name, and the network of an IPv6
/// address without its length.
pub(crate) fn shown_address(address: &str) -> String {
    if is_this_computer(address) { t("this-computer") } else { bare(address).to_owned() }
}

/// An address without the length of its network.
fn bare(address: &str) -> &str {
    address.strip_suffix("/64").unwrap_or(address)
}

/// Whether an address is the loopback one, or its network (`::/64`).
fn is_this_computer(address: &str) -> bool {
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
        assert_eq!(shown_address("2001:db8:1:2::/64"), "2001:db8:1:2::");
        assert_eq!(shown_address("203.0.113.7"), "203.0.113.7");
    }
}
