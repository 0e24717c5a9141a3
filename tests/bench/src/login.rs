//! Whether the time of a refused sign-in tells a known account from an unknown one.

use crate::{
    server::Server,
    table::{Goal, Table},
};
use anyhow::{Result, ensure};
use serde_json::json;
use std::time::Instant;

/// Interleaved pairs of sign-ins.
const PAIRS: usize = 200;
/// Accounts of the demo.
const KNOWN: [&str; 4] = ["priya.nair", "daniel.okafor", "mei.lin", "tomas.rivera"];

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

pub(crate) async fn measure(table: &mut Table) -> Result<()> {
    let server = Server::start(2).await?;
    let client = reqwest::Client::new();
    let refused = async |username: &str| -> Result<f64> {
        let begun = Instant::now();
        let body =
            json!({ "company": "lanternbay", "username": username, "password": "not the password 77" });
        let answer = client
            .post(format!("{}/api/login", server.origin()))
            .header("sec-fetch-site", "same-origin")
            .json(&body)
            .send()
            .await?;
        ensure!(answer.status().as_u16() == 401, "{}", answer.status());
        answer.bytes().await?;
        Ok(begun.elapsed().as_secs_f64() * 1e3)
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..PAIRS {
        // Who comes first changes, so that neither profits from a warm cache.
        let (one, other) = (KNOWN[number / 2 % KNOWN.len()], format!("nobody.{number}"));
        if number % 2 == 0 {
            known.push(refused(one).await?);
            unknown.push(refused(&other).await?);
        } else {
            unknown.push(refused(&other).await?);
            known.push(refused(one).await?);
        }
    }
    let (known, unknown) = (median(known), median(unknown));
    table.add("sign-in: refused, known account, median", known, "ms", Goal::None)?;
    table.add("sign-in: refused, unknown account, median", unknown, "ms", Goal::None)?;
    table.add("sign-in: difference of the medians", (known - unknown).abs(), "ms", Goal::AtMost(3.0))
}
