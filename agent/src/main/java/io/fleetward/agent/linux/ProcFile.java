package io.fleetward.agent.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file of `/proc` that is kept open and read again whole into the same buffer. Confined to one
/// thread.
public final class ProcFile {
  private static final int MOST_BYTES = 16 << 20;
  private static final int EXISTS = 0;

  private final Path path;
  private final Fields fields;
  private byte[] buffer = new byte[4096];
  private @Nullable RandomAccessFile open;
  private @Nullable MemorySegment nativePath;

  public ProcFile(Path path) {
    this.path = path;
    this.fields = new Fields(path.toString());
  }

  /// Reads the file as it is now; the cursor is the same object each time.
  ///
  /// @throws IOException if it cannot be read; the next call opens it anew
  public Fields read() throws IOException {
    try {
      RandomAccessFile file = open;
      if (file == null) {
        file = new RandomAccessFile(path.toFile(), "r");
        open = file;
      } else {
        file.seek(0);
      }
      int length = readAll(file);
      return fields.reset(buffer, length);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// Reads the file as it is now; no line if there is no such file.
  ///
  /// @throws IOException if it is there and cannot be read; the next call opens it anew
  public Fields readIfThere() throws IOException {
    return open != null || isThere() ? read() : fields.clear();
  }

  /// Whether there is such a file; costs neither an object nor an exception where there is none.
  private boolean isThere() {
    MemorySegment known = nativePath;
    if (known == null) {
      known = Arena.ofAuto().allocateFrom(path.toString());
      nativePath = known;
    }
    return Libc.access(known, EXISTS) == 0;
  }

  private int readAll(RandomAccessFile file) throws IOException {
    int length = 0;
    int count;
    while ((count = file.read(buffer, length, buffer.length - length)) > 0) {
      length += count;
      if (length == buffer.length) {
        if (length >= MOST_BYTES) {
          throw new IOException("%s is larger than %d bytes".formatted(path, MOST_BYTES));
        }
        buffer = Arrays.copyOf(buffer, 2 * length);
      }
    }
    return length;
  }

  private void close() throws IOException {
    RandomAccessFile file = open;
    open = null;
    if (file != null) {
      file.close();
    }
  }
}
