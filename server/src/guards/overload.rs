//! What is more than the house can do is turned away at once with a hint, so that the rest goes on at full speed.

use super::shares::{Share, Shares};
use super::turnstile::net;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests worked on at the same time. Streams give their place back as soon as their head is answered, a form or a file
/// when it has come in as a whole.
const PLACES: usize = 512;
/// Of these for one address, or for one net of IPv6: somebody who sends slowly and often shuts nobody else out. A whole office
/// behind one address does not come near it.
const OF_ONE_ADDRESS: usize = PLACES / 2;

/// Places for requests.
#[derive(Clone)]
pub struct Places {
    all: Arc<Semaphore>,
    by_address: Shares<IpAddr>,
}

/// A place, while a request is worked on.
pub struct Place {
    _one: OwnedSemaphorePermit,
    _own: Share<IpAddr>,
}

impl Default for Places {
    fn default() -> Self {
        Self { all: Arc::new(Semaphore::new(PLACES)), by_address: Shares::default() }
    }
}

impl Places {
    /// A place for a request from this address, if there is one.
    pub fn take(&self, address: IpAddr) -> Option<Place> {
        let own = self.by_address.take(net(address), OF_ONE_ADDRESS)?;
        Some(Place { _one: self.all.clone().try_acquire_owned().ok()?, _own: own })
    }

    /// Requests being worked on.
    pub fn taken(&self) -> usize {
        PLACES - self.all.available_permits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_never_shuts_the_others_out() {
        let (places, here, there) = (Places::default(), IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let held: Vec<_> = (0..PLACES).filter_map(|_| places.take(here)).collect();
        assert_eq!(held.len(), OF_ONE_ADDRESS);
        let others: Vec<_> = (0..PLACES).filter_map(|_| places.take(there)).collect();
        assert_eq!((others.len(), places.taken()), (PLACES - OF_ONE_ADDRESS, PLACES));
        // all full: what was taken of one's own share on the way is given back
        let third = IpAddr::from([10, 0, 0, 3]);
        assert!(places.take(third).is_none());
        drop((held, others));
        assert_eq!((places.taken(), places.by_address.taken()), (0, 0));
        // a household with a whole /64 is one address
        let many = (0..PLACES as u128).map(|n| IpAddr::from(std::net::Ipv6Addr::from((0x2001_0db8_u128 << 96) + n)));
        assert_eq!(many.filter_map(|address| places.take(address)).collect::<Vec<_>>().len(), OF_ONE_ADDRESS);
    }
}
