// Files that are written under a temporary name until they are complete, and the entries of
// folders.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Begins `path` under a temporary name beside it. What is no ordinary file, such as `/dev/stdout`,
/// is written directly.
func newFile(_ path: String) throws(FileError) -> OutputFile {
  let failed = { FileError(path: path, reason: reasonOfFailure(), isWriting: true) }
  guard !path.utf8.contains(0) else {
    throw FileError(path: path, reason: "Invalid argument", isWriting: true)
  }
  var status = stat()
  let isThere = stat(path, &status) == 0
  let kind = status.st_mode & S_IFMT
  if isThere, kind == S_IFDIR {
    throw FileError(path: path, reason: "Is a directory", isWriting: true)
  }
  let isOrdinary = !isThere || kind == S_IFREG
  let name = isOrdinary ? "\(path).\(getpid()).part" : path
  let flags = O_WRONLY | O_CLOEXEC | (isOrdinary ? O_CREAT | O_EXCL : 0)
  let mode = isThere ? status.st_mode & 0o777 : 0o666
  let descriptor = open(name, flags, mode)
  guard descriptor >= 0 else { throw failed() }
  let write = { (bytes: [UInt8]) throws(FileError) in
    switch writeAll(bytes, to: descriptor) {
    case nil: return
    case .closed: throw FileError(path: path, reason: "Broken pipe", isWriting: true)
    case .failed(let reason): throw FileError(path: path, reason: reason, isWriting: true)
    }
  }
  return OutputFile(
    write: write,
    rewriteStart: { bytes throws(FileError) in
      guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw failed() }
      try write(bytes)
    },
    commit: { () throws(FileError) in
      guard close(descriptor) == 0 else { throw failed() }
      guard !isOrdinary || rename(name, path) == 0 else { throw failed() }
    },
    abandon: {
      _ = close(descriptor)
      if isOrdinary { _ = unlink(name) }
    })
}

/// What is in a folder, by name; nil for what is no folder. A link counts as a link, whatever it
/// leads to.
func folderEntries(_ path: String) -> [FolderEntry]? {
  guard !path.utf8.contains(0), let folder = opendir(path) else { return nil }
  defer { _ = closedir(folder) }
  var entries: [FolderEntry] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name == "." || name == ".." { continue }
    var status = stat()
    let isKnown = lstat("\(path)/\(name)", &status) == 0
    let kind = isKnown ? status.st_mode & S_IFMT : 0
    entries.append(
      FolderEntry(name: name, kind: kind == S_IFREG ? .file : kind == S_IFDIR ? .folder : .other))
  }
  return entries.sorted { $0.name < $1.name }
}
