package io.fleetward.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Space and inodes of a mounted filesystem, as `statvfs` tells.
///
/// @param availBytes free for processes that are not root
/// @param freeBytes free for root
/// @param files inodes in all
public record MountSpace(
    double sizeBytes,
    double availBytes,
    double freeBytes,
    double files,
    double filesFree,
    boolean readOnly) {
  private static final int STRUCTURE_BYTES = 256;
  private static final long READ_ONLY_FLAG = 1;

  /// Asks the kernel; may wait for as long as the filesystem does.
  ///
  /// @throws IOException if the path is on no filesystem that answers
  public static MountSpace of(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(STRUCTURE_BYTES, 8);
      if (Libc.statvfs(arena.allocateFrom(path), result) != 0) {
        throw new IOException("statvfs(%s) failed".formatted(path));
      }
      double block = field(result, 1);
      return new MountSpace(
          field(result, 2) * block,
          field(result, 4) * block,
          field(result, 3) * block,
          field(result, 5),
          field(result, 6),
          (field(result, 9) & READ_ONLY_FLAG) != 0);
    }
  }

  private static long field(MemorySegment structure, int position) {
    return structure.get(ValueLayout.JAVA_LONG, 8L * position);
  }
}
