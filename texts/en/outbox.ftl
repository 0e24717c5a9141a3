# Mails and SMS. Codes by SMS are ASCII in English and stay under 70 characters in Chinese and Japanese: one SMS. Their last
# line binds the code to the site (WICG, origin-bound one-time codes); nothing comes behind it.
login-code-sms =
    { $code } is your Causeway code. It works for { $minutes } minutes. Do not share it with anyone.
    @{ $host } #{ $code }
login-code-mail-subject = Your Causeway sign-in code
login-code-mail =
    { $code } is your sign-in code. It works for { $minutes } minutes.

    Never pass it on: nobody from your company or from Causeway will ask for it.
    If you did not sign in just now, somebody knows your password. Change it and tell your administrator.
onboarding-mail-subject = Welcome to Causeway
onboarding-mail =
    Hello { $name },

    your company has set up Causeway for you: recorded messaging with your clients.

    Portal: { $portal }
    Company name: { $company }
    Username: { $username }

    Choose your password here. The link works once, within { $hours } hours:
    { $link }
onboarding-code-sms =
    { $code } is your code. It works for { $minutes } minutes. Do not share it with anyone.
    @{ $host } #{ $code }
onboarding-code-mail-subject = Your code
onboarding-code-mail =
    { $code } is your code. It works for { $minutes } minutes.

    Never pass it on. If you did not ask for it, ignore this mail.
invitation-sms = { $host } of { $company } invites you to chat: { $link }
invitation-mail-subject = { $host } of { $company } invites you to chat
invitation-mail =
    Hello { $name },

    { $host } of { $company } would like to write with you. Messages are recorded and archived by { $company }.

    Open the chat here within { $hours } hours, until { $until }:
    { $link }
miniapp-invitation-sms = { $host } of { $company } invites you to chat in WeChat: { $link }
miniapp-invitation-mail-subject = { $host } of { $company } invites you to chat in WeChat
miniapp-invitation-mail =
    Hello { $name },

    { $host } of { $company } would like to write with you in WeChat. Messages are recorded and archived by { $company }.

    Open the mini program of { $company } in WeChat within { $hours } hours (until { $until }), or this page:
    { $link }
password-reset-mail-subject = Set a new password
password-reset-mail =
    Hello { $name },
    
    somebody asked for a new password for your Causeway account. Set one here within { $minutes } minutes. The link works once:
    { $link }
    
    If that was not you, ignore this mail. Your password stays as it is.
password-changed-mail-subject = Your password was changed
password-changed-mail =
    Hello { $name },
    
    the password of your Causeway account was changed just now. Other sessions were signed out.
    
    If that was not you, use «Forgot password» at once and tell your administrator.
registration-code-mail-subject = Your code for { $company }
registration-code-mail =
    { $code } is your code to chat with { $company }. It works for { $minutes } minutes.
    
    Never pass it on. If you did not ask for it, ignore this mail.
registration-known-mail-subject = You have an account at { $company } already
registration-known-mail =
    Somebody registered at { $company } with this email address. You have an account already, so nothing was changed.
    
    Sign in at { $portal } with the company name { $company_name } and this address. If you have forgotten the password, choose «Forgot password» there.
    
    If that was not you, ignore this mail.
device-linked-mail-subject = A device was linked to your account
device-linked-mail =
    { $device } at { $address } was linked to your account and can read and send messages as you.
    
    If that was not you: open Causeway on your computer, unlink the device under Settings, Devices, and change your password. Tell your administrator.
device-reminder-mail-subject = A device was linked to your account yesterday
device-reminder-mail =
    { $device } at { $address } was linked to your account yesterday.
    
    Nobody at Causeway will ever ask you to link a device. If it is not yours, unlink it under Settings, Devices, and change your password.
device-unlinked-mail-subject = A device was signed out of your account
device-unlinked-mail =
    Signed out of your account: { $devices }.
    
    If that was not you, change your password and tell your administrator.
new-browser-mail-subject = New sign-in to your account
new-browser-mail =
    Somebody signed in to your account with { $device } at { $address }, where nobody had signed in as you before.
    
    If that was you, there is nothing to do. If not: change your password, sign the device out under Settings, Devices, and tell your administrator.
failures-before-mail-subject = Signed in after many wrong tries
failures-before-mail =
    Somebody signed in to your account with { $device } at { $address } after { $failures } wrong passwords or codes.
    
    If that was you, there is nothing to do. If not: change your password and tell your administrator.
address-changed-mail-subject = Your address or phone number was changed
address-changed-mail =
    Hello { $name },
    
    your administrator has changed the email address or phone number of your Causeway account. Codes go there from now on.
    
    If you do not know why, ask your administrator at once.
authenticator-added-mail-subject = An authenticator app was set up for your account
authenticator-added-mail =
    An authenticator app was set up for your account at { $address }. From now on you sign in with its codes, and no codes are sent by SMS or email.
    
    If that was not you, tell your administrator at once.
authenticator-removed-mail-subject = The authenticator app was removed from your account
authenticator-removed-mail =
    The authenticator app was removed from your account at { $address }.
    
    If that was not you, change your password and tell your administrator at once.
passkey-added-mail-subject = A passkey was added to your account
passkey-added-mail =
    The passkey «{ $what }» was added to your account at { $address }. You can sign in with it, and no codes are sent by SMS or email.
    
    If that was not you, tell your administrator at once.
passkey-removed-mail-subject = A passkey was removed from your account
passkey-removed-mail =
    The passkey «{ $what }» was removed from your account at { $address }.
    
    If that was not you, change your password and tell your administrator at once.
recovery-codes-renewed-mail-subject = New recovery codes for your account
recovery-codes-renewed-mail =
    New recovery codes were made for your account at { $address }. The earlier ones no longer work.
    
    If that was not you, change your password and tell your administrator at once.
recovery-code-used-mail-subject = A recovery code of your account was used
recovery-code-used-mail =
    One of your recovery codes was used. Codes left: { $left }. Make new ones under Settings, Security before they run out.
    
    If that was not you, change your password and tell your administrator at once.
second-factors-reset-mail-subject = Your sign-in methods were reset
second-factors-reset-mail =
    Your administrator has taken away the authenticator app, passkeys and recovery codes of your account. You were signed out everywhere; the next sign-in sends a code by SMS or email again.
    
    If you did not ask for it, tell your administrator at once.
push-new-message = You have a new message.
