package io.fleetward.agent.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What `statvfs` tells, for 64-bit Linux.
final class Statvfs implements MountSpace {
  private static final int STRUCTURE_BYTES = 256;
  private static final long READ_ONLY_FLAG = 1;

  private final String path;
  private final MemorySegment nativePath;
  private final MemorySegment structure;

  Statvfs(String path) {
    Arena arena = Arena.ofAuto();
    this.path = path;
    this.nativePath = arena.allocateFrom(path);
    this.structure = arena.allocate(STRUCTURE_BYTES, 8);
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public boolean read() {
    return Libc.statvfs(nativePath, structure) == 0;
  }

  @Override
  public double sizeBytes() {
    return (double) field(2) * block();
  }

  @Override
  public double availBytes() {
    return (double) field(4) * block();
  }

  @Override
  public double freeBytes() {
    return (double) field(3) * block();
  }

  @Override
  public long files() {
    return field(5);
  }

  @Override
  public long filesFree() {
    return field(6);
  }

  @Override
  public boolean isReadOnly() {
    return (field(9) & READ_ONLY_FLAG) != 0;
  }

  private long block() {
    return field(1);
  }

  private long field(int position) {
    return structure.get(ValueLayout.JAVA_LONG, 8L * position);
  }
}
