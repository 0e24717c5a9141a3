# Mails and SMS. Codes in Chinese and Japanese stay under 70 characters: one SMS.
login-code-sms = { $code } is your Causeway code. It works for { $minutes } minutes. Never pass it on.
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
