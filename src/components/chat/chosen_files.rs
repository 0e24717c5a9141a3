//! Files that someone chose, pasted or dropped.

use js_sys::Date;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList, FilePropertyBag};

/// The files of a list.
pub fn listed(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// The files that were pasted. A picture from the clipboard has no name of its own and gets one by the time.
pub fn pasted(event: &Event) -> Vec<File> {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    listed(data.and_then(|data| data.files())).into_iter().map(named).collect()
}

fn named(file: File) -> File {
    if !file.name().starts_with("image.") {
        return file;
    }
    let stamp: String = Date::new_0().to_iso_string().into();
    let stamp = stamp.split('.').next().unwrap_or_default().replace([':', 'T'], "-");
    let name = file.name().replacen("image", &format!("picture-{stamp}"), 1);
    let options = FilePropertyBag::new();
    options.set_type(&file.type_());
    let parts = js_sys::Array::of1(&file);
    File::new_with_blob_sequence_and_options(&parts, &name, &options).unwrap_or(file)
}

/// Whether files are being dragged, and no text or link of the page.
pub fn are_dragged(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// What was dropped: the files, and whether a folder was among it. A folder looks like a file that is empty.
pub fn dropped(data: &DataTransfer) -> (Vec<File>, bool) {
    let (items, mut files, mut has_folder) = (data.items(), Vec::new(), false);
    for at in 0..items.length() {
        let Some(item) = items.get(at).filter(|item| item.kind() == "file") else { continue };
        if item.webkit_get_as_entry().ok().flatten().is_some_and(|entry| entry.is_directory()) {
            has_folder = true;
        } else if let Ok(Some(file)) = item.get_as_file() {
            files.push(file);
        }
    }
    (files, has_folder)
}
