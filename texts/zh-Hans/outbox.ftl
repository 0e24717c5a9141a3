# 邮件与短信。验证码短信少于 70 个字符。
login-code-sms = Causeway 验证码：{ $code }，{ $minutes } 分钟内有效。请勿转告他人。
login-code-mail-subject = 你的 Causeway 登录验证码
login-code-mail =
    你的登录验证码是 { $code }，{ $minutes } 分钟内有效。

    请勿转告他人：公司或 Causeway 的人员都不会向你索取验证码。
    如果你刚才没有登录，说明有人知道你的密码。请更改密码并通知管理员。
onboarding-mail-subject = 欢迎使用 Causeway
onboarding-mail =
    { $name }，你好：

    公司已为你开通 Causeway，用于与客户进行有记录的通信。

    门户网站：{ $portal }
    公司名称：{ $company }
    用户名：{ $username }

    请在此设置密码。链接只能使用一次，{ $hours } 小时内有效：
    { $link }
onboarding-code-sms = { $code } 是您的验证码，{ $minutes } 分钟内有效。请勿告诉他人。
onboarding-code-mail-subject = 您的验证码
onboarding-code-mail =
    { $code } 是您的验证码，{ $minutes } 分钟内有效。

    请勿告诉他人。若非您本人请求，请忽略此邮件。
invitation-sms = { $company } 的 { $host } 邀请您对话：{ $link }
invitation-mail-subject = { $company } 的 { $host } 邀请您对话
invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望与您通讯。消息会由 { $company } 记录并存档。

    请在 { $hours } 小时内（{ $until } 前）打开对话：
    { $link }
miniapp-invitation-sms = { $company } 的 { $host } 邀请您在微信对话：{ $link }
miniapp-invitation-mail-subject = { $company } 的 { $host } 邀请您在微信对话
miniapp-invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望在微信与您通讯。消息会由 { $company } 记录并存档。

    请在 { $hours } 小时内（{ $until } 前）在微信打开 { $company } 的小程序，或此页面：
    { $link }
password-reset-mail-subject = 设置新密码
password-reset-mail =
    { $name } 您好：
    
    有人请求为您的 Causeway 账户设置新密码。请在 { $minutes } 分钟内在此设置，链接只能使用一次：
    { $link }
    
    如非您本人操作，请忽略此邮件，您的密码保持不变。
password-changed-mail-subject = 您的密码已更改
password-changed-mail =
    { $name } 您好：
    
    您的 Causeway 账户密码刚刚已更改，其他登录已结束。
    
    如非您本人操作，请立即使用“忘记密码”并通知管理员。
registration-code-mail-subject = { $company } 的验证码
registration-code-mail =
    { $code } 是您与 { $company } 对话的验证码，{ $minutes } 分钟内有效。
    
    切勿转告他人。如非您本人请求，请忽略此邮件。
registration-known-mail-subject = 您在 { $company } 已有账户
registration-known-mail =
    有人以此邮箱在 { $company } 注册。您已有账户，因此没有任何更改。
    
    请在 { $portal } 以公司名称 { $company_name } 和此邮箱登录。如忘记密码，请选择“忘记密码”。
    
    如非您本人操作，请忽略此邮件。
device-linked-mail-subject = 有设备关联到你的账户
device-linked-mail =
    位于 { $address } 的 { $device } 已关联到你的账户，可以以你的身份阅读和发送消息。
    
    如果不是你本人：在电脑上打开 Causeway，在“设置”的“设备”中解除关联，并更改密码。请通知你的管理员。
device-reminder-mail-subject = 昨天有设备关联到你的账户
device-reminder-mail =
    昨天，位于 { $address } 的 { $device } 关联到你的账户。
    
    Causeway 的人员绝不会要求你关联设备。如果那不是你的设备，请在“设置”的“设备”中解除关联，并更改密码。
device-unlinked-mail-subject = 有设备已从你的账户退出
device-unlinked-mail =
    已从你的账户退出：{ $devices }。
    
    如果不是你本人，请更改密码并通知你的管理员。
