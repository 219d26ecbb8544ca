//! Texts inside the records of Excel 97–2003: one or two bytes a letter, cut anywhere between two records.

use super::compound::u16_at;
use super::{Limits, RosterError, text};

/// Reads on from piece to piece.
struct Pieces<'a> {
    pieces: std::vec::IntoIter<&'a [u8]>,
    current: &'a [u8],
}

impl<'a> Pieces<'a> {
    fn new(pieces: Vec<&'a [u8]>) -> Self {
        let mut pieces = pieces.into_iter();
        let current = pieces.next().unwrap_or_default();
        Self { pieces, current }
    }

    /// Goes to the next piece when this one is used up; whether it had to.
    fn turn(&mut self) -> Option<bool> {
        let mut turned = false;
        while self.current.is_empty() {
            self.current = self.pieces.next()?;
            turned = true;
        }
        Some(turned)
    }

    fn byte(&mut self) -> Option<u8> {
        self.turn()?;
        let (first, rest) = self.current.split_first()?;
        self.current = rest;
        Some(*first)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut value = 0;
        for position in 0..bytes {
            value |= usize::from(self.byte()?) << (8 * position);
        }
        Some(value)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.turn()?;
            let step = count.min(self.current.len());
            self.current = &self.current[step..];
            count -= step;
        }
        Some(())
    }

    /// Letters; where they go on in the next piece, that says anew how wide they are.
    fn letters(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut units = Vec::new();
        while units.len() < count {
            if self.turn()? && !units.is_empty() {
                wide = self.byte()? & 1 != 0;
            }
            let unit = if wide { u16::from_le_bytes([self.byte()?, self.byte()?]) } else { u16::from(self.byte()?) };
            units.push(unit);
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A text after its length: letters, then the marks of its fonts and its phonetics, which are passed over.
    fn text(&mut self, length: usize) -> Option<String> {
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let phonetics = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let text = self.letters(length, flags & 1 != 0)?;
        self.skip(4 * runs + phonetics)?;
        Some(text)
    }
}

/// The table of shared texts, made plain once for all cells that name them. What cannot be read ends it.
pub fn shared(pieces: Vec<&[u8]>, limits: Limits) -> Vec<String> {
    let mut pieces = Pieces::new(pieces);
    let mut texts = Vec::new();
    // Two counts come first; they are not needed.
    if pieces.skip(8).is_some() {
        while let Some(shared) = pieces.number(2).and_then(|length| pieces.text(length)) {
            texts.push(text::plain(&shared, limits));
        }
    }
    texts
}

/// A text with a length of two bytes, at a place in a record.
pub fn long(pieces: Vec<&[u8]>, at: usize) -> Result<String, RosterError> {
    let length = u16_at(pieces.first().copied().unwrap_or_default(), at)?;
    let mut pieces = Pieces::new(pieces);
    pieces.skip(at + 2).and_then(|()| pieces.text(usize::from(length))).ok_or(RosterError::NotASpreadsheet)
}

/// A text with a length of one byte, at a place in a record.
pub fn short(record: &[u8], at: usize) -> Result<String, RosterError> {
    let mut pieces = Pieces::new(vec![record]);
    pieces.skip(at).and_then(|()| pieces.number(1)).and_then(|length| pieces.text(length)).ok_or(RosterError::NotASpreadsheet)
}
