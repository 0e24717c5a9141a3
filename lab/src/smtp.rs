//! A mail server that takes everything (RFC 5321), for one machine and no outside world.

use crate::inbox::Inbox;
use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

pub(crate) async fn serve(listener: TcpListener, inbox: Inbox) -> anyhow::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let inbox = inbox.clone();
        tokio::spawn(async move {
            // A connection that breaks off has nothing more to say.
            let _ = converse(stream, &inbox).await;
        });
    }
}

async fn converse(stream: TcpStream, inbox: &Inbox) -> anyhow::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut recipients: Vec<String> = Vec::new();
    write.write_all(b"220 lab.example ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let upper = line.to_ascii_uppercase();
        let answer: &[u8] = match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => b"250-lab.example\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "HELO" | "NOOP" => b"250 OK\r\n",
            "MAIL" | "RSET" => {
                recipients.clear();
                b"250 OK\r\n"
            }
            "RCPT" => {
                recipients.extend(address(&line));
                b"250 OK\r\n"
            }
            "DATA" => {
                write.write_all(b"354 End with <CRLF>.<CRLF>\r\n").await?;
                let mut data = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    data.push_str("\r\n");
                }
                keep(inbox, &recipients, &data);
                b"250 OK\r\n"
            }
            "QUIT" => {
                write.write_all(b"221 Bye\r\n").await?;
                return Ok(());
            }
            _ => b"502 Not here\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

fn address(line: &str) -> Option<String> {
    let (start, end) = (line.find('<')?, line.find('>')?);
    Some(line.get(start + 1..end)?.to_owned())
}

fn keep(inbox: &Inbox, recipients: &[String], data: &str) {
    let parsed = MessageParser::default().parse(data.as_bytes());
    let subject = parsed.as_ref().and_then(|mail| mail.subject()).unwrap_or_default();
    let text = parsed.as_ref().and_then(|mail| mail.body_text(0)).unwrap_or_default();
    for to in recipients {
        inbox.receive(
            "email",
            to.clone(),
            subject.to_owned(),
            text.replace("\r\n", "\n").trim_end().to_owned(),
        );
    }
}
