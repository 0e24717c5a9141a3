//! A mail server that keeps what it is handed.

use mail_parser::MessageParser;
use std::{
    cell::RefCell,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::Duration,
};

/// A mail that arrived.
pub(super) struct Mail {
    pub(super) to: String,
    pub(super) text: String,
}

/// The mail server.
pub(super) struct Post {
    pub(super) port: u16,
    arrived: mpsc::Receiver<Mail>,
    /// Mails to others that came meanwhile.
    waiting: RefCell<Vec<Mail>>,
}

impl Post {
    pub(super) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (keep, arrived) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let keep = keep.clone();
                // The client ends the connection as it likes.
                std::thread::spawn(move || drop(take(&stream, &keep)));
            }
        });
        Self { port, arrived, waiting: RefCell::default() }
    }

    /// The next mail to an address; a test that waits longer than this has failed.
    pub(super) fn next_to(&self, address: &str) -> String {
        let mut waiting = self.waiting.borrow_mut();
        loop {
            if let Some(at) = waiting.iter().position(|mail| mail.to == address) {
                return waiting.remove(at).text;
            }
            waiting.push(self.arrived.recv_timeout(Duration::from_secs(30)).expect("a mail"));
        }
    }
}

fn take(mut stream: &TcpStream, keep: &mpsc::Sender<Mail>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    stream.write_all(b"220 post\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut raw = String::new();
                for line in lines.by_ref().map_while(Result::ok).take_while(|line| line != ".") {
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                let parsed = MessageParser::default().parse(raw.as_bytes()).unwrap();
                let to = parsed.to().unwrap().first().unwrap().address().unwrap().to_owned();
                // No one waits for it any more when the test has ended.
                let _ = keep.send(Mail { to, text: parsed.body_text(0).unwrap().into_owned() });
                stream.write_all(b"250 taken\r\n")?;
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n"),
            _ => stream.write_all(b"250 yes\r\n")?,
        }
    }
    Ok(())
}
