//! Files of users as spreadsheets and other programs write them.

use crate::common::{browser::Browser, forms, on_every_database};
use causeway_api::users::{ImportReport, RowOutcome};

/// What a preview says of each row: its line, its name, and what is wrong with it.
async fn previewed(mei: &mut Browser, csv: &str) -> Vec<(u64, String, String)> {
    let answer = mei.post("/api/admin/user-import/preview", &forms::file(csv)).await;
    assert_eq!(answer.status, 200, "{csv:?}: {}", answer.text);
    let rows = answer.read::<ImportReport>().rows.into_iter();
    rows.map(|row| match row.outcome {
        RowOutcome::Refused { fault, .. } => (row.line, row.name, fault),
        _ => (row.line, row.name, String::new()),
    })
    .collect()
}

#[test]
fn files_are_read_as_spreadsheets_and_other_languages_write_them() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let ready = |line, name: &str| (line, name.to_owned(), String::new());
        for csv in [
            "name\temail\nAda\tada@x.example\n",
            "sep=;\r\nname;email\r\nAda;ada@x.example\r\n",
            "Full name,E-mail,Mobile phone\nAda,ada@x.example,+85261234567\n",
            "姓名,電子郵件,電話\nAda,ada@x.example,85261234567\n",
            "氏名;メールアドレス;携帯電話\nAda;ada@x.example;'+85261234567\n",
            "\u{feff}name,email,language\nAda,ada@x.example,zh-TW\n",
            "name,email,language\nAda,ada@x.example,Japanese\n",
            "name,email,phone\nAda,ada@x.example,\u{202a}+852 6123 4567\u{202c}\n,,\n,,\n",
        ] {
            let line = if csv.starts_with("sep") { 3 } else { 2 };
            assert_eq!(previewed(&mut mei, csv).await, [ready(line, "Ada")], "{csv:?}");
        }
        let csv = "name,email,job_description\n\"Ada\",ada@x.example,\"Sales\nAsia\"\nBad,nope,\n\n,,\n\
                   T\u{fffd}m,tom@x.example,\n\u{3164},nobody@x.example,\nPriya,PRIYA@staff.example,\n";
        let refused = |line, name: &str, fault: &str| (line, name.to_owned(), fault.to_owned());
        assert_eq!(
            previewed(&mut mei, csv).await,
            [
                ready(2, "Ada"),
                refused(4, "Bad", "fault-email"),
                refused(7, "T\u{fffd}m", "fault-csv-letters"),
                refused(8, "\u{3164}", "fault-invisible"),
                refused(9, "Priya", "fault-taken"),
            ]
        );
        let used = "name,username,email\nOther,other,Priya@Staff.example\n";
        assert_eq!(previewed(&mut mei, used).await, [refused(2, "Other", "fault-email-used")]);
    });
}
