# メールと SMS。コードの SMS は 70 文字以内。最後の行はコードをサイトに結び付ける（WICG）。その後には何も書かない。
login-code-sms =
    Causeway コード：{ $code }（{ $minutes }分有効）。誰にも教えないでください。
    @{ $host } #{ $code }
login-code-mail-subject = Causeway のサインインコード
login-code-mail =
    サインインコードは { $code } です。{ $minutes } 分間有効です。

    誰にも教えないでください。会社や Causeway の担当者がコードを尋ねることはありません。
    今サインインしていない場合は、誰かにパスワードを知られています。パスワードを変更し、管理者に知らせてください。
onboarding-mail-subject = Causeway へようこそ
onboarding-mail =
    { $name } 様

    { $shown } が Causeway を用意しました。顧客とのやり取りが記録されるメッセージサービスです。

    ポータル：{ $portal }
    会社名：{ $company }
    ユーザー名：{ $username }

    こちらでパスワードを設定してください。リンクは 1 回限り、{ $hours } 時間有効です：
    { $link }

    使い方のガイド：{ $guide }
    { $support }
onboarding-mail-no-support = ご不明な点は、社内の管理者にお問い合わせください。
onboarding-mail-support = ご不明な点のお問い合わせ先：{ $contact }
onboarding-code-sms =
    確認コード：{ $code }（{ $minutes }分有効）。誰にも教えないでください。
    @{ $host } #{ $code }
onboarding-code-mail-subject = 確認コード
onboarding-code-mail =
    確認コードは { $code } です。{ $minutes } 分間有効です。

    誰にも教えないでください。心当たりがない場合は、このメールを無視してください。
invitation-sms = { $company } の { $host } からチャットへの招待です：{ $link }
invitation-mail-subject = { $company } の { $host } からチャットへの招待
invitation-mail =
    { $name } 様

    { $company } の { $host } があなたとのチャットを希望しています。メッセージは { $company } が記録・保管します。

    { $hours } 時間以内（{ $until } まで）にこちらからチャットを開いてください：
    { $link }
miniapp-invitation-sms = { $company } の { $host } から WeChat でのチャットへの招待です：{ $link }
miniapp-invitation-mail-subject = { $company } の { $host } から WeChat でのチャットへの招待
miniapp-invitation-mail =
    { $name } 様

    { $company } の { $host } が WeChat でのチャットを希望しています。メッセージは { $company } が記録・保管します。

    { $hours } 時間以内（{ $until } まで）に WeChat で { $company } のミニプログラム、またはこのページを開いてください：
    { $link }
password-reset-mail-subject = 新しいパスワードの設定
password-reset-mail =
    { $name } 様
    
    Causeway アカウントの新しいパスワードの設定が依頼されました。{ $minutes } 分以内にこちらで設定してください。リンクは 1 回限りです：
    { $link }
    
    心当たりがない場合は、このメールを無視してください。パスワードは変わりません。
password-changed-mail-subject = パスワードが変更されました
password-changed-mail =
    { $name } 様
    
    Causeway アカウントのパスワードが変更されました。ほかのセッションはサインアウトされました。
    
    心当たりがない場合は、すぐにサインイン画面の「パスワードを忘れた場合」を使い、管理者に知らせてください。
registration-code-mail-subject = { $company } の確認コード
registration-code-mail =
    { $code } は { $company } とチャットするための確認コードです。{ $minutes } 分間有効です。
    
    誰にも教えないでください。心当たりがない場合は、このメールを無視してください。
registration-known-mail-subject = { $company } のアカウントをすでにお持ちです
registration-known-mail =
    このメールアドレスで { $company } への登録がありました。すでにアカウントがあるため、何も変更されていません。
    
    { $portal } で会社名 { $company_name } とこのメールアドレスを使ってサインインしてください。パスワードを忘れた場合は、そこで「パスワードを忘れた場合」を選んでください。
    
    心当たりがない場合は、このメールを無視してください。

# In place of an address, in mails.
server-itself = サーバー本体

device-linked-mail-subject = アカウントにデバイスがリンクされました
device-linked-mail =
    { $address } の { $device } があなたのアカウントにリンクされ、あなたとしてメッセージを読んだり送ったりできるようになりました。
    
    心当たりがない場合は、パソコンで Causeway を開き、「設定」の「デバイス」でリンクを解除し、パスワードを変更して、管理者に知らせてください。
device-reminder-mail-subject = 昨日、アカウントにデバイスがリンクされました
device-reminder-mail =
    昨日、{ $address } の { $device } があなたのアカウントにリンクされました。
    
    Causeway の担当者がデバイスのリンクをお願いすることはありません。ご自身のデバイスでない場合は、「設定」の「デバイス」でリンクを解除し、パスワードを変更してください。
device-unlinked-mail-subject = デバイスがアカウントからサインアウトされました
device-unlinked-mail =
    アカウントからサインアウトしたデバイス：{ $devices }
    
    心当たりがない場合は、パスワードを変更し、管理者に知らせてください。
new-browser-mail-subject = アカウントへの新しいサインイン
new-browser-mail =
    { $device }（アドレス { $address }）から、あなたのアカウントにサインインがありました。ここからのサインインは初めてです。
    
    ご本人であれば、何もする必要はありません。心当たりがない場合は、パスワードを変更し、「設定」の「デバイス」でそのデバイスをサインアウトして、管理者に知らせてください。
failures-before-mail-subject = 何度も失敗した後のサインイン
failures-before-mail =
    パスワードまたはコードを { $failures } 回間違えた後、{ $device }（アドレス { $address }）からあなたのアカウントにサインインがありました。
    
    ご本人であれば、何もする必要はありません。心当たりがない場合は、パスワードを変更し、管理者に知らせてください。
address-changed-mail-subject = メールアドレスまたは電話番号が変更されました
address-changed-mail =
    { $name } 様
    
    管理者があなたの Causeway アカウントのメールアドレスまたは電話番号を変更しました。今後、コードは新しい宛先に届きます。
    
    心当たりがない場合は、すぐに管理者にお問い合わせください。
authenticator-added-mail-subject = 認証アプリが設定されました
authenticator-added-mail =
    { $address } で、あなたのアカウントに認証アプリが設定されました。今後はそのコードでサインインします。SMS やメールでコードは送られません。
    
    心当たりがない場合は、すぐに管理者に知らせてください。
authenticator-removed-mail-subject = 認証アプリが削除されました
authenticator-removed-mail =
    { $address } で、あなたのアカウントから認証アプリが削除されました。
    
    心当たりがない場合は、パスワードを変更し、すぐに管理者に知らせてください。
passkey-added-mail-subject = パスキーが追加されました
passkey-added-mail =
    { $address } で、あなたのアカウントにパスキー「{ $what }」が追加されました。今後はこれでサインインできます。SMS やメールでコードは送られません。
    
    心当たりがない場合は、すぐに管理者に知らせてください。
passkey-removed-mail-subject = パスキーが削除されました
passkey-removed-mail =
    { $address } で、あなたのアカウントからパスキー「{ $what }」が削除されました。
    
    心当たりがない場合は、パスワードを変更し、すぐに管理者に知らせてください。
recovery-codes-renewed-mail-subject = 新しいリカバリーコードが作られました
recovery-codes-renewed-mail =
    { $address } で、あなたのアカウントの新しいリカバリーコードが作られました。以前のコードは使えません。
    
    心当たりがない場合は、パスワードを変更し、すぐに管理者に知らせてください。
recovery-code-used-mail-subject = リカバリーコードが使われました
recovery-code-used-mail =
    リカバリーコードが 1 つ使われました。残りは { $left } 個です。なくなる前に「設定」の「セキュリティ」で新しく作ってください。
    
    心当たりがない場合は、パスワードを変更し、すぐに管理者に知らせてください。
second-factors-reset-mail-subject = サインイン方法がリセットされました
second-factors-reset-mail =
    管理者があなたのアカウントの認証アプリ、パスキー、リカバリーコードを削除しました。すべてのデバイスからサインアウトされました。次のサインインでは、再び SMS またはメールでコードが送られます。
    
    依頼していない場合は、すぐに管理者に知らせてください。
push-new-message = 新しいメッセージがあります。
