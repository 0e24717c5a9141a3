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
password-reset-mail-subject = 設定新密碼
password-reset-mail =
    { $name } 你好：
    
    有人要求為你的 Causeway 帳戶設定新密碼。請於 { $minutes } 分鐘內在此設定，連結只可使用一次：
    { $link }
    
    如非你本人要求，請忽略此電郵，你的密碼維持不變。
password-changed-mail-subject = 你的密碼已更改
password-changed-mail =
    { $name } 你好：
    
    你的 Causeway 帳戶密碼剛剛已更改，其他登入已結束。
    
    如非你本人操作，請立即使用「忘記密碼」並通知管理員。
registration-code-mail-subject = { $company } 的驗證碼
registration-code-mail =
    { $code } 是你與 { $company } 對話的驗證碼，{ $minutes } 分鐘內有效。
    
    切勿轉告他人。如非你本人要求，請忽略此電郵。
registration-known-mail-subject = 你在 { $company } 已有帳戶
registration-known-mail =
    有人以此電郵地址在 { $company } 登記。你已有帳戶，因此沒有任何更改。
    
    請於 { $portal } 以公司名稱 { $company_name } 及此地址登入。如忘記密碼，請選擇「忘記密碼」。
    
    如非你本人操作，請忽略此電郵。
device-linked-mail-subject = 有裝置連結到你的帳戶
device-linked-mail =
    位於 { $address } 的 { $device } 已連結到你的帳戶，可以以你的身分閱讀和傳送訊息。
    
    如果不是你本人：在電腦上開啟 Causeway，在「設定」的「裝置」中解除連結，並更改密碼。請通知你的管理員。
device-reminder-mail-subject = 昨天有裝置連結到你的帳戶
device-reminder-mail =
    昨天，位於 { $address } 的 { $device } 連結到你的帳戶。
    
    Causeway 的人員絕不會要求你連結裝置。如果那不是你的裝置，請在「設定」的「裝置」中解除連結，並更改密碼。
device-unlinked-mail-subject = 有裝置已從你的帳戶登出
device-unlinked-mail =
    已從你的帳戶登出：{ $devices }。
    
    如果不是你本人，請更改密碼並通知你的管理員。
