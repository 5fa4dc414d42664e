package io.fleetward.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// The kernel's log from now on, record by record, without waiting and without allocating. Confined
/// to one thread.
public final class KernelLog {
  private static final int READ_ONLY = 0;
  private static final int NON_BLOCKING = 0x800;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int TO_THE_END = 2;
  private static final int WOULD_WAIT = 11;
  private static final int OVERWRITTEN = 32;
  private static final int NO_SUCH_FILE = 2;

  /// Longer than any record.
  private static final int ROOM_BYTES = 16 << 10;

  private final Path path;
  private final MemorySegment nativePath;
  private final MemorySegment callState = Libc.newCallState();
  private final MemorySegment room = Arena.ofAuto().allocate(ROOM_BYTES);
  private final byte[] bytes = new byte[ROOM_BYTES];
  private final Fields fields;
  private int file = -1;

  public KernelLog(Path path) {
    this.path = path;
    this.nativePath = Arena.ofAuto().allocateFrom(path.toString());
    this.fields = new Fields(path.toString());
  }

  /// Takes the next record: a line of the form `6,123,4567,-;text`, and lines about the device.
  /// Those that the kernel has overwritten meanwhile are passed over.
  ///
  /// @return a text without lines if there is none now
  /// @throws IOException if the log may not be read; it is opened anew the next time
  public Fields next() throws IOException {
    if (file < 0) {
      open();
    }
    while (file >= 0) {
      long length = Libc.read(file, room, ROOM_BYTES, callState);
      if (length > 0) {
        MemorySegment.copy(room, ValueLayout.JAVA_BYTE, 0, bytes, 0, (int) length);
        return fields.reset(bytes, (int) length);
      }
      if (length == 0 || length == -WOULD_WAIT) {
        break;
      }
      if (length != -OVERWRITTEN) {
        Libc.close(file);
        file = -1;
        throw new IOException("%s cannot be read: error %d".formatted(path, -length));
      }
    }
    return fields.clear();
  }

  /// Whether there is a log, as of the last [#next].
  public boolean isThere() {
    return file >= 0;
  }

  private void open() throws IOException {
    int opened = Libc.open(nativePath, READ_ONLY | NON_BLOCKING | CLOSE_ON_EXEC, callState);
    if (opened < 0 && opened != -NO_SUCH_FILE) {
      throw new IOException(
          "%s may not be read (error %d); give the agent the capability CAP_SYSLOG"
              .formatted(path, -opened));
    }
    file = opened;
    if (file >= 0) {
      Libc.seek(file, 0, TO_THE_END);
    }
  }
}
