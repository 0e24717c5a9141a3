//! What holds for every profile that anyone could type.

use super::*;
use crate::validate;
use proptest::prelude::*;

/// Profiles as anyone could type them, good and bad.
fn profiles() -> impl Strategy<Value = Profile> {
    let names = prop_oneof!["\\PC{0,20}", "[a-z]{1,12}", Just("王".to_owned()), "[ \t]{0,3}", "x{118,124}"];
    let emails = prop_oneof![Just(String::new()), "[a-z]{1,8}@[a-z]{1,8}\\.example", "\\PC{0,20}"];
    let phones = prop_oneof![Just(String::new()), "\\+[1-9][0-9]{6,14}", "[+0-9]{0,17}"];
    (names.clone(), names, emails, phones).prop_map(|(first_name, last_name, email, phone)| Profile {
        first_name,
        last_name,
        email,
        phone,
        ..Profile::default()
    })
}

proptest! {
    #[test]
    fn a_profile_without_faults_can_be_shown_and_written_to(profile in profiles()) {
        if profile.faults(&[]).is_empty() {
            let name = profile.name();
            prop_assert!(!name.is_empty() && name.trim() == name);
            prop_assert!(!name.chars().any(char::is_control));
            prop_assert!(validate::has_visible(&name));
            prop_assert!(profile.email.trim().is_empty() || profile.email.contains(['@', '＠']));
            prop_assert!(profile.phone.trim().is_empty() || profile.phone.chars().any(|c| validate::digit(c).is_some()));
        }
    }

    #[test]
    fn every_fault_names_a_field_that_is_wrong_by_itself(profile in profiles()) {
        for (field, _) in profile.faults(&[]) {
            let mended = match field {
                "first_name" => Profile { first_name: "A".into(), ..profile.clone() },
                "last_name" => Profile { last_name: String::new(), ..profile.clone() },
                "email" => Profile { email: String::new(), ..profile.clone() },
                _ => Profile { phone: String::new(), ..profile.clone() },
            };
            let left = mended.faults(&[]);
            prop_assert!(left.len() < profile.faults(&[]).len() || (field == "last_name" && left.iter().any(|it| it.0 == "first_name")), "{field}: {left:?}");
        }
    }

    #[test]
    fn a_profile_is_the_same_after_the_wire(profile in profiles()) {
        let json = serde_json::to_string(&profile).unwrap();
        prop_assert_eq!(serde_json::from_str::<Profile>(&json).unwrap(), profile);
    }
}
