//! Mail by SMTP (RFC 5321), through lettre.

use super::SendError;
use crate::{config::Smtp, store::NewOutgoing};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use secrecy::ExposeSecret;

/// The mail server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A mailer for the configured server; nothing is connected yet.
    pub fn new(smtp: &Smtp) -> anyhow::Result<Self> {
        let url = smtp.url.expose_secret();
        // lettre writes STARTTLS as a parameter; a scheme is what people expect.
        let url = match url.strip_prefix("smtp+starttls://") {
            Some(rest) => format!("smtp://{rest}?tls=required"),
            None => url.to_owned(),
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)?.build();
        Ok(Self { transport, from: smtp.from.clone() })
    }

    pub(super) async fn send(&self, message: &NewOutgoing) -> Result<(), SendError> {
        let mail = self.write(message).map_err(|error| SendError::Permanent(error.to_string()))?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(SendError::Permanent(error.to_string())),
            Err(error) => Err(SendError::Temporary(error.to_string())),
        }
    }

    fn write(&self, message: &NewOutgoing) -> anyhow::Result<Message> {
        // RFC 3834: says that no person wrote this, so that no holiday notice comes back.
        let automatic =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        Ok(Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, message.to.parse()?))
            .subject(message.subject.clone())
            .message_id(None)
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())?)
    }
}
