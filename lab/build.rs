//! Nothing is built here. Without a script Cargo would not look at the build dependencies, whose features are what counts
//! (`Cargo.toml`).

fn main() {}
