package io.fleetward.agent.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// What `uname` tells: one text a line, in the order of [#LINES]. Confined to one thread.
public final class SystemName {
  public static final List<String> LINES =
      List.of("sysname", "nodename", "release", "version", "machine", "domainname");

  private static final int FIELD_BYTES = 65;

  private final MemorySegment result = Arena.ofAuto().allocate((long) FIELD_BYTES * LINES.size());
  private final byte[] bytes = new byte[FIELD_BYTES * LINES.size()];
  private final Fields fields = new Fields("uname");

  public Fields read() throws MalformedFileException {
    if (Libc.uname(result) != 0) {
      throw fields.malformed("failed");
    }
    int length = 0;
    for (int i = 0; i < LINES.size(); i++) {
      long start = (long) i * FIELD_BYTES;
      for (int at = 0; at < FIELD_BYTES; at++) {
        byte next = result.get(ValueLayout.JAVA_BYTE, start + at);
        if (next == 0) {
          break;
        }
        bytes[length++] = next;
      }
      bytes[length++] = '\n';
    }
    return fields.reset(bytes, length);
  }
}
