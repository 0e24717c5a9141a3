//! A sender that costs next to nothing: HTTP/1.1 written by hand on one kept connection, so that what is measured is
//! the server and not a client library on the same two processors.

use crate::server::Pair;
use anyhow::{Context as _, Result, bail};
use causeway_api::paths::PERSON_HEADER;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// One kept connection.
pub(crate) struct Wire {
    stream: TcpStream,
    port: u16,
    answer: Vec<u8>,
}

impl Wire {
    pub(crate) async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, port, answer: vec![0; 16 * 1024] })
    }

    /// Sends one message; true when it was acknowledged with 201.
    pub(crate) async fn send(&mut self, pair: &Pair, side: usize, id: &str, text: &str) -> Result<bool> {
        let body = format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}");
        let request = format!(
            "POST /api/chats/{}/messages HTTP/1.1\r\nhost: localhost:{}\r\ncookie: causeway-session={}\r\n\
             {PERSON_HEADER}: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            pair.chat,
            self.port,
            pair.sessions[side],
            pair.people[side],
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.read_answer().await
    }

    /// Reads one answer to its end (RFC 9112, 6.3: the server states the length).
    async fn read_answer(&mut self) -> Result<bool> {
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.answer[filled..]).await?;
            if read == 0 {
                bail!("the server closed the connection");
            }
            filled += read;
            let Some(head) = self.answer[..filled].windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let text = std::str::from_utf8(&self.answer[..head])?;
            let length =
                text.lines().find_map(|line| line.strip_prefix("content-length: ")).context("a length")?;
            if filled >= head + 4 + length.trim().parse::<usize>()? {
                return Ok(text.starts_with("HTTP/1.1 201"));
            }
        }
    }
}
