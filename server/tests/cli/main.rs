//! The operator's command line, through the real binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod archive;
mod post;
mod running_server;

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn causeway(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
    command
        .args(arguments)
        .args(["--data".as_ref(), data.as_os_str()])
        .env("CAUSEWAY_PUBLIC_ORIGIN", "https://chat.harbour.example")
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null());
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    causeway(data, arguments).output().unwrap()
}

/// A server that listens.
struct Served(Child);

impl Served {
    fn start(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        assert!(lines.by_ref().map_while(Result::ok).any(|line| line.contains("\"listening\"")));
        // What it goes on to say is read, so that it can go on saying it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self(child)
    }

    /// Stops it as an operator does.
    fn stop(mut self) {
        let stopped = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(stopped.success() && self.0.wait().unwrap().success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // A test that failed leaves no server behind; one that was stopped has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_wrong_setting_ends_with_a_sentence_and_exit_code_2() {
    let data = tempfile::tempdir().unwrap();
    for (arguments, sentence) in [
        (vec!["serve", "--listen", "here"], "the setting `listen` is no network address: here"),
        (
            vec!["serve", "--public-origin", "http://chat.company.example"],
            "the setting `public_origin` must use https",
        ),
        (vec!["serve", "--database-url", "mysql://x"], "the setting `database_url` must begin with"),
        (vec!["serve", "--smtp-url", "smtp://localhost"], "the setting `smtp_from` is missing"),
    ] {
        let output = run(data.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said(&output).contains(sentence), "{}", said(&output));
    }
    let file = data.path().join("causeway.toml");
    std::fs::write(&file, "lisen = \"127.0.0.1:0\"\n").unwrap();
    let output = run(data.path(), &["serve", "--config", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("lisen"), "{}", said(&output));
}

#[test]
fn an_import_says_for_every_row_what_happened() {
    let data = tempfile::tempdir().unwrap();
    let created =
        run(data.path(), &["company", "create", "harbour", "--shown", "Harbour Law", "--plan", "pro"]);
    assert!(created.status.success(), "{}", said(&created));
    let again = run(data.path(), &["company", "create", " HARBOUR "]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("name: This is already taken. Choose another."), "{}", said(&again));
    let file = data.path().join("people.csv");
    let rows = "name,email,phone,role,job_description\n\
                Nora Quist,nora@harbour.example,+12025550190,account manager,Broker\n\
                Bad Mail,nowhere,,account manager,\n\
                Bad Phone,phone@harbour.example,12345,account manager,\n\
                Bad Role,role@harbour.example,,king,\n\
                Nora Again,nora@harbour.example,,org admin,\n\
                \"Oda, Lind\",oda@harbour.example,,Org_Admin,Partner\n";
    std::fs::write(&file, rows).unwrap();
    let output = run(data.path(), &["user", "import", file.to_str().unwrap(), "--company", "Harbour"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for line in [
        "line 2: imported Nora Quist",
        "line 3: not imported: email: Enter an email address like name@company.com.",
        "line 4: not imported: phone: Enter the number with its country code",
        "line 5: not imported: role king: This role doesn’t exist.",
        "line 6: not imported: username nora: already used by Nora Quist",
        "line 7: imported Oda, Lind",
        "2 imported, 4 not imported",
    ] {
        assert!(text.contains(line), "«{line}» is not in:\n{text}");
    }
    let verified = run(data.path(), &["archive", "verify"]);
    assert!(verified.status.success() && said(&verified).contains("harbour: 0 rows, all as recorded"));
}

#[test]
fn a_command_that_mails_links_refuses_to_guess_where_they_lead() {
    let data = tempfile::tempdir().unwrap();
    for arguments in [
        ["user", "import", "people.csv", "--company", "harbour"],
        ["user", "welcome", "nora", "--company", "harbour"],
    ] {
        let output = causeway(data.path(), &arguments).env_remove("CAUSEWAY_PUBLIC_ORIGIN").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said(&output).contains("the setting `public_origin` is missing"), "{}", said(&output));
    }
}

#[test]
fn a_welcome_mail_is_sent_again_to_whoever_has_no_password_yet() {
    let data = tempfile::tempdir().unwrap();
    run(data.path(), &["company", "create", "harbour", "--shown", "Harbour Law"]);
    let file = data.path().join("people.csv");
    std::fs::write(&file, "name,email\nNora Quist,nora@harbour.example\n").unwrap();
    run(data.path(), &["user", "import", file.to_str().unwrap(), "--company", "harbour"]);
    let sent = run(data.path(), &["user", "welcome", "Nora", "--company", "Harbour Law"]);
    assert!(sent.status.success(), "{}", said(&sent));
    let told = String::from_utf8_lossy(&sent.stdout).into_owned();
    assert_eq!(told, "a new link is on its way to nora@harbour.example; earlier ones no longer work\n");
    let unknown = run(data.path(), &["user", "welcome", "oda", "--company", "harbour"]);
    assert_eq!(unknown.status.code(), Some(1), "{}", said(&unknown));
}

#[test]
fn plans_limits_and_the_first_owner_are_set_here() {
    let data = tempfile::tempdir().unwrap();
    run(data.path(), &["company", "create", "harbour"]);
    let file = data.path().join("people.csv");
    std::fs::write(&file, "name,email,role\nNora,nora@harbour.example,org admin\nOda,oda@harbour.example,\n")
        .unwrap();
    let plan = run(data.path(), &["company", "plan", "harbour", "--plan", "pro", "--users", "1"]);
    assert!(plan.status.success() && said(&plan).contains("the plan of harbour is set"), "{}", said(&plan));
    let full = run(data.path(), &["user", "import", file.to_str().unwrap(), "--company", "harbour"]);
    assert!(said(&full).contains("line 3: not imported: users: Your plan has no places left. Ask the operator for more, or deactivate a user."), "{}", said(&full));
    let owner = run(data.path(), &["user", "role", "nora", "--company", "harbour", "--role", "owner"]);
    assert!(owner.status.success() && said(&owner).contains("nora is owner now"), "{}", said(&owner));
    let last = run(data.path(), &["user", "role", "nora", "--company", "harbour", "--role", "org admin"]);
    assert!(
        !last.status.success()
            && said(&last).contains("role: A company needs an owner. Make someone else an owner first."),
        "{}",
        said(&last)
    );
    let nobody = run(data.path(), &["user", "role", "nobody", "--company", "harbour", "--role", "owner"]);
    assert_eq!(nobody.status.code(), Some(1));
    let wrong = run(data.path(), &["company", "plan", "harbour", "--plan", "gold"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_second_server_on_the_same_data_is_refused_and_a_stop_is_graceful() {
    let data = tempfile::tempdir().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let first = Served::start(causeway(data.path(), &serve));
    let second = run(data.path(), &serve);
    assert_eq!(second.status.code(), Some(1));
    assert!(said(&second).contains("another server already works on this database"), "{}", said(&second));
    first.stop();
}
