//! The lab's command line, through the real binary.

use std::{net::TcpListener, process::Command};

#[test]
fn a_port_that_is_taken_is_named_and_nothing_is_served() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let lab = Command::new(env!("CARGO_BIN_EXE_causeway-lab"))
        .args(["--port", "0", "--smtp-port", &port])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&lab.stderr);
    assert!(!lab.status.success());
    assert!(said.contains(&format!("port {port}")), "{said}");
}
