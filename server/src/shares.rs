//! Budgets per network address: a pool of places of which one address may hold a part only, so that it cannot keep the
//! others out.

use crate::limits;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// What a peer is counted as: an IPv4 address, or the /64 of an IPv6 address, which one subscriber holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The network that an address is counted as.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
            }
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            IpAddr::V4(v4) => write!(f, "{v4}"),
            IpAddr::V6(v6) => write!(f, "{v6}/64"),
        }
    }
}

/// A pool of places.
pub struct Shares {
    /// Places in all.
    most: usize,
    /// Places that one network may hold.
    per_network: usize,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    total: usize,
    by_network: HashMap<Network, usize>,
}

/// A place in a pool; free again when it is dropped.
pub struct Share {
    pool: Arc<Shares>,
    network: Option<Network>,
}

/// The place of the connection that a request came on; a socket holds it for as long as it is open.
#[derive(Clone)]
pub struct ConnectionPlace(pub Arc<Share>);

impl Shares {
    /// A pool of `most` places, of which one network may hold `per_network`.
    pub fn new(most: usize, per_network: usize) -> Arc<Self> {
        Arc::new(Self { most, per_network, held: Mutex::default() })
    }

    /// Takes a place for a network. Returns `None` if the pool is full or the network holds its part of it; that part
    /// shrinks to what is free, so that several networks together leave room for others. `None` as network, for a
    /// trusted proxy, is bounded by the whole pool only.
    pub fn take(self: &Arc<Self>, network: Option<Network>) -> Option<Share> {
        let mut held = self.lock();
        let free = self.most.saturating_sub(held.total);
        if free == 0 {
            return None;
        }
        if let Some(network) = network {
            let mine = held.by_network.entry(network).or_default();
            if *mine > 0 && *mine >= self.per_network.min(free) {
                return None;
            }
            *mine += 1;
        }
        held.total += 1;
        Some(Share { pool: self.clone(), network })
    }

    /// How many places are taken.
    pub fn taken(&self) -> usize {
        self.lock().total
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut held = self.pool.lock();
        held.total -= 1;
        if let Some(network) = self.network
            && let Some(mine) = held.by_network.get_mut(&network)
        {
            *mine -= 1;
            if *mine == 0 {
                held.by_network.remove(&network);
            }
        }
    }
}

/// Every budget of the server's door.
pub struct Budgets {
    /// Open connections, those of sockets included.
    pub connections: Arc<Shares>,
    /// Bodies on their way in.
    pub bodies: Arc<Shares>,
    /// Open sockets.
    pub sockets: Arc<Shares>,
    /// Pages of missed events that are read at one time.
    pub replays: Semaphore,
    turns: Semaphore,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            connections: Shares::new(limits::CONNECTIONS, limits::CONNECTIONS_PER_ADDRESS),
            bodies: Shares::new(limits::BODIES_AT_ONCE, limits::BODIES_PER_ADDRESS),
            sockets: Shares::new(limits::SOCKETS, limits::SOCKETS_PER_ADDRESS),
            replays: Semaphore::new(limits::REPLAYS_AT_ONCE),
            turns: Semaphore::new(limits::REQUESTS_AT_ONCE),
        }
    }
}

impl Budgets {
    /// Takes the turn of a request that is worked on; `None` when too many are.
    pub fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.try_acquire().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(last: u8) -> Network {
        Network::of(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn one_network_holds_its_part_and_no_more() {
        let pool = Shares::new(100, 10);
        let mine: Vec<Share> = std::iter::from_fn(|| pool.take(Some(network(1)))).collect();
        assert_eq!(mine.len(), 10);
        assert!(pool.take(Some(network(2))).is_some(), "others are not kept out");
        drop(mine);
        assert_eq!((pool.taken(), pool.lock().by_network.len()), (0, 0));
    }

    #[test]
    fn several_networks_leave_room_for_another() {
        let pool = Shares::new(100, 60);
        let mut held = Vec::new();
        for last in 1..=5 {
            held.extend(std::iter::from_fn(|| pool.take(Some(network(last)))));
        }
        assert!(pool.take(Some(network(6))).is_some(), "{} of 100 are taken", pool.taken());
    }

    #[test]
    fn a_trusted_proxy_is_bounded_by_the_whole_pool_only() {
        let pool = Shares::new(100, 10);
        let held: Vec<Share> = std::iter::from_fn(|| pool.take(None)).collect();
        assert_eq!(held.len(), 100);
    }

    #[test]
    fn addresses_of_one_subscriber_are_one_network() {
        let of = |text: &str| Network::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1").to_string(), "192.0.2.1");
        assert_eq!(of("2001:db8:1:2::1").to_string(), "2001:db8:1:2::/64");
    }
}
