// Reads the list of contents of a ZIP file, which is what a VSIX is.

/** A file in a ZIP. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  /** Bytes in the archive. */
  readonly packed: number;
}

/**
 * The files in a ZIP, in the archive's order.
 * Takes its bytes; throws where they are not a ZIP. Archives over 4 GB (ZIP64) are not read.
 */
export function readZip(bytes: Buffer): ZipEntry[] {
  // The end record is 22 bytes and a comment long, and says where the central directory is.
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== 0x06054b50) end--;
  if (end < 0) throw new Error('This is not a ZIP file: it has no end record');
  const count = bytes.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`Entry ${n + 1} of the ZIP file is damaged`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const nameEnd = at + 46 + (nameLength ?? 0);
    entries.push({
      name: bytes.toString('utf8', at + 46, nameEnd),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
    });
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}
