//! Network addresses as people read them.

use crate::i18n::t;
use causeway_api::networks::{bare, is_this_computer};

/// Returns a network address as it is shown: the computer that the server runs on by that name, and the network of an IPv6
/// address without its length.
pub(crate) fn shown_address(address: &str) -> String {
    if is_this_computer(address) { t("this-computer") } else { bare(address).to_owned() }
}
