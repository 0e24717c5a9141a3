# 電郵與短訊。驗證碼短訊少於 70 個字符；最後一行將驗證碼綁定至網站（WICG），其後不得有內容。
login-code-sms =
    Causeway 驗證碼：{ $code }，{ $minutes } 分鐘內有效。請勿轉告他人。
    @{ $host } #{ $code }
login-code-mail-subject = 您的 Causeway 登入驗證碼
login-code-mail =
    您的登入驗證碼是 { $code }，{ $minutes } 分鐘內有效。

    請勿轉告他人：公司或 Causeway 的人員都不會向您索取驗證碼。
    如果您剛才沒有登入，表示有人知道您的密碼。請更改密碼，並通知管理員。
onboarding-mail-subject = 歡迎使用 Causeway
onboarding-mail =
    { $name } 您好：

    { $shown } 已為您開通 Causeway：與客戶進行有紀錄的通訊。

    入口網站：{ $portal }
    公司名稱：{ $company }
    用戶名稱：{ $username }

    請在此設定密碼。連結只可使用一次，{ $hours } 小時內有效：
    { $link }

    Causeway 使用指南：{ $guide }
    { $support }
onboarding-mail-no-support = 如有疑問，請聯絡貴公司的管理員。
onboarding-mail-support = 如有疑問，請聯絡：{ $contact }
onboarding-code-sms =
    { $code } 是您的驗證碼，{ $minutes } 分鐘內有效。請勿轉告他人。
    @{ $host } #{ $code }
onboarding-code-mail-subject = 您的驗證碼
onboarding-code-mail =
    { $code } 是您的驗證碼，{ $minutes } 分鐘內有效。

    請勿轉告他人。如非您本人要求，請忽略此電郵。
invitation-sms = { $company } 的 { $host } 邀請您對話：{ $link }
invitation-mail-subject = { $company } 的 { $host } 邀請您對話
invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望與您對話。訊息會由 { $company } 記錄及存檔。

    請於 { $hours } 小時內（{ $until } 前）在此開啟對話：
    { $link }
miniapp-invitation-sms = { $company } 的 { $host } 邀請您在微信對話：{ $link }
miniapp-invitation-mail-subject = { $company } 的 { $host } 邀請您在微信對話
miniapp-invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望在微信與您對話。訊息會由 { $company } 記錄及存檔。

    請於 { $hours } 小時內（{ $until } 前）在微信開啟 { $company } 的小程式，或此頁面：
    { $link }
password-reset-mail-subject = 設定新密碼
password-reset-mail =
    { $name } 您好：
    
    有人要求為您的 Causeway 帳戶設定新密碼。請於 { $minutes } 分鐘內在此設定，連結只可使用一次：
    { $link }
    
    如非您本人要求，請忽略此電郵。您的密碼維持不變。
password-changed-mail-subject = 您的密碼已更改
password-changed-mail =
    { $name } 您好：
    
    您的 Causeway 帳戶密碼剛剛已更改。其他工作階段已登出。
    
    如非您本人操作，請立即使用登入頁面的「忘記密碼」，並通知管理員。
registration-code-mail-subject = { $company } 的驗證碼
registration-code-mail =
    { $code } 是您與 { $company } 對話的驗證碼，{ $minutes } 分鐘內有效。
    
    請勿轉告他人。如非您本人要求，請忽略此電郵。
registration-known-mail-subject = 您在 { $company } 已有帳戶
registration-known-mail =
    有人以此電郵地址在 { $company } 登記。您已有帳戶，因此沒有任何更改。
    
    請於 { $portal } 以公司名稱 { $company_name } 及此電郵地址登入。如忘記密碼，請在該處選擇「忘記密碼」。
    
    如非您本人操作，請忽略此電郵。

# In place of an address, in mails.
server-itself = 伺服器本機

device-linked-mail-subject = 有裝置連結到您的帳戶
device-linked-mail =
    位於 { $address } 的 { $device } 已連結到您的帳戶，並可以您的身分閱讀和傳送訊息。
    
    如非您本人操作，請在電腦上開啟 Causeway，在「設定」的「裝置」中解除連結，更改密碼，然後通知管理員。
device-reminder-mail-subject = 昨天有裝置連結到您的帳戶
device-reminder-mail =
    昨天，位於 { $address } 的 { $device } 連結到您的帳戶。
    
    Causeway 的人員絕不會要求您連結裝置。如果這不是您的裝置，請在「設定」的「裝置」中解除連結，並更改密碼。
device-unlinked-mail-subject = 有裝置已從您的帳戶登出
device-unlinked-mail =
    已從您的帳戶登出：{ $devices }。
    
    如非您本人操作，請更改密碼，並通知管理員。
new-browser-mail-subject = 您的帳戶有新的登入
new-browser-mail =
    有人使用 { $device }（地址 { $address }）登入了您的帳戶。先前未曾有人在該處以您的身分登入。
    
    如果是您本人，無需任何操作。如果不是，請更改密碼，在「設定」的「裝置」中登出該裝置，並通知管理員。
failures-before-mail-subject = 多次嘗試失敗後登入成功
failures-before-mail =
    在 { $failures } 次錯誤的密碼或驗證碼之後，有人使用 { $device }（地址 { $address }）登入了您的帳戶。
    
    如果是您本人，無需任何操作。如果不是，請更改密碼，並通知管理員。
address-changed-mail-subject = 您的電郵地址或電話號碼已更改
address-changed-mail =
    { $name } 您好：
    
    管理員已更改您 Causeway 帳戶的電郵地址或電話號碼。今後，驗證碼會傳送至新的地址或號碼。
    
    如您不知道原因，請立即向管理員查詢。
authenticator-added-mail-subject = 您的帳戶已設定驗證器應用程式
authenticator-added-mail =
    有人在 { $address } 為您的帳戶設定了驗證器應用程式。今後請使用它的驗證碼登入，不再以短訊或電郵傳送驗證碼。
    
    如非您本人操作，請立即通知管理員。
authenticator-removed-mail-subject = 您的帳戶已移除驗證器應用程式
authenticator-removed-mail =
    有人在 { $address } 移除了您帳戶的驗證器應用程式。
    
    如非您本人操作，請更改密碼，並立即通知管理員。
passkey-added-mail-subject = 您的帳戶已新增通行密鑰
passkey-added-mail =
    有人在 { $address } 為您的帳戶新增了通行密鑰「{ $what }」。您可以用它登入，不再以短訊或電郵傳送驗證碼。
    
    如非您本人操作，請立即通知管理員。
passkey-removed-mail-subject = 您的帳戶已移除通行密鑰
passkey-removed-mail =
    有人在 { $address } 從您的帳戶移除了通行密鑰「{ $what }」。
    
    如非您本人操作，請更改密碼，並立即通知管理員。
recovery-codes-renewed-mail-subject = 您的帳戶已產生新的復原碼
recovery-codes-renewed-mail =
    有人在 { $address } 為您的帳戶產生了新的復原碼。先前的復原碼已失效。
    
    如非您本人操作，請更改密碼，並立即通知管理員。
recovery-code-used-mail-subject = 您帳戶的復原碼已被使用
recovery-code-used-mail =
    您的一組復原碼已被使用，剩餘 { $left } 組。請在用完之前，在「設定」的「安全」中產生新的復原碼。
    
    如非您本人操作，請更改密碼，並立即通知管理員。
second-factors-reset-mail-subject = 您的登入方式已重設
second-factors-reset-mail =
    管理員已移除您帳戶的驗證器應用程式、通行密鑰和復原碼。您已在所有裝置登出；下次登入時，驗證碼會再以短訊或電郵傳送。
    
    如您沒有提出要求，請立即通知管理員。
push-new-message = 您有一則新訊息。
