//! Where a request comes from.

use crate::{App, actor::Browser, shares::Network};
use axum::http::{HeaderMap, header, request::Parts};
use std::net::{IpAddr, Ipv6Addr};

/// The network address at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub IpAddr);

/// The network that a request comes from.
pub(in crate::http) fn network_of(app: &App, parts: &Parts) -> Network {
    network(app, &parts.headers, parts.extensions.get().copied())
}

/// The nearest address that is not one of our proxies; `X-Forwarded-For` counts only behind one of them.
pub(in crate::http) fn network(app: &App, headers: &HeaderMap, peer: Option<PeerAddress>) -> Network {
    let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.0.to_canonical());
    let trusted = |address: &IpAddr| app.config.trusted_proxies.contains(address);
    let mut nearest = peer;
    if trusted(&peer) {
        let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
        for hop in hops.into_iter().rev() {
            let Ok(hop) = hop.parse::<IpAddr>() else { break };
            nearest = hop.to_canonical();
            if !trusted(&nearest) {
                break;
            }
        }
    }
    Network::of(nearest)
}

/// The browser that a request comes from.
pub(in crate::http) fn browser(app: &App, parts: &Parts) -> Browser {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    Browser {
        address: network_of(app, parts).to_string(),
        agent: agent.chars().filter(|c| !c.is_control()).take(300).collect(),
    }
}
