//! The columns of a file of users, by the headings that other programs and other languages give them.

use crate::input::fold::fold;
use causeway_api::contacts::Profile;

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    FirstName,
    LastName,
    Username,
    Email,
    Phone,
    Role,
    CompanyRole,
    JobDescription,
    Language,
}

/// The headings of each column. They are compared folded, letters and digits only.
const HEADINGS: [(Column, &[&str]); 10] = [
    (
        Column::Name,
        &[
            "name",
            "full name",
            "display name",
            "employee name",
            "姓名",
            "名字",
            "名稱",
            "氏名",
            "名前",
            "お名前",
            "フルネーム",
        ],
    ),
    (Column::FirstName, &["first name", "given name", "forename", "名"]),
    (Column::LastName, &["last name", "family name", "surname", "姓"]),
    (
        Column::Username,
        &[
            "username",
            "user",
            "login",
            "login name",
            "account",
            "使用者名稱",
            "用戶名稱",
            "帳號",
            "用户名",
            "账号",
            "ユーザー名",
            "ユーザ名",
        ],
    ),
    (
        Column::Email,
        &[
            "email",
            "email address",
            "mail",
            "mail address",
            "work email",
            "電郵",
            "電郵地址",
            "電子郵件",
            "電子郵箱",
            "邮箱",
            "电子邮件",
            "电子邮箱",
            "メール",
            "メールアドレス",
            "Eメール",
            "電子メール",
        ],
    ),
    (
        Column::Phone,
        &[
            "phone",
            "phone number",
            "mobile",
            "mobile phone",
            "mobile number",
            "cell",
            "cell phone",
            "telephone",
            "tel",
            "電話",
            "電話號碼",
            "電話番号",
            "手機",
            "手機號碼",
            "手提電話",
            "流動電話",
            "手机",
            "手机号",
            "手机号码",
            "携帯",
            "携帯電話",
            "携帯番号",
        ],
    ),
    (Column::Role, &["role", "角色", "權限", "役割", "ロール", "権限"]),
    (
        Column::CompanyRole,
        &[
            "company role",
            "job title",
            "title",
            "position",
            "職稱",
            "職位",
            "公司職位",
            "职称",
            "职位",
            "公司职位",
            "役職",
            "社内での役割",
            "肩書き",
        ],
    ),
    (
        Column::JobDescription,
        &[
            "job description",
            "job",
            "duties",
            "description",
            "職務",
            "工作內容",
            "職務說明",
            "职务",
            "工作内容",
            "职务说明",
            "職種",
            "職務内容",
        ],
    ),
    (Column::Language, &["language", "preferred language", "語言", "语言", "言語"]),
];

fn key(heading: &str) -> String {
    fold(heading).text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Where each column is in a file.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<Option<Column>>);

impl Columns {
    /// The columns of a line of headings; nothing unless a name and a mail address are among them.
    pub(super) fn of<'a>(headings: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut columns = Vec::new();
        for heading in headings.map(key) {
            let meant = HEADINGS.iter().find(|(_, names)| names.iter().any(|name| key(name) == heading));
            let column = meant.map(|(column, _)| *column);
            // The first of two equal ones counts.
            columns.push(column.filter(|column| !columns.contains(&Some(*column))));
        }
        let has = |column| columns.contains(&Some(column));
        let is_named = has(Column::Name) || has(Column::FirstName) || has(Column::LastName);
        (is_named && has(Column::Email)).then_some(Self(columns))
    }
}

/// The cells of a row.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    columns: Columns,
    texts: Vec<String>,
}

impl Cells {
    pub(super) fn new(columns: &Columns, texts: Vec<String>) -> Self {
        Self { columns: columns.clone(), texts }
    }

    /// Every cell under a heading that is read.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let read = self.columns.0.iter().zip(&self.texts).filter(|(column, _)| column.is_some());
        read.map(|(_, text)| text.as_str())
    }

    /// A cell; empty where the file has no such column, or the row ends before it.
    pub(super) fn text(&self, column: Column) -> String {
        let at = self.columns.0.iter().position(|other| *other == Some(column));
        at.and_then(|at| self.texts.get(at)).cloned().unwrap_or_default()
    }

    /// The name, in one column or in two.
    pub(super) fn name(&self) -> String {
        let name = self.text(Column::Name);
        if !name.trim().is_empty() {
            return name;
        }
        let (first_name, last_name) = (self.text(Column::FirstName), self.text(Column::LastName));
        Profile { first_name, last_name, ..Profile::default() }.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_read_in_common_forms_and_languages() {
        use Column::{Email, Name, Phone};
        for headings in [
            ["name", "email", "phone"],
            ["Full name", "E-mail", "Mobile phone"],
            ["NAME", "Email Address", "Phone Number"],
            ["姓名", "電子郵件", "電話"],
            ["姓名", "邮箱", "手机号"],
            ["氏名", "メールアドレス", "携帯電話"],
            ["氏名", "ﾒｰﾙ", "電話番号"],
            ["\"Name\"", " E mail ", "Tel."],
        ] {
            let columns = Columns::of(headings.into_iter()).unwrap();
            assert_eq!(columns.0, [Some(Name), Some(Email), Some(Phone)], "{headings:?}");
        }
        assert!(Columns::of(["name", "address"].into_iter()).is_none());
        let columns = Columns::of(["Last Name", "First Name", "Email"].into_iter()).unwrap();
        let cells = Cells::new(&columns, ["Brandt", "Lukas", "l@x.example"].map(str::to_owned).into());
        assert_eq!(cells.name(), "Lukas Brandt");
        let headings = ["Name", "Email", "Role", "Company role", "Job description"];
        let columns = Columns::of(headings.into_iter()).unwrap();
        let cells = Cells::new(
            &columns,
            ["A", "a@x.example", "owner", "Partner", "Litigation"].map(str::to_owned).into(),
        );
        let read =
            [Column::Role, Column::CompanyRole, Column::JobDescription].map(|column| cells.text(column));
        assert_eq!(read, ["owner", "Partner", "Litigation"]);
    }
}
