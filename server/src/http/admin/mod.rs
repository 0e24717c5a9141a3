//! Doors of org admins, one file per resource.

pub(super) mod audit;
pub(super) mod features;
pub(super) mod registration;
pub(super) mod users;
