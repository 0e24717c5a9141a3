//! A virus scanner that speaks the protocol of ClamAV's daemon (clamd(8): `INSTREAM`): the bytes of a file are sent to it, and it
//! answers in a sentence.

use crate::limits;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use std::{io, path::PathBuf, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// Where the scanner is, and what is done while it does not answer.
#[derive(Clone, Debug)]
pub struct ScannerSettings {
    /// Where it listens.
    pub address: ScannerAddress,
    /// Files that no client gets are sent while it does not answer; others always wait.
    pub may_be_skipped: bool,
}

/// Where the scanner listens.
#[derive(Clone, Debug)]
pub enum ScannerAddress {
    /// A host and a port.
    Tcp(String),
    /// A socket in the file system.
    Socket(PathBuf),
}

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing was found.
    Clean,
    /// This was found.
    Found(String),
}

/// Sends a file to the scanner.
///
/// # Errors
///
/// The scanner cannot be reached, is silent, or says something else.
pub(crate) async fn scan(
    settings: &ScannerSettings,
    pieces: impl Stream<Item = io::Result<Bytes>> + Unpin,
) -> io::Result<Verdict> {
    match &settings.address {
        ScannerAddress::Tcp(address) => ask(in_time(TcpStream::connect(address)).await?, pieces).await,
        ScannerAddress::Socket(path) => ask(in_time(UnixStream::connect(path)).await?, pieces).await,
    }
}

async fn ask(
    mut scanner: impl AsyncRead + AsyncWrite + Unpin,
    mut pieces: impl Stream<Item = io::Result<Bytes>> + Unpin,
) -> io::Result<Verdict> {
    in_time(scanner.write_all(b"zINSTREAM\0")).await?;
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
        // An empty piece would be the end.
        if length > 0 {
            in_time(scanner.write_all(&length.to_be_bytes())).await?;
            in_time(scanner.write_all(&piece)).await?;
        }
    }
    in_time(scanner.write_all(&[0; 4])).await?;
    let mut answer = Vec::new();
    in_time(scanner.take(limits::SCANNER_ANSWER).read_to_end(&mut answer)).await?;
    verdict(&String::from_utf8_lossy(&answer))
}

/// What an answer says: `stream: OK`, `stream: NAME FOUND`, or why it was not looked at.
fn verdict(answer: &str) -> io::Result<Verdict> {
    let answer = answer.trim_end_matches(['\0', '\n']);
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Found(name.to_owned())),
        None if said == "OK" => Ok(Verdict::Clean),
        None => Err(io::Error::other(format!("the scanner says: {answer}"))),
    }
}

async fn in_time<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let time = Duration::from_millis(limits::SCANNER_SILENCE.unsigned_abs());
    timeout(time, work).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_to_the_letter() {
        assert_eq!(verdict("stream: OK\0").unwrap(), Verdict::Clean);
        let found = Verdict::Found("Eicar-Test-Signature".into());
        assert_eq!(verdict("stream: Eicar-Test-Signature FOUND\0").unwrap(), found);
        for other in ["INSTREAM size limit exceeded. ERROR\0", "", "stream: OKAY\0"] {
            assert!(verdict(other).is_err(), "{other:?}");
        }
    }
}
