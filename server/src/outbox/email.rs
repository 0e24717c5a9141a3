//! Mail by SMTP (RFC 5321), through lettre.

use super::{SendError, html};
use crate::{config::Smtp, store::NewOutboxMessage};
use causeway_api::deliveries::DeliveryFault;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use secrecy::ExposeSecret;

/// Refuses an address that no mail can be written to.
pub(super) fn check_address(address: &str) -> Result<(), SendError> {
    match address.parse::<Address>() {
        Ok(_) => Ok(()),
        Err(error) => Err(SendError::Permanent(DeliveryFault::NotAnAddress, error.to_string())),
    }
}

/// The reason behind a permanent refusal: its enhanced code (RFC 3463) where there is one, else its code (RFC 5321).
fn fault(code: u16, said: &str) -> DeliveryFault {
    let enhanced = |class: &str| said.split([' ', '(', ')', ':', '-']).any(|word| word.starts_with(class));
    match code {
        530 | 534 | 535 | 538 => DeliveryFault::ProviderRefused,
        _ if enhanced("5.1.") => DeliveryFault::AddressUnknown,
        _ if enhanced("5.2.2") => DeliveryFault::MailboxFull,
        _ if enhanced("5.") => DeliveryFault::Refused,
        550 | 551 | 553 => DeliveryFault::AddressUnknown,
        552 => DeliveryFault::MailboxFull,
        _ => DeliveryFault::Refused,
    }
}

/// The mail server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The site whose addresses are links.
    origin: String,
}

impl Mailer {
    /// A mailer for the configured server and the site at `origin`; nothing is connected yet.
    pub fn new(smtp: &Smtp, origin: &str) -> anyhow::Result<Self> {
        let url = smtp.url.expose_secret();
        // lettre writes STARTTLS as a parameter; a scheme is what people expect.
        let url = match url.strip_prefix("smtp+starttls://") {
            Some(rest) => format!("smtp://{rest}?tls=required"),
            None => url.to_owned(),
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)?.build();
        Ok(Self { transport, from: smtp.from.clone(), origin: origin.to_owned() })
    }

    pub(super) async fn send(&self, message: &NewOutboxMessage) -> Result<(), SendError> {
        let mail = self
            .write(message)
            .map_err(|error| SendError::Permanent(DeliveryFault::NotAnAddress, error.to_string()))?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => {
                let (code, said) = (error.status().map_or(0, u16::from), error.to_string());
                Err(SendError::Permanent(fault(code, &said), said))
            }
            Err(error) => Err(SendError::Temporary(error.to_string())),
        }
    }

    fn write(&self, message: &NewOutboxMessage) -> anyhow::Result<Message> {
        // RFC 3834: says that no person wrote this, so that no holiday notice comes back.
        let automatic =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let page = html::document(&message.subject, &message.body, &self.origin);
        Ok(Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, message.to.parse()?))
            .subject(message.subject.clone())
            .message_id(None)
            .raw_header(automatic)
            .multipart(MultiPart::alternative_plain_html(message.body.clone(), page))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_by_its_enhanced_code_first() {
        for (code, said, expected) in [
            (550, "permanent error (550): 5.1.1 <x@y.example>: user unknown", DeliveryFault::AddressUnknown),
            (550, "permanent error (550): no such user", DeliveryFault::AddressUnknown),
            (550, "permanent error (550): 5.7.1 rejected by policy", DeliveryFault::Refused),
            (552, "permanent error (552): 5.2.2 over quota", DeliveryFault::MailboxFull),
            (554, "permanent error (554): 5.7.1 spam", DeliveryFault::Refused),
            (535, "permanent error (535): 5.7.8 credentials invalid", DeliveryFault::ProviderRefused),
        ] {
            assert_eq!(fault(code, said), expected, "{said}");
        }
    }

    #[test]
    fn an_address_that_no_mail_can_be_written_to_is_refused() {
        for bad in ["field..x@docomo.example", "field.@docomo.example", "nowhere", "a@b c.example", ""] {
            assert!(check_address(bad).is_err(), "{bad}");
        }
        for good in ["ana@lanternbay.example", "o'neil+x@bücher.example"] {
            assert!(check_address(good).is_ok(), "{good}");
        }
    }
}
