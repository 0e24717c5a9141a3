//! The pages behind links, for people who are not signed in.

pub mod activate;
pub mod join;
pub mod onboarding;
pub mod reset;
pub mod welcome;

/// A page behind a link, with what stands in its path. Its first part is also listed in `shell/bundle.js`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Linking a phone.
    Activate,
    /// The first password of a new user.
    Welcome,
    /// The mini program of a company, by its short name.
    MiniApp(String),
    /// An invitation.
    Invitation,
    /// Public registration, by the token of its link.
    Join(String),
    /// Another password.
    Reset,
}

impl Visit {
    /// Returns the page at a decoded path. These bundles come without a router, which would be a sixth of what they load.
    pub fn at(path: &str) -> Option<Self> {
        let mut parts = path.trim_matches('/').split('/');
        let page = match (parts.next()?, parts.next()) {
            ("activate", None) => Self::Activate,
            ("welcome", None) => Self::Welcome,
            ("miniapp", Some(company)) => Self::MiniApp(company.to_owned()),
            ("invitation", None) => Self::Invitation,
            ("r", Some(token)) => Self::Join(token.to_owned()),
            ("reset", None) => Self::Reset,
            _ => return None,
        };
        parts.next().is_none().then_some(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_pages() {
        assert_eq!(Visit::at("/reset"), Some(Visit::Reset));
        assert_eq!(Visit::at("/reset/"), Some(Visit::Reset));
        assert_eq!(Visit::at("/miniapp/büro"), Some(Visit::MiniApp("büro".into())));
        assert_eq!(Visit::at("/r/Ab-9_x"), Some(Visit::Join("Ab-9_x".into())));
        for nowhere in ["/", "/r", "/miniapp", "/r/token/more", "/welcome/back", "/nowhere"] {
            assert_eq!(Visit::at(nowhere), None, "{nowhere}");
        }
    }
}
