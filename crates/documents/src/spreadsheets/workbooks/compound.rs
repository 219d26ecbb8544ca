//! The container of Excel 97–2003 files: a small file system of sectors and chains.
//!
//! Read here and not by calamine, whose reader follows a chain that bites its tail until memory ends.
//! Source: Microsoft, [MS-CFB] Compound File Binary File Format.

use super::RosterError;

/// The first bytes of every compound file.
pub const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Streams shorter than this lie in the mini stream.
const MINI_CUTOFF: usize = 4096;
const MINI_SECTOR: usize = 64;
/// Sector numbers from here on are marks, not places.
const FIRST_MARK: u32 = 0xFFFF_FFFA;

/// A compound file, its allocation tables read.
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Reads the tables and the directory. Every chain is at most as long as the file.
    pub fn new(bytes: &'a [u8]) -> Result<Self, RosterError> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(RosterError::NotASpreadsheet),
        };
        let mut file =
            Self { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini_stream: Vec::new(), entries: Vec::new() };
        file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.entries = directory.as_chunks::<128>().0.iter().map(|entry| entry_from(entry)).collect::<Result<_, _>>()?;
        if let Some(root) = file.entries.first()
            && root.start < FIRST_MARK
        {
            file.mini_stream = file.chain(root.start)?;
            file.mini_fat = numbers(&file.chain(u32_at(bytes, 60)?)?);
        }
        Ok(file)
    }

    /// Whether a stream of this name exists, in any case.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Result<Vec<u8>, RosterError> {
        let entry = self.entry(name).ok_or(RosterError::NotASpreadsheet)?;
        let mut stream = if entry.length < MINI_CUTOFF {
            let mut stream = Vec::new();
            for number in walk(entry.start, &self.mini_fat)? {
                let at = number as usize * MINI_SECTOR;
                stream.extend_from_slice(self.mini_stream.get(at..at + MINI_SECTOR).ok_or(RosterError::NotASpreadsheet)?);
            }
            stream
        } else {
            self.chain(entry.start)?
        };
        // A file that was cut off is refused: nobody would miss the rows that it lost.
        if stream.len() < entry.length {
            return Err(RosterError::NotASpreadsheet);
        }
        stream.truncate(entry.length);
        Ok(stream)
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn read_fat(&mut self) -> Result<(), RosterError> {
        let most = self.bytes.len() / self.sector + 1;
        let mut list = numbers(self.bytes.get(76..512).ok_or(RosterError::NotASpreadsheet)?);
        let mut next = u32_at(self.bytes, 68)?;
        while next < FIRST_MARK {
            list.extend(numbers(self.sector_at(next)?));
            next = list.pop().unwrap_or(FIRST_MARK);
            if list.len() > most + 109 + self.sector {
                return Err(RosterError::NotASpreadsheet);
            }
        }
        list.retain(|number| *number < FIRST_MARK);
        if list.len() > most {
            return Err(RosterError::NotASpreadsheet);
        }
        for number in list {
            self.fat.extend(numbers(self.sector_at(number)?));
        }
        Ok(())
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, RosterError> {
        let mut bytes = Vec::new();
        for number in walk(start, &self.fat)? {
            if bytes.len() % self.sector != 0 {
                return Err(RosterError::NotASpreadsheet);
            }
            bytes.extend_from_slice(self.sector_at(number)?);
        }
        Ok(bytes)
    }

    /// One sector; the last one of a file may be short where it ends a chain.
    fn sector_at(&self, number: u32) -> Result<&'a [u8], RosterError> {
        let start = (number as usize + 1) * self.sector;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty()).ok_or(RosterError::NotASpreadsheet)
    }
}

/// The sector numbers of a chain; an error if it is longer than its table, that is, runs in a circle.
fn walk(start: u32, table: &[u32]) -> Result<Vec<u32>, RosterError> {
    let mut numbers = Vec::new();
    let mut number = start;
    while number < FIRST_MARK {
        if numbers.len() >= table.len() {
            return Err(RosterError::NotASpreadsheet);
        }
        numbers.push(number);
        number = *table.get(number as usize).ok_or(RosterError::NotASpreadsheet)?;
    }
    Ok(numbers)
}

fn entry_from(bytes: &[u8]) -> Result<Entry, RosterError> {
    let units: Vec<u16> =
        bytes.as_chunks::<2>().0.iter().take(32).map(|unit| u16::from_le_bytes(*unit)).take_while(|unit| *unit != 0).collect();
    Ok(Entry { name: String::from_utf16_lossy(&units), start: u32_at(bytes, 116)?, length: u32_at(bytes, 120)? as usize })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

/// The bytes at a place, if the data reach that far.
pub fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], RosterError> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or(RosterError::NotASpreadsheet)
}

/// A 16-bit number at a place.
pub fn u16_at(bytes: &[u8], at: usize) -> Result<u16, RosterError> {
    array_at(bytes, at).map(u16::from_le_bytes)
}

/// A 32-bit number at a place.
pub fn u32_at(bytes: &[u8], at: usize) -> Result<u32, RosterError> {
    array_at(bytes, at).map(u32::from_le_bytes)
}
