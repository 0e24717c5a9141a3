//! The three texts that Causeway comes from, a scenario for each sentence; `docs/ORIGIN.md` has the list.

mod employee_guide;
mod employee_phone;
mod onboarding;
mod registrants;
mod registration;
