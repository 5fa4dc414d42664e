package io.fleetward.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The kernel's clock discipline, as `adjtimex` tells. Confined to one thread.
public final class KernelClock {
  private static final int STRUCTURE_BYTES = 208;

  private final MemorySegment structure = Arena.ofAuto().allocate(STRUCTURE_BYTES, 8);
  private int state;

  /// Whether the kernel holds the clock to be synchronised; the state 5 says it is not.
  public boolean isSynchronised() {
    return state != 5;
  }

  /// Reads it; changes nothing.
  public void read() throws IOException {
    structure.set(ValueLayout.JAVA_INT, 0, 0);
    state = Libc.adjtimex(structure);
    if (state < 0) {
      throw new IOException("adjtimex failed; the agent must be allowed to call it");
    }
  }

  /// Nanoseconds or microseconds, by bit 0x2000 of [#status].
  public long offset() {
    return number(8);
  }

  /// Parts per million, scaled by 65536.
  public long frequency() {
    return number(16);
  }

  /// Microseconds.
  public long mostError() {
    return number(24);
  }

  /// Microseconds.
  public long estimatedError() {
    return number(32);
  }

  public int status() {
    return structure.get(ValueLayout.JAVA_INT, 40);
  }

  public long timeConstant() {
    return number(48);
  }

  /// Microseconds between ticks.
  public long tick() {
    return number(88);
  }

  /// Parts per million, scaled by 65536.
  public long pulseFrequency() {
    return number(96);
  }

  /// In the unit of [#offset].
  public long pulseJitter() {
    return number(104);
  }

  public int pulseShift() {
    return structure.get(ValueLayout.JAVA_INT, 112);
  }

  /// Parts per million, scaled by 65536.
  public long pulseStability() {
    return number(120);
  }

  public long jitterExceeded() {
    return number(128);
  }

  public long calibrations() {
    return number(136);
  }

  public long calibrationErrors() {
    return number(144);
  }

  public long stabilityExceeded() {
    return number(152);
  }

  /// Seconds.
  public int atomicTimeOffset() {
    return structure.get(ValueLayout.JAVA_INT, 160);
  }

  private long number(long at) {
    return structure.get(ValueLayout.JAVA_LONG, at);
  }
}
