//! The whole URL table. A route stands here with its guard (`guard.rs`): who may call it, with which rights, and whether
//! a code must have been confirmed within 20 minutes. What depends on the object or on the body is decided in the domain.

use super::{
    admin::{audit, features, registration, users},
    client::{self, onboarding},
    events,
    extract::cookies,
    files,
    layers::guard::{
        Right::{Audit, Govern, Write},
        SignedIn, Table, account, any_session, client as of_client, employee, everyone, holder, member,
    },
    portal::{
        auth, chats, contacts, devices, notifications, people, presence, push, saved_replies, scheduled,
        search, second_factors,
    },
};
use crate::{App, limits};
use std::sync::Arc;
use utoipa_axum::routes;

/// An act that governs the company.
const fn governing() -> SignedIn {
    employee().may(Govern).confirmed()
}

/// Every route of the API.
pub(super) fn table() -> Table<Arc<App>> {
    let table = Table::new();
    let table = sign_in(table);
    let table = own_account(table);
    let table = administration(table);
    let table = contacts_of_employees(table);
    let table = conversations(table);
    of_clients(table)
}

type Routes = Table<Arc<App>>;

/// Signing in, linking a phone, links for passwords.
fn sign_in(table: Routes) -> Routes {
    table
        .route(everyone(), routes!(auth::log_in))
        .route(holder(cookies::CHALLENGE), routes!(auth::waiting_code, auth::confirm_code))
        .route(holder(cookies::CHALLENGE), routes!(auth::resend_code))
        .route(any_session().passive(), routes!(auth::who_am_i))
        .route(any_session(), routes!(auth::sign_out))
        .route(everyone(), routes!(auth::open_welcome))
        .route(everyone(), routes!(auth::set_password))
        .route(everyone(), routes!(auth::forgot_password))
        .route(everyone(), routes!(auth::open_reset, auth::reset_password))
        .route(everyone(), routes!(devices::this_device))
        .route(everyone(), routes!(devices::open_activation))
        .route(holder(cookies::ACTIVATION), routes!(devices::get_activation))
        .route(holder(cookies::ACTIVATION), routes!(devices::activation_log_in))
        .route(holder(cookies::ACTIVATION), routes!(devices::resend_activation_code))
        .route(holder(cookies::ACTIVATION), routes!(devices::confirm_activation_code))
        .route(holder(cookies::ACTIVATION), routes!(devices::finish_activation))
        .route(everyone(), routes!(registration::describe_form, registration::register))
        .route(
            holder(cookies::REGISTRATION),
            routes!(registration::waiting_code, registration::resend_code, registration::confirm_code),
        )
}

/// What people have of their own: password, second factors, devices, language.
fn own_account(table: Routes) -> Routes {
    table
        .route(any_session(), routes!(auth::change_password))
        .route(account(), routes!(second_factors::begin_step_up, second_factors::confirm_step_up))
        .route(account(), routes!(second_factors::list_second_factors))
        .route(
            account().confirmed(),
            routes!(
                second_factors::begin_authenticator,
                second_factors::confirm_authenticator,
                second_factors::remove_authenticator
            ),
        )
        .route(account().confirmed(), routes!(second_factors::renew_recovery_codes))
        .route(account().confirmed(), routes!(second_factors::begin_passkey, second_factors::add_passkey))
        .route(account().confirmed(), routes!(second_factors::remove_passkey))
        .route(member().passive(), routes!(devices::list_devices))
        .route(member(), routes!(devices::unlink_other_devices))
        .route(member(), routes!(devices::rename_device, devices::unlink_device))
        .route(employee().confirmed(), routes!(devices::begin_link))
        .route(employee().passive(), routes!(devices::get_link))
        .route(employee(), routes!(devices::confirm_link, devices::refuse_link))
        .route(member(), routes!(people::update_profile))
        .route(member().passive(), routes!(push::get_push))
        .route(member(), routes!(push::subscribe_push, push::unsubscribe_push))
        .route(member().passive(), routes!(notifications::list_notifications))
        .route(member(), routes!(notifications::see_notifications))
}

/// What org admins, owners and compliance officers do.
fn administration(table: Routes) -> Routes {
    table
        .route(employee().may(Govern), routes!(features::list_features))
        .route(governing(), routes!(features::change_feature))
        .route(employee().may(Govern), routes!(features::feature_history))
        .route(employee().may(Govern), routes!(users::list_users))
        .route(governing(), routes!(users::create_user))
        .route(governing(), routes!(users::edit_user))
        .route(governing(), routes!(users::deactivate_user, users::reactivate_user))
        .route(governing(), routes!(users::send_password_link))
        .route(governing(), routes!(second_factors::reset_second_factors))
        .route(governing().body_of(limits::IMPORT_BYTES), routes!(users::start_import))
        .route(employee().may(Govern), routes!(users::list_imports))
        .route(employee().may(Govern), routes!(users::import_report))
        .route(governing(), routes!(users::cancel_import))
        .route(employee().may(Govern).body_of(limits::IMPORT_BYTES), routes!(users::preview_import))
        .route(employee().may(Govern), routes!(users::list_clients))
        .route(governing(), routes!(users::transfer_client))
        .route(governing(), routes!(users::archive_client, users::restore_client))
        .route(employee().may(Govern), routes!(users::get_license))
        .route(employee().may(Govern), routes!(registration::get_registration))
        .route(governing(), routes!(registration::change_registration))
        .route(governing(), routes!(registration::renew_link))
        .route(employee().may(Audit), routes!(audit::list_audit))
        .route(employee().may(Audit).confirmed(), routes!(audit::export_audit))
        .route(governing(), routes!(contacts::add_list_item))
}

/// Contacts, inviting clients.
fn contacts_of_employees(table: Routes) -> Routes {
    table
        .route(employee(), routes!(contacts::list_contacts))
        .route(employee(), routes!(contacts::get_contact))
        .route(employee().may(Write), routes!(contacts::edit_contact))
        .route(employee().may(Write), routes!(contacts::archive_contact, contacts::restore_contact))
        .route(employee().may(Write), routes!(contacts::share_contact))
        .route(employee().may(Write), routes!(contacts::merge_contact))
        .route(employee().may(Write), routes!(contacts::undo_merge))
        .route(employee().may(Write), routes!(contacts::add_note))
        .route(employee().may(Write), routes!(contacts::resend_invitation, contacts::unlink_channel))
        .route(employee(), routes!(contacts::list_channels))
        .route(employee().may(Write), routes!(contacts::check_identity))
        .route(employee().may(Write), routes!(contacts::invite))
        .route(employee(), routes!(contacts::get_lists))
        .route(everyone(), routes!(contacts::list_countries))
        .route(employee().may(Write), routes!(people::create_client_link, people::revoke_client_links))
}

/// Chats of employees and external users.
fn conversations(table: Routes) -> Routes {
    table
        .route(member(), routes!(people::list_people))
        .route(member().passive(), routes!(chats::list_chats))
        .route(member().may(Write), routes!(chats::create_chat))
        .route(member().passive(), routes!(chats::get_chat))
        .route(member().passive(), routes!(chats::list_chat_settings))
        .route(member(), routes!(chats::change_chat_settings))
        .route(employee().may(Write), routes!(chats::add_member))
        .route(employee().may(Write), routes!(chats::rename_group))
        .route(employee().may(Write), routes!(chats::remove_member))
        .route(member(), routes!(chats::leave_chat))
        .route(member().passive(), routes!(chats::list_messages))
        .route(member().may(Write), routes!(chats::send_message))
        .route(member().may(Write), routes!(chats::edit_message, chats::delete_message))
        .route(member().may(Write), routes!(chats::react))
        .route(member().may(Write), routes!(chats::tell_typing))
        .route(employee().may(Write), routes!(chats::pin_message))
        .route(member().passive(), routes!(chats::list_pins))
        .route(member().passive(), routes!(scheduled::list_scheduled))
        .route(member().may(Write), routes!(scheduled::schedule_message))
        .route(member().may(Write), routes!(scheduled::reschedule_message, scheduled::cancel_scheduled))
        .route(member().may(Write), routes!(scheduled::send_scheduled))
        .route(employee().passive(), routes!(presence::get_status))
        .route(employee(), routes!(presence::set_status))
        .route(member().passive(), routes!(chats::answer_time))
        .route(employee(), routes!(saved_replies::list_saved_replies))
        .route(employee().may(Write), routes!(saved_replies::save_reply, saved_replies::remove_saved_reply))
        .route(employee(), routes!(chats::list_versions))
        .route(member().passive(), routes!(chats::mark_receipts))
        .route(member().passive(), routes!(events::stream))
        .route(member(), routes!(search::search_messages))
        .route(member().may(Write), routes!(files::begin_upload))
        .route(member().passive(), routes!(files::get_upload))
        .route(member().may(Write).streaming(limits::PART_BYTES), routes!(files::put_part))
        .route(member().may(Write).streaming(limits::POSTER_BYTES), routes!(files::put_poster))
        .route(member(), routes!(files::cancel_upload))
        .route(member().may(Write), routes!(files::finish_upload))
        .route(member(), routes!(files::list_chat_files))
        .route(member().passive(), routes!(files::get_file))
        .route(member().passive(), routes!(files::get_preview))
        .route(member().passive(), routes!(files::get_voice))
}

/// How clients come in, and their chats.
fn of_clients(table: Routes) -> Routes {
    table
        .route(everyone(), routes!(onboarding::describe, onboarding::start))
        .route(everyone(), routes!(onboarding::open, onboarding::send))
        .route(
            holder(cookies::ONBOARDING),
            routes!(onboarding::waiting_code, onboarding::resend, onboarding::confirm),
        )
        .route(everyone(), routes!(client::open_link))
        .route(of_client(), routes!(client::who_am_i, client::leave))
        .route(of_client(), routes!(client::list_chats))
        .route(of_client(), routes!(client::get_chat))
        .route(of_client(), routes!(client::list_messages, client::send_message))
        .route(of_client(), routes!(client::edit_message, client::delete_message))
        .route(of_client(), routes!(client::react))
        .route(of_client(), routes!(client::tell_typing))
        .route(of_client(), routes!(client::answer_time))
        .route(of_client(), routes!(client::mark_receipts))
        .route(of_client(), routes!(client::stream))
        .route(of_client(), routes!(files::client_begin_upload))
        .route(of_client(), routes!(files::client_get_upload, files::client_cancel_upload))
        .route(of_client().streaming(limits::PART_BYTES), routes!(files::client_put_part))
        .route(of_client().streaming(limits::POSTER_BYTES), routes!(files::client_put_poster))
        .route(of_client(), routes!(files::client_finish_upload))
        .route(of_client(), routes!(files::client_list_chat_files))
        .route(of_client(), routes!(files::client_get_file))
        .route(of_client(), routes!(files::client_get_preview))
        .route(of_client(), routes!(files::client_get_voice))
}
