package io.fleetward.agent.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Reused memory for opening and reading small files without allocating. Shared by the folders of
/// one collector; confined to one thread.
final class ReadRoom {
  private static final int READ_ONLY = 0;
  private static final int DIRECTORY = 0x10000;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int LONGEST_PATH = 4096;
  private static final int MOST_BYTES = 1 << 20;
  private static final int ENTRY_LENGTH_AT = 16;
  private static final int ENTRY_TYPE_AT = 18;
  private static final int ENTRY_NAME_AT = 19;
  private static final int REGULAR_FILE = 8;

  private final MemorySegment path = Arena.ofAuto().allocate(LONGEST_PATH);
  private MemorySegment content = Arena.ofAuto().allocate(4096, 8);
  private byte[] bytes = new byte[4096];

  byte[] bytes() {
    return bytes;
  }

  /// Reads a file whole.
  ///
  /// @return how many bytes of [#bytes] it has; -1 if it cannot be opened or read
  int read(byte[] folder, String name) {
    int file = open(folder, name, READ_ONLY | CLOSE_ON_EXEC);
    if (file < 0) {
      return -1;
    }
    try {
      int length = 0;
      long count;
      while ((count = Libc.read(file, content, content.byteSize())) > 0) {
        reserve(length + (int) count);
        MemorySegment.copy(content, ValueLayout.JAVA_BYTE, 0, bytes, length, (int) count);
        length += (int) count;
        if (length >= MOST_BYTES) {
          return -1;
        }
      }
      return count < 0 ? -1 : length;
    } finally {
      Libc.close(file);
    }
  }

  /// Lists the names in a folder, one a line, in the order of the filesystem.
  ///
  /// @param withFiles false leaves regular files out
  /// @return how many bytes of [#bytes] they take; -1 if there is no such folder
  int list(byte[] folder, boolean withFiles) {
    int file = open(folder, "", READ_ONLY | DIRECTORY | CLOSE_ON_EXEC);
    if (file < 0) {
      return -1;
    }
    try {
      int length = 0;
      long count;
      while ((count = Libc.directoryEntries(file, content, content.byteSize())) > 0) {
        for (long at = 0; at < count; ) {
          if (withFiles || content.get(ValueLayout.JAVA_BYTE, at + ENTRY_TYPE_AT) != REGULAR_FILE) {
            length = addName(at + ENTRY_NAME_AT, length);
          }
          at += Short.toUnsignedInt(content.get(ValueLayout.JAVA_SHORT, at + ENTRY_LENGTH_AT));
        }
      }
      return length;
    } finally {
      Libc.close(file);
    }
  }

  private int addName(long from, int length) {
    int end = length;
    reserve(end + 256);
    for (long at = from; ; at++) {
      byte next = content.get(ValueLayout.JAVA_BYTE, at);
      if (next == 0) {
        break;
      }
      if (next == '\n') {
        return length;
      }
      bytes[end++] = next;
    }
    boolean isDots = bytes[length] == '.' && (end - length == 1 || bytes[length + 1] == '.');
    if (isDots && end - length <= 2) {
      return length;
    }
    bytes[end++] = '\n';
    return end;
  }

  private int open(byte[] folder, String name, int flags) {
    if (folder.length + name.length() >= LONGEST_PATH) {
      return -1;
    }
    MemorySegment.copy(folder, 0, path, ValueLayout.JAVA_BYTE, 0, folder.length);
    int end = folder.length;
    for (int i = 0; i < name.length(); i++) {
      path.set(ValueLayout.JAVA_BYTE, end++, (byte) name.charAt(i));
    }
    path.set(ValueLayout.JAVA_BYTE, end, (byte) 0);
    return Libc.open(path, flags);
  }

  private void reserve(int size) {
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
    }
  }
}
