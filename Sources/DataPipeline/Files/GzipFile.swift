import CZlib

/// Reads a whole file, unpacking it if it is gzip.
func readGzip(_ path: String) throws -> [UInt8] {
  guard let file = gzopen(path, "rb") else { throw DataError("cannot open \(path)") }
  defer { gzclose(file) }
  gzbuffer(file, 1 << 17)
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = gzread(file, &chunk, UInt32(chunk.count))
    if count > 0 { bytes.append(contentsOf: chunk[..<Int(count)]) }
    if count == chunk.count { continue }
    var code: Int32 = 0
    let message = gzerror(file, &code).map { String(cString: $0) } ?? ""
    if code == Z_BUF_ERROR {
      throw DataError("\(path) is cut short: its compressed data ends too early")
    }
    if code != Z_OK || count < 0 { throw DataError("\(path) cannot be unpacked: \(message)") }
    return bytes
  }
}
