package io.fleetward.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Walks over `/proc/PID/stat` of every process; allocates nothing per process. Confined to one
/// thread.
public final class ProcessScan {
  private static final int READ_ONLY = 0;
  private static final int DIRECTORY = 0x10000;
  private static final int ENTRY_LENGTH_AT = 16;
  private static final int ENTRY_NAME_AT = 19;
  private static final int STAT_BYTES = 2048;

  private final Path procfs;
  private final MemorySegment folderPath;
  private final MemorySegment statPath;
  private final int prefixLength;
  private final MemorySegment entries = Arena.ofAuto().allocate(32 * 1024, 8);
  private final MemorySegment content = Arena.ofAuto().allocate(STAT_BYTES);
  private final byte[] buffer = new byte[STAT_BYTES];
  private final Fields fields = new Fields("/proc/PID/stat");

  /// Sees each process; the cursor stands before the line of its `stat`.
  @FunctionalInterface
  public interface Visitor {
    void visit(int processId, Fields stat) throws MalformedFileException;
  }

  public ProcessScan(Path procfs) {
    this.procfs = procfs;
    Arena arena = Arena.ofAuto();
    byte[] prefix = (procfs + "/").getBytes(StandardCharsets.UTF_8);
    this.folderPath = arena.allocateFrom(procfs.toString());
    this.prefixLength = prefix.length;
    this.statPath = arena.allocate(prefix.length + 32L);
    MemorySegment.copy(prefix, 0, statPath, ValueLayout.JAVA_BYTE, 0, prefix.length);
  }

  /// Visits every process that is there; one that ends meanwhile is left out, as is one whose line
  /// is malformed.
  ///
  /// @throws IOException if the folder cannot be read
  public void visitAll(Visitor visitor) throws IOException {
    int folder = Libc.open(folderPath, READ_ONLY | DIRECTORY);
    if (folder < 0) {
      throw new IOException(procfs + " cannot be opened");
    }
    try {
      long length;
      while ((length = Libc.directoryEntries(folder, entries, entries.byteSize())) > 0) {
        for (long at = 0; at < length; ) {
          int processId = processId(at + ENTRY_NAME_AT);
          if (processId > 0) {
            visit(processId, visitor);
          }
          at += Short.toUnsignedInt(entries.get(ValueLayout.JAVA_SHORT, at + ENTRY_LENGTH_AT));
        }
      }
    } finally {
      Libc.close(folder);
    }
  }

  /// Visits one process if it is there.
  public void visit(int processId, Visitor visitor) {
    if (!readStat(processId)) {
      return;
    }
    try {
      visitor.visit(processId, fields);
    } catch (MalformedFileException _) {
      // read while the process was ending; the next scrape knows better
    }
  }

  /// The number that the name at this place is; 0 if it is none.
  private int processId(long at) {
    int value = 0;
    for (long i = at; ; i++) {
      byte next = entries.get(ValueLayout.JAVA_BYTE, i);
      if (next == 0) {
        return value;
      }
      if (next < '0' || next > '9') {
        return 0;
      }
      value = value * 10 + next - '0';
    }
  }

  private boolean readStat(int processId) {
    int digits = 1;
    for (int rest = processId / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = processId;
    for (int i = digits - 1; i >= 0; i--) {
      statPath.set(ValueLayout.JAVA_BYTE, prefixLength + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    int end = prefixLength + digits;
    for (int i = 0; i < STAT_NAME.length; i++) {
      statPath.set(ValueLayout.JAVA_BYTE, end + i, STAT_NAME[i]);
    }
    int file = Libc.open(statPath, READ_ONLY);
    if (file < 0) {
      return false;
    }
    long length = Libc.read(file, content, STAT_BYTES);
    Libc.close(file);
    if (length <= 0) {
      return false;
    }
    MemorySegment.copy(content, ValueLayout.JAVA_BYTE, 0, buffer, 0, (int) length);
    return fields.reset(buffer, (int) length).nextLine();
  }

  private static final byte[] STAT_NAME = {'/', 's', 't', 'a', 't', 0};
}
