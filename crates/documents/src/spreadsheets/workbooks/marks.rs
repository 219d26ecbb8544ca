//! What calamine does not tell of an Excel workbook: which rows are hidden, and which cells are shown in an old font.
//!
//! The archive has been inspected, so no part unpacks to more than the limits allow. What cannot be read gives no marks.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::Sheet;
use crate::spreadsheets::legacy::{self, Font};

/// Whether two sheets of a workbook are the same part: read for each, it would cost out of all proportion.
pub fn shares_a_part(bytes: &[u8]) -> bool {
    let paths = ZipArchive::new(Cursor::new(bytes)).ok().and_then(|mut archive| paths(&mut archive)).unwrap_or_default();
    let mut seen = HashSet::new();
    !paths.iter().all(|(_, path)| seen.insert(path.to_lowercase()))
}

/// Notes hidden rows and old fonts in the sheets that were read.
pub fn put(bytes: &[u8], sheets: &mut [Sheet]) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return };
    let fonts = part(&mut archive, "xl/styles.xml").map(|styles| fonts_of_formats(&styles)).unwrap_or_default();
    let Some(paths) = paths(&mut archive) else { return };
    for sheet in sheets.iter_mut().filter(|sheet| !sheet.is_hidden) {
        let path = paths.iter().find(|(name, _)| *name == sheet.name);
        let Some(xml) = path.and_then(|(_, path)| part(&mut archive, path)) else { continue };
        if xml.contains("hidden=") || fonts.iter().any(Option::is_some) {
            mark(sheet, &xml, &fonts);
        }
    }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(path).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// Where the XML of each sheet lies, by the name on its tab.
fn paths(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<Vec<(String, String)>> {
    let mut targets = HashMap::new();
    each(&part(archive, "xl/_rels/workbook.xml.rels")?, |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, path);
        }
    });
    let mut paths = Vec::new();
    each(&part(archive, "xl/workbook.xml")?, |element| {
        // The prefix of the attribute is whatever the file declares.
        let id = element.attributes().flatten().find(|attribute| attribute.key.0.ends_with(":id"));
        let id = id.and_then(|id| id.normalized_value(XmlVersion::Implicit1_0).ok());
        if let (Some(name), Some(id)) = (attribute(element, "name"), id)
            && let Some(path) = targets.get(id.as_ref())
        {
            paths.push((name, path.clone()));
        }
    });
    Some(paths)
}

/// For each cell format, its font where that is one of an old encoding.
fn fonts_of_formats(styles: &str) -> Vec<Option<Font>> {
    let (mut fonts, mut formats) = (Vec::new(), Vec::new());
    let (mut in_fonts, mut in_formats) = (false, false);
    each(styles, |element| match element.local_name().into_inner() {
        "fonts" => in_fonts = true,
        "fills" => in_fonts = false,
        "font" if in_fonts => fonts.push(None),
        "name" if in_fonts => {
            if let Some(last) = fonts.last_mut() {
                *last = attribute(element, "val").and_then(|name| legacy::font(&name));
            }
        }
        "cellXfs" => in_formats = true,
        "cellStyles" | "dxfs" => in_formats = false,
        "xf" if in_formats => {
            let font = attribute(element, "fontId").and_then(|id| id.parse::<usize>().ok());
            formats.push(font.and_then(|font| fonts.get(font).copied().flatten()));
        }
        _ => {}
    });
    formats
}

fn mark(sheet: &mut Sheet, xml: &str, fonts: &[Option<Font>]) {
    let (mut row, mut column) = (0, 0);
    each(xml, |element| match element.local_name().into_inner() {
        "row" => {
            // Both count from 1 in the file, and go on from the last where it says nothing.
            row = attribute(element, "r").and_then(|number| number.parse().ok()).unwrap_or(row + 1);
            column = 0;
            if matches!(attribute(element, "hidden").as_deref(), Some("1" | "true")) && row > 0 {
                sheet.hide(row - 1);
            }
        }
        "c" => {
            column = attribute(element, "r").and_then(|place| column_of(&place)).unwrap_or(column + 1);
            let format = attribute(element, "s").and_then(|format| format.parse::<usize>().ok()).unwrap_or(0);
            if row > 0 && column > 0 {
                sheet.show(row - 1, column - 1, fonts.get(format).copied().flatten());
            }
        }
        _ => {}
    });
}

/// The column of a place like `AB12`, from 1.
fn column_of(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    letters.take(4).try_fold(0_u32, |column, letter| column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1))
}

fn each(xml: &str, mut see: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => see(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
