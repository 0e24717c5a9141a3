//! The schema, one file per change. A file that was shipped is never edited.

mod keys;
mod m0001_first_schema;
mod m0002_message_changes;
mod m0003_features;
mod m0004_contacts;
mod m0005_merges_and_notifications;
mod m0006_org_admin;
mod m0007_contact_search;
mod m0008_devices;
mod m0009_second_factors;
mod m0010_push;
mod m0011_password_resets;
mod m0012_folded_keys;
mod m0013_append_only;
mod m0013_operator_commands;
mod m0013_outbox;
mod m0014_one_time_codes;
mod m0015_company_first;
mod m0016_salted_digests;
mod m0017_searched_names;
mod m0018_displayed_names;
mod m0019_user_imports;
mod m0020_company_roles;
mod m0021_chat_lines;
mod m0022_replies;
mod m0023_files;
mod m0024_search;
mod m0025_voice;
mod m0026_reactions;
mod m0027_chat_settings;
mod m0028_mentions;
mod m0029_pins;
mod m0030_scheduled_messages;
mod m0031_saved_replies;
mod m0032_presence;
mod tables;
#[cfg(test)]
mod tests;

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first_schema::Migration),
            Box::new(m0002_message_changes::Migration),
            Box::new(m0003_features::Migration),
            Box::new(m0004_contacts::Migration),
            Box::new(m0005_merges_and_notifications::Migration),
            Box::new(m0006_org_admin::Migration),
            Box::new(m0007_contact_search::Migration),
            Box::new(m0008_devices::Migration),
            Box::new(m0009_second_factors::Migration),
            Box::new(m0010_push::Migration),
            Box::new(m0011_password_resets::Migration),
            Box::new(m0012_folded_keys::Migration),
            Box::new(m0013_append_only::Migration),
            Box::new(m0013_outbox::Migration),
            Box::new(m0013_operator_commands::Migration),
            Box::new(m0014_one_time_codes::Migration),
            Box::new(m0015_company_first::Migration),
            Box::new(m0016_salted_digests::Migration),
            Box::new(m0017_searched_names::Migration),
            Box::new(m0018_displayed_names::Migration),
            Box::new(m0019_user_imports::Migration),
            Box::new(m0020_company_roles::Migration),
            Box::new(m0021_chat_lines::Migration),
            Box::new(m0022_replies::Migration),
            Box::new(m0023_files::Migration),
            Box::new(m0024_search::Migration),
            Box::new(m0025_voice::Migration),
            Box::new(m0026_reactions::Migration),
            Box::new(m0027_chat_settings::Migration),
            Box::new(m0028_mentions::Migration),
            Box::new(m0029_pins::Migration),
            Box::new(m0030_scheduled_messages::Migration),
            Box::new(m0031_saved_replies::Migration),
            Box::new(m0032_presence::Migration),
        ]
    }
}

/// The triggers by which a database refuses to change what was recorded.
pub(super) fn guards(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Sqlite => &[
            "event_no_update",
            "event_no_delete",
            "event_in_order",
            "audit_no_update",
            "audit_no_delete",
            "audit_no_replace",
            "message_keeps_content",
            "message_no_delete",
            "message_only_text",
            "message_stays_deleted",
        ],
        _ => &[
            "event_no_change",
            "event_in_order",
            "audit_no_change",
            "message_keeps_content",
            "message_no_delete",
            "message_only_text",
            "message_stays_deleted",
        ],
    }
}
