//! What stands between the network and the doors.

pub mod drawing;
pub mod headers;
pub mod origin;
pub mod overload;
pub mod shares;
pub mod turnstile;
