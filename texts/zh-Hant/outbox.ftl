# 電郵與短訊。驗證碼短訊少於 70 個字符。
login-code-sms = Causeway 驗證碼：{ $code }，{ $minutes } 分鐘內有效。請勿轉告他人。
login-code-mail-subject = 你的 Causeway 登入驗證碼
login-code-mail =
    你的登入驗證碼是 { $code }，{ $minutes } 分鐘內有效。

    請勿轉告他人：公司或 Causeway 的人員都不會向你索取驗證碼。
    如果你剛才沒有登入，表示有人知道你的密碼。請更改密碼並通知管理員。
onboarding-mail-subject = 歡迎使用 Causeway
onboarding-mail =
    { $name }，你好：

    公司已為你開通 Causeway，用於與客戶進行有紀錄的通訊。

    入口網站：{ $portal }
    公司名稱：{ $company }
    使用者名稱：{ $username }

    請在此設定密碼。連結只可使用一次，{ $hours } 小時內有效：
    { $link }
onboarding-code-sms = { $code } 是您的驗證碼，{ $minutes } 分鐘內有效。請勿轉告他人。
onboarding-code-mail-subject = 您的驗證碼
onboarding-code-mail =
    { $code } 是您的驗證碼，{ $minutes } 分鐘內有效。

    請勿轉告他人。若非您本人要求，請忽略此郵件。
invitation-sms = { $company } 的 { $host } 邀請您對話：{ $link }
invitation-mail-subject = { $company } 的 { $host } 邀請您對話
invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望與您通訊。訊息會由 { $company } 記錄及封存。

    請於 { $hours } 小時內（{ $until } 前）在此開啟對話：
    { $link }
miniapp-invitation-sms = { $company } 的 { $host } 邀請您在微信對話：{ $link }
miniapp-invitation-mail-subject = { $company } 的 { $host } 邀請您在微信對話
miniapp-invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望在微信與您通訊。訊息會由 { $company } 記錄及封存。

    請於 { $hours } 小時內（{ $until } 前）在微信開啟 { $company } 的小程式，或此頁面：
    { $link }
