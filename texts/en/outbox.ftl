# Mails and SMS. Codes by SMS are ASCII in English and stay under 70 characters in Chinese and Japanese: one SMS. Their last
# line binds the code to the site (WICG, origin-bound one-time codes); nothing comes after it.
login-code-sms =
    { $code } is your Causeway code. It works for { $minutes } minutes. Don't share it with anyone.
    @{ $host } #{ $code }
login-code-mail-subject = Your Causeway sign-in code
login-code-mail =
    { $code } is your sign-in code. It works for { $minutes } minutes.

    Don’t share it with anyone: no one from your company or from Causeway will ask for it.
    If you didn’t sign in just now, someone knows your password. Change it and tell your administrator.
onboarding-mail-subject = Welcome to Causeway
onboarding-mail =
    Hello { $name },

    { $shown } has set up Causeway for you: recorded messaging with your clients.

    Portal: { $portal }
    Company name: { $company }
    Username: { $username }

    Choose your password here. The link works once, within { $hours } hours:
    { $link }

    How Causeway works, step by step: { $guide }
    { $support }
onboarding-mail-no-support = Questions? Ask your administrator.
onboarding-mail-support = Questions? Write to { $contact }.
onboarding-code-sms =
    { $code } is your code. It works for { $minutes } minutes. Don't share it with anyone.
    @{ $host } #{ $code }
onboarding-code-mail-subject = Your code
onboarding-code-mail =
    { $code } is your code. It works for { $minutes } minutes.

    Don’t share it with anyone. If you didn’t ask for it, ignore this email.
invitation-sms = { $host } at { $company } invites you to chat: { $link }
invitation-mail-subject = { $host } at { $company } invites you to chat
invitation-mail =
    Hello { $name },

    { $host } at { $company } would like to chat with you. Messages are recorded and archived by { $company }.

    Open the chat here within { $hours } hours, until { $until }:
    { $link }
miniapp-invitation-sms = { $host } at { $company } invites you to chat on WeChat: { $link }
miniapp-invitation-mail-subject = { $host } at { $company } invites you to chat on WeChat
miniapp-invitation-mail =
    Hello { $name },

    { $host } at { $company } would like to chat with you on WeChat. Messages are recorded and archived by { $company }.

    Within { $hours } hours (until { $until }), open the mini program of { $company } in WeChat, or this page:
    { $link }
password-reset-mail-subject = Set a new password
password-reset-mail =
    Hello { $name },
    
    Someone asked for a new password for your Causeway account. Set one here within { $minutes } minutes. The link works once:
    { $link }
    
    If that wasn’t you, ignore this email. Your password stays the same.
password-changed-mail-subject = Your password was changed
password-changed-mail =
    Hello { $name },
    
    The password of your Causeway account was changed just now. Other sessions were signed out.
    
    If that wasn’t you, use “Forgot password” on the sign-in page at once and tell your administrator.
registration-code-mail-subject = Your code for { $company }
registration-code-mail =
    { $code } is your code to chat with { $company }. It works for { $minutes } minutes.
    
    Don’t share it with anyone. If you didn’t ask for it, ignore this email.
registration-known-mail-subject = You already have an account at { $company }
registration-known-mail =
    Someone registered at { $company } with this email address. You already have an account, so nothing was changed.
    
    Sign in at { $portal } with the company name { $company_name } and this address. If you’ve forgotten your password, choose “Forgot password” there.
    
    If that wasn’t you, ignore this email.

# In place of an address, in mails.
server-itself = the server itself

device-linked-mail-subject = A device was linked to your account
device-linked-mail =
    { $device } at { $address } was linked to your account and can read and send messages as you.
    
    If that wasn’t you, open Causeway on your computer, unlink the device under Settings, Devices, and change your password. Then tell your administrator.
device-reminder-mail-subject = A device was linked to your account yesterday
device-reminder-mail =
    { $device } at { $address } was linked to your account yesterday.
    
    No one from Causeway will ever ask you to link a device. If it isn’t yours, unlink it under Settings, Devices, and change your password.
device-unlinked-mail-subject = A device was signed out of your account
device-unlinked-mail =
    Signed out of your account: { $devices }.
    
    If that wasn’t you, change your password and tell your administrator.
new-browser-mail-subject = New sign-in to your account
new-browser-mail =
    Someone signed in to your account with { $device } at { $address }. No one has signed in as you from there before.
    
    If that was you, there’s nothing to do. If not, change your password, sign the device out under Settings, Devices, and tell your administrator.
failures-before-mail-subject = Sign-in after many failed attempts
failures-before-mail =
    Someone signed in to your account with { $device } at { $address } after { $failures } wrong passwords or codes.
    
    If that was you, there’s nothing to do. If not, change your password and tell your administrator.
address-changed-mail-subject = Your email address or phone number was changed
address-changed-mail =
    Hello { $name },
    
    Your administrator has changed the email address or phone number of your Causeway account. Codes go there from now on.
    
    If you don’t know why, ask your administrator at once.
authenticator-added-mail-subject = An authenticator app was set up for your account
authenticator-added-mail =
    An authenticator app was set up for your account at { $address }. From now on you sign in with its codes, and no codes are sent by SMS or email.
    
    If that wasn’t you, tell your administrator at once.
authenticator-removed-mail-subject = The authenticator app was removed from your account
authenticator-removed-mail =
    The authenticator app was removed from your account at { $address }.
    
    If that wasn’t you, change your password and tell your administrator at once.
passkey-added-mail-subject = A passkey was added to your account
passkey-added-mail =
    The passkey “{ $what }” was added to your account at { $address }. You can sign in with it, and no codes are sent by SMS or email.
    
    If that wasn’t you, tell your administrator at once.
passkey-removed-mail-subject = A passkey was removed from your account
passkey-removed-mail =
    The passkey “{ $what }” was removed from your account at { $address }.
    
    If that wasn’t you, change your password and tell your administrator at once.
recovery-codes-renewed-mail-subject = New recovery codes for your account
recovery-codes-renewed-mail =
    New recovery codes were created for your account at { $address }. The earlier ones no longer work.
    
    If that wasn’t you, change your password and tell your administrator at once.
recovery-code-used-mail-subject = A recovery code of your account was used
recovery-code-used-mail =
    One of your recovery codes was used. Codes left: { $left }. Make new ones under Settings, Security before they run out.
    
    If that wasn’t you, change your password and tell your administrator at once.
second-factors-reset-mail-subject = Your sign-in methods were reset
second-factors-reset-mail =
    Your administrator has removed the authenticator app, passkeys and recovery codes of your account. You were signed out everywhere; the next time you sign in, a code is sent by SMS or email again.
    
    If you didn’t ask for this, tell your administrator at once.
push-new-message = You have a new message.
