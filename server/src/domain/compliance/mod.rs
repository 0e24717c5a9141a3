//! What compliance officers and auditors rely on: the archive and its verification, and the audit log.

pub mod archive;
pub mod audit;
