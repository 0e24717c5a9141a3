//! The demo's people and what they wrote. All fictional; phone numbers are from the range kept for fiction.

use causeway_api::people::Role;

/// The demo password of everyone.
pub(super) const PASSWORD: &str = "lantern over the water 7";

/// A company: name to type, name as shown, plan.
pub(super) const COMPANIES: [(&str, &str, &str); 2] =
    [("lanternbay", "Lantern Bay Capital", "enterprise"), ("peaklegal", "Peak Legal", "free")];

/// An employee.
pub(super) struct Employee {
    pub(super) company: usize,
    pub(super) username: &'static str,
    pub(super) name: &'static str,
    pub(super) role: Role,
    pub(super) about: &'static str,
}

const fn employee(
    company: usize,
    username: &'static str,
    name: &'static str,
    role: Role,
    about: &'static str,
) -> Employee {
    Employee { company, username, name, role, about }
}

pub(super) const EMPLOYEES: [Employee; 6] = [
    employee(0, "priya.nair", "Priya Nair", Role::AccountManager, "Account manager"),
    employee(0, "daniel.okafor", "Daniel Okafor", Role::AccountManager, "Client operations"),
    employee(0, "waiman.chan", "陳慧敏 Chan Wai Man", Role::AccountManager, "Account manager"),
    employee(0, "mei.lin", "Mei Lin", Role::OrgAdmin, "Org admin"),
    employee(0, "tomas.rivera", "Tomás Rivera", Role::ComplianceOfficer, "Compliance officer"),
    employee(1, "ana.silva", "Ana Silva", Role::OrgAdmin, "Org admin"),
];

/// A client.
pub(super) struct Client {
    pub(super) company: usize,
    pub(super) name: &'static str,
    pub(super) language: Option<&'static str>,
    pub(super) about: &'static str,
    pub(super) email: &'static str,
}

const fn client(
    company: usize,
    name: &'static str,
    language: Option<&'static str>,
    about: &'static str,
    email: &'static str,
) -> Client {
    Client { company, name, language, about, email }
}

/// The clients.
pub(super) const CLIENTS: [Client; 8] = [
    client(0, "Lukas Brandt", None, "Brandt Logistik GmbH", "lukas@brandt-logistik.example"),
    client(
        0,
        "Wong Ka Man 黃嘉敏",
        Some("zh-Hant"),
        "Ocean Terrace Trading Ltd.",
        "kaman@oceanterrace.example",
    ),
    client(0, "Amara Ndiaye", None, "Ndiaye & Fils SARL", "amara@ndiaye-fils.example"),
    client(0, "田中 美咲", Some("ja"), "東都商事株式会社", "misaki@toto-shoji.example"),
    client(0, "Olivia Sørensen", None, "Private client", "olivia@sorensen.example"),
    client(0, "王建国", Some("zh-Hans"), "上海远洋贸易有限公司", "jianguo@yuanyang.example"),
    client(
        0,
        "Maria-Fernanda Villanueva de la Concepción",
        None,
        "Fundación Villanueva para la Educación",
        "mf@villanueva.example",
    ),
    client(1, "Inês Duarte", None, "Duarte Conservas Lda.", "ines@duarte.example"),
];

/// A conversation: a group's name or nothing, its members by name, and lines of (minutes ago, who, text).
pub(super) struct Conversation {
    pub(super) company: usize,
    pub(super) group: Option<&'static str>,
    pub(super) members: &'static [&'static str],
    /// How many of the last lines the first member has not read.
    pub(super) unread: i64,
    pub(super) lines: &'static [(i64, &'static str, &'static str)],
}

const DAY: i64 = 24 * 60;

pub(super) const CONVERSATIONS: [Conversation; 12] = [
    Conversation {
        company: 0,
        group: Some("Wong Ka Man 黃嘉敏"),
        members: &["Priya Nair", "Daniel Okafor", "Wong Ka Man 黃嘉敏"],
        unread: 0,
        lines: &[
            (DAY + 12, "Wong Ka Man 黃嘉敏", "你好 Priya，請問第三季報告幾時可以收到？"),
            (
                DAY + 11,
                "Wong Ka Man 黃嘉敏",
                "Also, has the custody address changed? Our accountant has an old one on file.",
            ),
            (
                DAY + 6,
                "Priya Nair",
                "Hi Ka Man, the Q3 report is with compliance now. I expect it tomorrow morning.",
            ),
            (
                DAY + 5,
                "Priya Nair",
                "The custody address is unchanged: 12/F, Fleet House, 38 Gloucester Medium, Wan Chai.",
            ),
            (55, "Wong Ka Man 黃嘉敏", "Any news on this one?"),
            (
                48,
                "Priya Nair",
                "Here it is. Page 4 has the summary you asked for: https://reports.lanternbay.example/q3-2026",
            ),
            (
                44,
                "Daniel Okafor",
                "Good morning, Ka Man. I added the fee breakdown as a separate sheet at the end.",
            ),
            (6, "Wong Ka Man 黃嘉敏", "太好了，多謝！I will read it on the train and call you at 3."),
            (2, "Priya Nair", "3 pm works. Speak then."),
        ],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "Amara Ndiaye"],
        unread: 2,
        lines: &[
            (70, "Priya Nair", "Good morning Amara, the signed copy is on its way."),
            (11, "Amara Ndiaye", "Thank you."),
            (10, "Amara Ndiaye", "Thank you. Could you resend the signed copy? The link expired overnight."),
        ],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "田中 美咲"],
        unread: 1,
        lines: &[
            (60, "Priya Nair", "来週、お打ち合わせのお時間をいただけますか。"),
            (37, "田中 美咲", "ありがとうございます。来週の水曜日でお願いします。"),
        ],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "Daniel Okafor"],
        unread: 0,
        lines: &[
            (52, "Daniel Okafor", "Where do I find the fees for Ocean Terrace?"),
            (44, "Priya Nair", "Fee breakdown is in the shared folder"),
        ],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "Maria-Fernanda Villanueva de la Concepción"],
        unread: 1,
        lines: &[(
            81,
            "Maria-Fernanda Villanueva de la Concepción",
            "Buenos días Priya. The board meets on Thursday; could we have the papers before?",
        )],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "Lukas Brandt"],
        unread: 0,
        lines: &[
            (
                3 * DAY + 20,
                "Lukas Brandt",
                "Guten Morgen Priya, could you confirm the transfer to the new account?",
            ),
            (
                3 * DAY + 12,
                "Priya Nair",
                "Good morning Lukas. I will check with operations and come back to you today.",
            ),
            (3 * DAY, "Lukas Brandt", "Perfect, thank you."),
        ],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "陳慧敏 Chan Wai Man"],
        unread: 0,
        lines: &[(4 * DAY, "陳慧敏 Chan Wai Man", "Compliance signed off on the Q3 pack")],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "Olivia Sørensen"],
        unread: 0,
        lines: &[
            (4 * DAY + 90, "Olivia Sørensen", "The house is ready. Shall we talk about the mortgage?"),
            (4 * DAY + 60, "Priya Nair", "Gladly. Tomorrow at ten?"),
        ],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "王建国"],
        unread: 0,
        lines: &[
            (5 * DAY + 30, "Priya Nair", "王总您好，明天上午十点开会可以吗？"),
            (5 * DAY, "王建国", "好的，没问题，明天见。"),
        ],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Priya Nair", "Tomás Rivera"],
        unread: 0,
        lines: &[(6 * DAY, "Priya Nair", "I will take the Brandt account on Friday")],
    },
    Conversation {
        company: 0,
        group: None,
        members: &["Daniel Okafor", "Lukas Brandt"],
        unread: 1,
        lines: &[(2 * DAY, "Lukas Brandt", "Hello Daniel, which documents do you still need from us?")],
    },
    Conversation {
        company: 1,
        group: None,
        members: &["Ana Silva", "Inês Duarte"],
        unread: 0,
        lines: &[
            (DAY, "Inês Duarte", "Bom dia Ana. The lease is signed."),
            (DAY - 20, "Ana Silva", "Thank you, Inês. I have filed it."),
        ],
    },
];

/// The conversation of ten thousand messages.
pub(super) const LONG_NAME: &str = "Harbour Fund onboarding";
/// Its members.
pub(super) const LONG_MEMBERS: [&str; 3] = ["Priya Nair", "Daniel Okafor", "Olivia Sørensen"];
/// How many messages it has.
pub(super) const LONG_COUNT: i64 = 10_000;
/// What is said in it, again and again.
pub(super) const LONG_LINES: [&str; 9] = [
    "Good morning.",
    "The subscription form is complete except for the tax residence on page 3. Could you add it and initial the change?",
    "Done.",
    "Thank you. Operations will book it at the next dealing date.",
    "When is that?",
    "The first business day of the month. You will get the contract note two days later.",
    "Is the minimum holding period still twelve months? Our auditor asked, and I would rather quote you than the factsheet, which is from last year.",
    "Yes, twelve months from the first subscription. Later subscriptions do not start it again.",
    "Understood, I will tell them.",
];
/// The last thing said in it.
pub(super) const LONG_LAST: &str = "I added the custody forms";
