//! A file as spreadsheets write it, read into rows that know their line.

use super::columns::{Cells, Columns};
use crate::limits;
use causeway_api::validate::Fault;

/// What spreadsheets put between the cells of a row.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads the rows below the headings, each with the number of its line in the file. Rows without anything in them are
/// left out.
pub(super) fn read(text: &str) -> Result<Vec<(u64, Cells)>, Fault> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let (named, table, lines_before) = named_separator(&text);
    let candidates = named.map_or(SEPARATORS.to_vec(), |separator| vec![separator]);
    let found = candidates.into_iter().find_map(|separator| {
        let headings = reader(table, separator).records().next()?.ok()?;
        Some((separator, Columns::of(headings.iter())?))
    });
    let (separator, columns) = found.ok_or(Fault::CsvColumns)?;
    let mut lines = Lines { text: table, at: 0, line: lines_before + 1 };
    let mut rows = Vec::new();
    for record in reader(table, separator).records().skip(1) {
        let record = record.map_err(|_| Fault::Csv)?;
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() >= limits::IMPORT_ROWS {
            return Err(Fault::CsvLong);
        }
        rows.push((line, Cells::new(&columns, record.iter().map(str::to_owned).collect())));
    }
    if rows.is_empty() { Err(Fault::CsvEmpty) } else { Ok(rows) }
}

fn reader(table: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(table.as_bytes())
}

/// The separator that a first line `sep=;` names, as Excel wants it, the table below, and how many lines that takes.
fn named_separator(text: &str) -> (Option<u8>, &str, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match named {
        Some([separator]) => (Some(*separator), rest, 1),
        _ => (None, text, 0),
    }
}

/// Counts lines, in one walk over the text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first character that stands in a row at or behind a place in the text.
    fn of(&mut self, byte: u64) -> u64 {
        let bytes = self.text.as_bytes();
        let mut place = usize::try_from(byte).unwrap_or(bytes.len()).min(bytes.len());
        // The reader passes over empty lines.
        while bytes.get(place) == Some(&b'\n') {
            place += 1;
        }
        let passed = self.text.get(self.at.min(place)..place).unwrap_or_default();
        self.line += passed.matches('\n').count() as u64;
        self.at = place;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::{super::columns::Column, *};

    fn rows(text: &str) -> Vec<(u64, String)> {
        read(text).unwrap().into_iter().map(|(line, cells)| (line, cells.text(Column::Name))).collect()
    }

    #[test]
    fn files_of_spreadsheets_are_read() {
        for text in [
            "\u{feff}name;email;job description\r\n\"Chan; Siu\";a@x.example;Broker\r\n",
            "name\temail\nChan; Siu\ta@x.example\n",
            "sep=;\r\nname;email\r\n\"Chan; Siu\";a@x.example\r\n",
            "\"sep=|\"\nname|email\nChan; Siu|a@x.example",
            "name,email\rChan; Siu,a@x.example\r",
        ] {
            let read = rows(text);
            assert_eq!(read.len(), 1, "{text:?}");
            assert_eq!(read[0].1, "Chan; Siu", "{text:?}");
        }
    }

    #[test]
    fn rows_know_their_lines() {
        let text =
            "name,email,job\n\"Ana\",a@x.example,\"Sales\nAsia\"\nBad,nope,\n\n\n,,\nCy,c@x.example,\n";
        assert_eq!(rows(text), [(2, "Ana".into()), (4, "Bad".into()), (8, "Cy".into())]);
        assert_eq!(rows("sep=,\r\nname,email\r\n\r\nAna,a@x.example"), [(4, "Ana".into())]);
    }

    #[test]
    fn rows_that_are_empty_but_for_separators_are_nobody() {
        let text = format!("name,email,phone\nAna,a@x.example,\n{}", ",,\n".repeat(15));
        assert_eq!(rows(&text), [(2, "Ana".into())]);
    }

    #[test]
    fn what_is_no_table_says_what_it_lacks() {
        for (text, fault) in [
            ("", Fault::CsvColumns),
            ("name\nA\n", Fault::CsvColumns),
            ("name,email\n", Fault::CsvEmpty),
            ("name,email\n,\n", Fault::CsvEmpty),
        ] {
            assert_eq!(read(text).unwrap_err(), fault, "{text:?}");
        }
    }
}
