//! The types of files that can be sent, each known by the end of its name and by its content: both have to agree.

use causeway_api::files::FileGroup::{self, Archive, Audio, Mail, Office, Picture, Signature, Text, Video};

/// By what the content of a type is known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    /// By one of these streams of a compound file ([MS-CFB]), which older office programs write; by any when none is named.
    Compound(&'static [&'static str]),
    /// By what stands at an offset.
    Magic(usize, &'static [&'static [u8]]),
    /// It is text in an encoding that is known here.
    PlainText,
    /// It is text that begins with one of these, whatever the case.
    TextBeginning(&'static [&'static str]),
    /// A mail: it begins with a header field (RFC 5322, 2.2).
    MailHeader,
    /// A signature or certificate: DER, or text with a line of five dashes in front (RFC 7468).
    DerOrPem,
    /// Packed XML of a word processor, spreadsheet or presentation, without macros.
    OpenXml(&'static str),
    /// A zip file with one of these entries.
    ZipWith(&'static [&'static str]),
}

/// A type.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileType {
    /// The end of its names.
    pub(super) extension: &'static str,
    /// Its group.
    pub(super) group: FileGroup,
    /// Its media type (IANA, or the one in use).
    pub(super) media: &'static str,
    /// By what its content is known.
    pub(super) look: Look,
}

const WORD: Look = Look::Compound(&["WordDocument"]);
const EXCEL: Look = Look::Compound(&["Workbook", "Book"]);
const POWERPOINT: Look = Look::Compound(&["PowerPoint Document"]);
const COMPOUND: Look = Look::Compound(&[]);
const ISO_MEDIA: Look = Look::Magic(4, &[b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"]);
const EBML: Look = Look::Magic(0, &[&[0x1a, 0x45, 0xdf, 0xa3]]);
const OGG: Look = Look::Magic(0, &[b"OggS"]);
const JPEG: Look = Look::Magic(0, &[&[0xff, 0xd8, 0xff]]);
const TIFF: Look = Look::Magic(0, &[b"II*\0", b"MM\0*"]);
const HEIF: Look =
    Look::Magic(4, &[b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim"]);
const IWORK: Look = Look::ZipWith(&["Index/Document.iwa", "Index.zip", "index.xml", "index.apxl"]);

const fn of(extension: &'static str, group: FileGroup, media: &'static str, look: Look) -> FileType {
    FileType { extension, group, media, look }
}

/// Every type there is.
pub(super) const TYPES: [FileType; 82] = [
    of("jpg", Picture, "image/jpeg", JPEG),
    of("jpeg", Picture, "image/jpeg", JPEG),
    of("jfif", Picture, "image/jpeg", JPEG),
    of("png", Picture, "image/png", Look::Magic(0, &[b"\x89PNG\r\n\x1a\n"])),
    of("gif", Picture, "image/gif", Look::Magic(0, &[b"GIF87a", b"GIF89a"])),
    of("webp", Picture, "image/webp", Look::Magic(8, &[b"WEBP"])),
    of("bmp", Picture, "image/bmp", Look::Magic(0, &[b"BM"])),
    of("tif", Picture, "image/tiff", TIFF),
    of("tiff", Picture, "image/tiff", TIFF),
    of("heic", Picture, "image/heic", HEIF),
    of("heif", Picture, "image/heif", HEIF),
    of("avif", Picture, "image/avif", Look::Magic(4, &[b"ftypavif", b"ftypavis", b"ftypmif1"])),
    of("pdf", Office, "application/pdf", Look::Magic(0, &[b"%PDF-"])),
    of("doc", Office, "application/msword", WORD),
    of("dot", Office, "application/msword", WORD),
    of("xls", Office, "application/vnd.ms-excel", EXCEL),
    of("xlt", Office, "application/vnd.ms-excel", EXCEL),
    of("ppt", Office, "application/vnd.ms-powerpoint", POWERPOINT),
    of("pps", Office, "application/vnd.ms-powerpoint", POWERPOINT),
    of(
        "docx",
        Office,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Look::OpenXml("word/"),
    ),
    of(
        "dotx",
        Office,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        Look::OpenXml("word/"),
    ),
    of(
        "xlsx",
        Office,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Look::OpenXml("xl/"),
    ),
    of(
        "xltx",
        Office,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        Look::OpenXml("xl/"),
    ),
    of(
        "pptx",
        Office,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Look::OpenXml("ppt/"),
    ),
    of(
        "ppsx",
        Office,
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        Look::OpenXml("ppt/"),
    ),
    of("vsdx", Office, "application/vnd.ms-visio.drawing", Look::OpenXml("visio/")),
    of("odt", Office, "application/vnd.oasis.opendocument.text", Look::ZipWith(&["mimetype"])),
    of("ods", Office, "application/vnd.oasis.opendocument.spreadsheet", Look::ZipWith(&["mimetype"])),
    of("odp", Office, "application/vnd.oasis.opendocument.presentation", Look::ZipWith(&["mimetype"])),
    of("epub", Office, "application/epub+zip", Look::ZipWith(&["mimetype"])),
    of("rtf", Office, "application/rtf", Look::Magic(0, &[b"{\\rtf"])),
    of("pages", Office, "application/vnd.apple.pages", IWORK),
    of("numbers", Office, "application/vnd.apple.numbers", IWORK),
    of("key", Office, "application/vnd.apple.keynote", IWORK),
    of("wps", Office, "application/vnd.ms-works", COMPOUND),
    of("et", Office, "application/octet-stream", COMPOUND),
    of("dps", Office, "application/octet-stream", COMPOUND),
    of("jtd", Office, "application/x-js-taro", COMPOUND),
    // DocuWorks documents begin with a header of their own: a length of 0x60 and the type 0x0e.
    of("xdw", Office, "application/vnd.fujifilm.fb.docuworks", Look::Magic(0, &[&[0x60, 0x0e]])),
    of("txt", Text, "text/plain", Look::PlainText),
    of("md", Text, "text/markdown", Look::PlainText),
    of("csv", Text, "text/csv", Look::PlainText),
    of("tsv", Text, "text/tab-separated-values", Look::PlainText),
    of("log", Text, "text/plain", Look::PlainText),
    of("json", Text, "application/json", Look::PlainText),
    of("xml", Text, "application/xml", Look::PlainText),
    of("yaml", Text, "application/yaml", Look::PlainText),
    of("srt", Text, "application/x-subrip", Look::PlainText),
    of("eml", Mail, "message/rfc822", Look::MailHeader),
    of("msg", Mail, "application/vnd.ms-outlook", COMPOUND),
    of("ics", Mail, "text/calendar", Look::TextBeginning(&["BEGIN:VCALENDAR"])),
    of("vcf", Mail, "text/vcard", Look::TextBeginning(&["BEGIN:VCARD"])),
    of(
        "mp3",
        Audio,
        "audio/mpeg",
        Look::Magic(0, &[b"ID3", &[0xff, 0xfb], &[0xff, 0xfa], &[0xff, 0xf3], &[0xff, 0xf2]]),
    ),
    of("m4a", Audio, "audio/mp4", ISO_MEDIA),
    of("aac", Audio, "audio/aac", Look::Magic(0, &[&[0xff, 0xf1], &[0xff, 0xf9], b"ADIF"])),
    of("amr", Audio, "audio/amr", Look::Magic(0, &[b"#!AMR"])),
    of("ogg", Audio, "audio/ogg", OGG),
    of("oga", Audio, "audio/ogg", OGG),
    of("opus", Audio, "audio/ogg", OGG),
    of("wav", Audio, "audio/wav", Look::Magic(8, &[b"WAVE"])),
    of("flac", Audio, "audio/flac", Look::Magic(0, &[b"fLaC"])),
    of("weba", Audio, "audio/webm", EBML),
    of("caf", Audio, "audio/x-caf", Look::Magic(0, &[b"caff"])),
    of("mp4", Video, "video/mp4", ISO_MEDIA),
    of("m4v", Video, "video/mp4", ISO_MEDIA),
    of("mov", Video, "video/quicktime", ISO_MEDIA),
    of("3gp", Video, "video/3gpp", ISO_MEDIA),
    of("3g2", Video, "video/3gpp2", ISO_MEDIA),
    of("webm", Video, "video/webm", EBML),
    of("mkv", Video, "video/x-matroska", EBML),
    of("mpg", Video, "video/mpeg", Look::Magic(0, &[&[0, 0, 1, 0xba], &[0, 0, 1, 0xb3]])),
    of("avi", Video, "video/x-msvideo", Look::Magic(8, &[b"AVI "])),
    of("p7m", Signature, "application/pkcs7-mime", Look::DerOrPem),
    of("p7s", Signature, "application/pkcs7-signature", Look::DerOrPem),
    of("p7b", Signature, "application/x-pkcs7-certificates", Look::DerOrPem),
    of("cer", Signature, "application/pkix-cert", Look::DerOrPem),
    of("crt", Signature, "application/x-x509-ca-cert", Look::DerOrPem),
    of("asc", Signature, "application/pgp-signature", Look::TextBeginning(&["-----BEGIN PGP "])),
    of("zip", Archive, "application/zip", Look::Magic(0, &[b"PK\x03\x04", b"PK\x05\x06"])),
    of("7z", Archive, "application/x-7z-compressed", Look::Magic(0, &[b"7z\xbc\xaf\x27\x1c"])),
    of("rar", Archive, "application/vnd.rar", Look::Magic(0, &[b"Rar!\x1a\x07"])),
    of("gz", Archive, "application/gzip", Look::Magic(0, &[&[0x1f, 0x8b]])),
];

/// The type that names with this end have.
pub(super) fn by_extension(extension: &str) -> Option<&'static FileType> {
    TYPES.iter().find(|known| known.extension == extension)
}

/// Ends of names of documents with macros, which a company can allow.
pub(super) const WITH_MACROS: [&str; 5] = ["docm", "xlsm", "pptm", "dotm", "xlsb"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_type_stands_twice_and_nothing_that_runs_is_among_them() {
        let ends: HashSet<&str> = TYPES.iter().map(|known| known.extension).collect();
        assert_eq!(ends.len(), TYPES.len());
        for never in [
            "svg", "html", "htm", "xhtml", "mht", "js", "mjs", "css", "wasm", "exe", "dll", "msi", "scr",
            "com", "bat", "cmd", "ps1", "vbs", "jar", "apk", "ipa", "iso", "img", "dmg", "lnk", "url",
            "webloc", "hta", "chm", "reg",
        ] {
            assert!(!ends.contains(never), "{never}");
        }
        assert!(WITH_MACROS.iter().all(|end| !ends.contains(end)));
    }
}
