# 邮件与短信。验证码短信少于 70 个字符；最后一行将验证码绑定到网站（WICG），其后不得有内容。
login-code-sms =
    Causeway 验证码：{ $code }，{ $minutes } 分钟内有效。请勿转告他人。
    @{ $host } #{ $code }
login-code-mail-subject = 您的 Causeway 登录验证码
login-code-mail =
    您的登录验证码是 { $code }，{ $minutes } 分钟内有效。

    请勿转告他人：公司或 Causeway 的人员都不会向您索取验证码。
    如果您刚才没有登录，说明有人知道您的密码。请更改密码，并通知管理员。
onboarding-mail-subject = 欢迎使用 Causeway
onboarding-mail =
    { $name } 您好：

    { $shown } 已为您开通 Causeway：与客户进行有记录的沟通。

    门户：{ $portal }
    公司名称：{ $company }
    用户名：{ $username }

    请在此设置密码。链接只能使用一次，{ $hours } 小时内有效：
    { $link }

    Causeway 使用指南：{ $guide }
    { $support }
onboarding-mail-no-support = 如有疑问，请联系贵公司的管理员。
onboarding-mail-support = 如有疑问，请联系：{ $contact }
onboarding-code-sms =
    { $code } 是您的验证码，{ $minutes } 分钟内有效。请勿转告他人。
    @{ $host } #{ $code }
onboarding-code-mail-subject = 您的验证码
onboarding-code-mail =
    { $code } 是您的验证码，{ $minutes } 分钟内有效。

    请勿转告他人。如非您本人请求，请忽略此邮件。
invitation-sms = { $company } 的 { $host } 邀请您对话：{ $link }
invitation-mail-subject = { $company } 的 { $host } 邀请您对话
invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望与您对话。消息会由 { $company } 记录并存档。

    请在 { $hours } 小时内（{ $until } 前）打开对话：
    { $link }
miniapp-invitation-sms = { $company } 的 { $host } 邀请您在微信对话：{ $link }
miniapp-invitation-mail-subject = { $company } 的 { $host } 邀请您在微信对话
miniapp-invitation-mail =
    { $name } 您好：

    { $company } 的 { $host } 希望在微信与您对话。消息会由 { $company } 记录并存档。

    请在 { $hours } 小时内（{ $until } 前）在微信打开 { $company } 的小程序，或此页面：
    { $link }
password-reset-mail-subject = 设置新密码
password-reset-mail =
    { $name } 您好：
    
    有人请求为您的 Causeway 账户设置新密码。请在 { $minutes } 分钟内在此设置，链接只能使用一次：
    { $link }
    
    如非您本人请求，请忽略此邮件。您的密码保持不变。
password-changed-mail-subject = 您的密码已更改
password-changed-mail =
    { $name } 您好：
    
    您的 Causeway 账户密码刚刚已更改。其他会话已退出。
    
    如非您本人操作，请立即使用登录页面的“忘记密码”，并通知管理员。
registration-code-mail-subject = { $company } 的验证码
registration-code-mail =
    { $code } 是您与 { $company } 对话的验证码，{ $minutes } 分钟内有效。
    
    请勿转告他人。如非您本人请求，请忽略此邮件。
registration-known-mail-subject = 您在 { $company } 已有账户
registration-known-mail =
    有人以此邮箱在 { $company } 注册。您已有账户，因此没有任何更改。
    
    请在 { $portal } 以公司名称 { $company_name } 和此邮箱登录。如忘记密码，请在那里选择“忘记密码”。
    
    如非您本人操作，请忽略此邮件。

# In place of an address, in mails.
server-itself = 服务器本机

device-linked-mail-subject = 有设备关联到您的账户
device-linked-mail =
    位于 { $address } 的 { $device } 已关联到您的账户，可以用您的身份阅读和发送消息。
    
    如非您本人操作，请在电脑上打开 Causeway，在“设置”的“设备”中解除关联，更改密码，然后通知管理员。
device-reminder-mail-subject = 昨天有设备关联到您的账户
device-reminder-mail =
    昨天，位于 { $address } 的 { $device } 关联到您的账户。
    
    Causeway 的人员绝不会要求您关联设备。如果这不是您的设备，请在“设置”的“设备”中解除关联，并更改密码。
device-unlinked-mail-subject = 有设备已从您的账户退出
device-unlinked-mail =
    已从您的账户退出：{ $devices }。
    
    如非您本人操作，请更改密码，并通知管理员。
new-browser-mail-subject = 您的账户有新的登录
new-browser-mail =
    有人使用 { $device }（地址 { $address }）登录了您的账户。此前从未有人在该处以您的身份登录。
    
    如果是您本人，无需任何操作。如果不是，请更改密码，在“设置”的“设备”中将该设备退出登录，并通知管理员。
failures-before-mail-subject = 多次尝试失败后登录成功
failures-before-mail =
    在 { $failures } 次错误的密码或验证码之后，有人使用 { $device }（地址 { $address }）登录了您的账户。
    
    如果是您本人，无需任何操作。如果不是，请更改密码，并通知管理员。
address-changed-mail-subject = 您的邮箱或电话号码已更改
address-changed-mail =
    { $name } 您好：
    
    管理员已更改您 Causeway 账户的邮箱或电话号码。今后，验证码会发送到新的邮箱或号码。
    
    如果您不知道原因，请立即询问管理员。
authenticator-added-mail-subject = 您的账户已设置身份验证器应用
authenticator-added-mail =
    有人在 { $address } 为您的账户设置了身份验证器应用。今后请使用它的验证码登录，不再通过短信或邮件发送验证码。
    
    如非您本人操作，请立即通知管理员。
authenticator-removed-mail-subject = 您的账户已移除身份验证器应用
authenticator-removed-mail =
    有人在 { $address } 移除了您账户的身份验证器应用。
    
    如非您本人操作，请更改密码，并立即通知管理员。
passkey-added-mail-subject = 您的账户已添加通行密钥
passkey-added-mail =
    有人在 { $address } 为您的账户添加了通行密钥“{ $what }”。您可以用它登录，不再通过短信或邮件发送验证码。
    
    如非您本人操作，请立即通知管理员。
passkey-removed-mail-subject = 您的账户已移除通行密钥
passkey-removed-mail =
    有人在 { $address } 从您的账户移除了通行密钥“{ $what }”。
    
    如非您本人操作，请更改密码，并立即通知管理员。
recovery-codes-renewed-mail-subject = 您的账户已生成新的恢复代码
recovery-codes-renewed-mail =
    有人在 { $address } 为您的账户生成了新的恢复代码。先前的恢复代码已失效。
    
    如非您本人操作，请更改密码，并立即通知管理员。
recovery-code-used-mail-subject = 您账户的恢复代码已被使用
recovery-code-used-mail =
    您的一个恢复代码已被使用，剩余 { $left } 个。请在用完之前，在“设置”的“安全”中生成新的恢复代码。
    
    如非您本人操作，请更改密码，并立即通知管理员。
second-factors-reset-mail-subject = 您的登录方式已重置
second-factors-reset-mail =
    管理员已移除您账户的身份验证器应用、通行密钥和恢复代码。您已在所有设备上退出登录；下次登录时会再次通过短信或邮件发送验证码。
    
    如果您没有提出请求，请立即通知管理员。
push-new-message = 您有一条新消息。
