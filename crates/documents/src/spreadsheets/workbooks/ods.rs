//! OpenDocument sheets, from their XML.
//!
//! Read here and not by calamine, whose reader writes out every repeated cell and blank before anyone can count them.
//! Source: OASIS, OpenDocument 1.3 part 3, chapter 9 (tables).

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Budget, Limits, MAX_COLUMNS, RosterError, Sheet, text};
use crate::spreadsheets::legacy::{self, Font};

/// Where reading stands.
#[derive(Default)]
struct Place {
    row: u32,
    row_repeats: u32,
    row_is_hidden: bool,
    column: u32,
    /// The font of each stretch of columns, for cells that name no style, and where the stretch ends.
    columns: Vec<(u32, Option<Font>)>,
    /// The cell that is open.
    cell: Option<Cell>,
    /// Inside a comment or a drawing, whose words are not the cell's.
    aside: usize,
}

struct Cell {
    repeats: u32,
    font: Option<Font>,
    /// The value, where an attribute gives it.
    value: Option<String>,
    /// The words shown.
    shown: String,
}

/// The sheets of a `content.xml`.
pub fn sheets(content: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, RosterError> {
    let content = std::str::from_utf8(content).map_err(|_| RosterError::NotASpreadsheet)?;
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut hidden = HashSet::new();
    let mut fonts = HashMap::new();
    let mut style = String::new();
    let mut open = false;
    let mut place = Place::default();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) => match element.name().0 {
                "style:style" => style = attribute(&element, "style:name")?.unwrap_or_default(),
                "style:table-properties" => {
                    if attribute(&element, "table:display")?.as_deref() == Some("false") {
                        hidden.insert(style.clone());
                    }
                }
                "style:text-properties" => {
                    let named = attribute(&element, "style:font-name")?;
                    let font = named.or(attribute(&element, "fo:font-family")?).and_then(|name| legacy::font(&name));
                    fonts.extend(font.map(|font| (style.clone(), font)));
                }
                "table:table" => {
                    budget.allow_sheets(sheets.len() + 1)?;
                    let style = attribute(&element, "table:style-name")?.unwrap_or_default();
                    open = !hidden.contains(&style);
                    place = Place::default();
                    let name = attribute(&element, "table:name")?.unwrap_or_default();
                    sheets.push(if open { Sheet::named(name) } else { Sheet::hidden(name) });
                }
                _ if !open => (),
                "office:annotation" | "draw:frame" => place.aside += 1,
                // Columns beyond those that are read have no say.
                "table:table-column" if place.columns.len() < MAX_COLUMNS as usize => {
                    let style = attribute(&element, "table:default-cell-style-name")?.unwrap_or_default();
                    let begins = place.columns.last().map_or(0, |(end, _)| *end);
                    let end = begins.saturating_add(repeats(&element, "table:number-columns-repeated")?);
                    place.columns.push((end, fonts.get(&style).copied()));
                }
                "table:table-row" => {
                    place.row_repeats = repeats(&element, "table:number-rows-repeated")?;
                    let visibility = attribute(&element, "table:visibility")?;
                    place.row_is_hidden = matches!(visibility.as_deref(), Some("collapse" | "filter"));
                    place.column = 0;
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    let font = match attribute(&element, "table:style-name")? {
                        Some(style) => fonts.get(&style).copied(),
                        None => place.columns.iter().find(|(end, _)| place.column < *end).and_then(|(_, font)| *font),
                    };
                    place.cell = Some(Cell { font, ..Cell::new(&element, budget.limits)? });
                }
                name => place.write(blank(name)),
            },
            // Where the file breaks its own lines is no break in a text.
            Event::Text(words) if open => place.write(&words.xml10_content().replace('\n', " ")),
            Event::CData(words) if open => place.write(&words.xml10_content()),
            Event::GeneralRef(reference) if open => {
                let name = reference.as_ref();
                let character = reference.resolve_char_ref().map_err(damaged)?;
                match (character, quick_xml::escape::resolve_xml_entity(name)) {
                    (Some(character), _) => place.write(character.encode_utf8(&mut [0; 4])),
                    (None, Some(entity)) => place.write(entity),
                    (None, None) => return Err(RosterError::NotASpreadsheet),
                }
            }
            Event::End(element) if open => match element.name().0 {
                "table:table" => open = false,
                "office:annotation" | "draw:frame" => place.aside = place.aside.saturating_sub(1),
                "table:table-row" => place.row = place.row.saturating_add(place.row_repeats),
                "table:table-cell" | "table:covered-table-cell" => {
                    if let Some(sheet) = sheets.last_mut() {
                        place.close_cell(sheet, budget)?;
                    }
                }
                "text:p" => place.write("\n"),
                _ => (),
            },
            // Cut off in the middle of a sheet.
            Event::Eof if open => return Err(RosterError::NotASpreadsheet),
            Event::Eof => break,
            _ => (),
        }
    }
    Ok(sheets)
}

impl Place {
    fn write(&mut self, words: &str) {
        if let Some(cell) = self.cell.as_mut()
            && self.aside == 0
        {
            cell.shown.push_str(words);
        }
    }

    fn close_cell(&mut self, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), RosterError> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let written = cell.value.unwrap_or_else(|| text::plain(&cell.shown, budget.limits));
        let end = self.column.saturating_add(cell.repeats);
        if !written.is_empty() {
            // Endless repeats end with the budget.
            for row in self.row..self.row.saturating_add(self.row_repeats) {
                for column in self.column..end {
                    sheet.put(row, column, written.clone(), budget)?;
                    sheet.show(row, column, cell.font);
                }
                if self.row_is_hidden {
                    sheet.hide(row);
                }
            }
        }
        self.column = end;
        Ok(())
    }
}

impl Cell {
    fn new(element: &BytesStart<'_>, limits: Limits) -> Result<Self, RosterError> {
        let get = |name| attribute(element, name);
        let kind = get("office:value-type")?.unwrap_or_default();
        let value = if get("calcext:value-type")?.as_deref() == Some("error") {
            Some(String::new())
        } else {
            match kind.as_str() {
                "float" | "percentage" | "currency" => {
                    get("office:value")?.map(|value| value.parse().map_or_else(|_| text::plain(&value, limits), text::number))
                }
                "date" => get("office:date-value")?.map(|value| text::iso_date(&value, limits)),
                "boolean" => get("office:boolean-value")?.map(|value| value.to_uppercase()),
                "string" => get("office:string-value")?.map(|value| text::plain(&value, limits)),
                _ => None,
            }
        };
        Ok(Self { repeats: repeats(element, "table:number-columns-repeated")?, font: None, value, shown: String::new() })
    }
}

/// What an element inside a cell stands for, however often it says it repeats: blanks are collapsed later.
fn blank(name: &str) -> &'static str {
    match name {
        "text:s" | "text:tab" => " ",
        "text:line-break" => "\n",
        _ => "",
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u32, RosterError> {
    Ok(attribute(element, name)?.and_then(|value| value.parse().ok()).unwrap_or(1))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, RosterError> {
    let Some(found) = element.try_get_attribute(name).map_err(|_| RosterError::NotASpreadsheet)? else {
        return Ok(None);
    };
    let value = found.normalized_value(XmlVersion::Implicit1_0).map_err(damaged)?;
    Ok(Some(value.into_owned()))
}

fn damaged(_: quick_xml::Error) -> RosterError {
    RosterError::NotASpreadsheet
}
