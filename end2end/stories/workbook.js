// Fills in a workbook that the program offers, as somebody does in a spreadsheet program: texts into the rows below its
// headings, everything else as it was.
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** The workbook with `rows`, each an object of texts by the Vietnamese heading, below the row `headings` (from 1). */
export function fillIn(workbook, headings, rows) {
  const parts = unpack(workbook);
  const texts = [...parts.get("xl/sharedStrings.xml").toString().matchAll(/<si>.*?<\/si>/gs)].map(([item]) => plain(item));
  let sheet = parts.get("xl/worksheets/sheet1.xml").toString();
  const heads = [...row(sheet, headings).matchAll(/<c r="([A-Z]+)\d+"[^>]*t="s"[^>]*><v>(\d+)<\/v>/g)];
  const columns = new Map(heads.map(([, column, text]) => [texts[Number(text)].split("\n")[0].replace(" (*)", ""), column]));
  rows.forEach((cells, at) => {
    const number = headings + 1 + at;
    let line = row(sheet, number);
    for (const [heading, text] of Object.entries(cells)) {
      const place = `${columns.get(heading) ?? missing(heading)}${number}`;
      const empty = new RegExp(`<c r="${place}"( s="\\d+")?/>`);
      if (!empty.test(line)) throw new Error(`the template has no empty cell ${place}`);
      line = line.replace(empty, (_, style) => `<c r="${place}"${style ?? ""} t="inlineStr"><is><t>${escape(text)}</t></is></c>`);
    }
    sheet = sheet.replace(row(sheet, number), () => line);
  });
  parts.set("xl/worksheets/sheet1.xml", Buffer.from(sheet));
  return pack(parts);
}

const missing = (heading) => {
  throw new Error(`the template has no column ${heading}`);
};
const row = (sheet, number) => sheet.match(new RegExp(`<row r="${number}".*?</row>`, "s"))[0];
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const plain = (item) =>
  [...item.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => text).join("").replaceAll("_x000A_", "\n").replaceAll("&amp;", "&");

/** The files of a ZIP archive, by name: from its central directory (APPNOTE 4.3.12). */
function unpack(bytes) {
  const parts = new Map();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((field, n) => (n ? bytes.readUInt16LE(at + field) : bytes.readUInt32LE(at + field)));
    const head = bytes.readUInt32LE(at + 42);
    const begin = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const content = bytes.subarray(begin, begin + packed);
    const inflated = bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content);
    parts.set(bytes.toString("utf8", at + 46, at + 46 + name), inflated);
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** An archive of files, by name. */
function pack(parts) {
  const [files, directory] = [[], []];
  let offset = 0;
  for (const [name, content] of parts) {
    const packed = deflateRawSync(content);
    const [head, entry, path] = [Buffer.alloc(30), Buffer.alloc(46), Buffer.from(name)];
    head.writeUInt32LE(0x04034b50, 0);
    entry.writeUInt32LE(0x02014b50, 0);
    for (const [block, shift] of [[head, 0], [entry, 2]]) {
      block.writeUInt16LE(20, 4 + shift);
      block.writeUInt16LE(8, 8 + shift);
      block.writeUInt32LE(checksum(content), 14 + shift);
      block.writeUInt32LE(packed.length, 18 + shift);
      block.writeUInt32LE(content.length, 22 + shift);
      block.writeUInt16LE(path.length, 26 + shift);
    }
    entry.writeUInt16LE(20, 4);
    entry.writeUInt32LE(offset, 42);
    files.push(head, path, packed);
    directory.push(entry, path);
    offset += head.length + path.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, entries, end]);
}

/** CRC-32 as ZIP archives have it. */
function checksum(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
