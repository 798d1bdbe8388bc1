//! What can be applied for: versioned procedures and bundles of them.

pub mod bundles;
pub mod procedures;

#[cfg(test)]
mod tests;
