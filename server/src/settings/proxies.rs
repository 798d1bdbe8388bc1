//! Whose word about the caller's address is believed.

use super::SettingFault;
use http::HeaderMap;
use std::net::IpAddr;

/// `TRUSTED_PROXIES`: addresses or networks (`10.0.0.0/8`), separated by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Network>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    base: IpAddr,
    bits: u8,
}

impl Network {
    fn holds(self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                u32::from(base) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                u128::from(base) & mask == u128::from(address) & mask
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl Proxies {
    /// Reads the list; empty is nobody.
    ///
    /// # Errors
    /// [`SettingFault`] naming the entry that is no address.
    pub fn parse(text: &str) -> Result<Self, SettingFault> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(network).collect::<Result<_, _>>().map(Self)
    }

    /// Whether this peer is one of ours.
    pub fn trust(&self, peer: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(peer.to_canonical()))
    }
}

fn network(text: &str) -> Result<Network, SettingFault> {
    let fault = || {
        SettingFault::new("TRUSTED_PROXIES", format!("“{text}”不是地址或网段"), "请写 127.0.0.1 或 10.0.0.0/8，多个用逗号隔开")
    };
    let (base, bits) = text.split_once('/').map_or((text, None), |(base, bits)| (base, Some(bits)));
    let base: IpAddr = base.parse().map_err(|_| fault())?;
    let most = if base.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Ok(most), |bits| bits.parse::<u8>().map_err(|_| fault()))?;
    if bits > most { Err(fault()) } else { Ok(Network { base, bits }) }
}

/// The caller's address: the peer's, or what the nearest proxy that is not ours told us in `X-Forwarded-For`.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, proxies: &Proxies) -> IpAddr {
    let mut address = peer.to_canonical();
    if !proxies.trust(address) {
        return address;
    }
    let told: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).collect();
    for hop in told.iter().rev() {
        let Ok(hop) = hop.trim().parse::<IpAddr>() else { break };
        address = hop.to_canonical();
        if !proxies.trust(address) {
            break;
        }
    }
    address
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn told(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_stranger_cannot_name_itself() {
        let none = Proxies::default();
        assert_eq!(client_address(address("203.0.113.9"), &told(&["1.2.3.4"]), &none), address("203.0.113.9"));
        let ours = Proxies::parse("10.0.0.0/8, ::1").unwrap();
        assert_eq!(client_address(address("203.0.113.9"), &told(&["1.2.3.4"]), &ours), address("203.0.113.9"));
    }

    #[test]
    fn the_last_hop_that_is_not_ours_is_the_caller() {
        let ours = Proxies::parse("10.0.0.0/8,::1").unwrap();
        // the first entry is whatever the caller wrote itself
        let headers = told(&["6.6.6.6, 203.0.113.9", "10.1.2.3"]);
        assert_eq!(client_address(address("10.0.0.1"), &headers, &ours), address("203.0.113.9"));
        assert_eq!(client_address(address("::1"), &told(&["nonsense"]), &ours), address("::1"));
        assert_eq!(client_address(address("::ffff:10.0.0.1"), &told(&["8.8.8.8"]), &ours), address("8.8.8.8"));
    }

    #[test]
    fn bad_entries_are_refused() {
        for text in ["localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.1;10.0.0.2", "::1/129"] {
            assert_eq!(Proxies::parse(text).unwrap_err().name, "TRUSTED_PROXIES", "{text}");
        }
        assert!(Proxies::parse("0.0.0.0/0").unwrap().trust(address("8.8.8.8")));
    }
}
