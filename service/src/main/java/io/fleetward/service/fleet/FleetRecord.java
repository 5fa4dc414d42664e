package io.fleetward.service.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the first stage tells the second of one partition of the metrics topic. All that came
/// before in the partition has been told before.
public sealed interface FleetRecord {
  int partition();

  /// Samples of one host that a component needs; perhaps none, and then the host was heard of.
  ///
  /// @param appendedAt the broker's time of the record that brought them, in ms
  /// @param bodies remote-write 2.0 requests, uncompressed
  record Samples(int partition, long appendedAt, String instance, List<byte[]> bodies)
      implements FleetRecord {
    public Samples {
      bodies = List.copyOf(bodies);
    }
  }

  /// The partition has come to a time, in the broker's ms.
  record Mark(int partition, long appendedAt) implements FleetRecord {}

  /// Nothing has come in the partition for a while; it has come to the time at which the broker
  /// appended this.
  record Silent(int partition) implements FleetRecord {}

  byte SAMPLES = 1;
  byte MARK = 2;
  byte SILENT = 3;

  default byte[] toBytes() {
    return switch (this) {
      case Samples samples -> encode(samples);
      case Mark(int partition, long appendedAt) ->
          ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES)
              .put(MARK)
              .putInt(partition)
              .putLong(appendedAt)
              .array();
      case Silent(int partition) ->
          ByteBuffer.allocate(1 + Integer.BYTES).put(SILENT).putInt(partition).array();
    };
  }

  private static byte[] encode(Samples samples) {
    byte[] name = samples.instance().getBytes(StandardCharsets.UTF_8);
    int size = 1 + Integer.BYTES + Long.BYTES + Short.BYTES + name.length;
    for (byte[] body : samples.bodies()) {
      size += Integer.BYTES + body.length;
    }
    ByteBuffer buffer = ByteBuffer.allocate(size);
    buffer.put(SAMPLES).putInt(samples.partition()).putLong(samples.appendedAt());
    buffer.putShort((short) name.length).put(name);
    samples.bodies().forEach(body -> buffer.putInt(body.length).put(body));
    return buffer.array();
  }

  /// Reads what [#toBytes] wrote; empty if another format wrote it.
  static Optional<FleetRecord> fromBytes(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return switch (buffer.get()) {
        case SAMPLES -> Optional.of(samples(buffer));
        case MARK -> Optional.of(new Mark(buffer.getInt(), buffer.getLong()));
        case SILENT -> Optional.of(new Silent(buffer.getInt()));
        default -> Optional.empty();
      };
    } catch (java.nio.BufferUnderflowException | NegativeArraySizeException _) {
      return Optional.empty();
    }
  }

  private static Samples samples(ByteBuffer buffer) {
    int partition = buffer.getInt();
    long appendedAt = buffer.getLong();
    byte[] name = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(name);
    List<byte[]> bodies = new ArrayList<>(1);
    while (buffer.hasRemaining()) {
      byte[] body = new byte[Math.min(buffer.getInt(), buffer.remaining() + 1)];
      buffer.get(body);
      bodies.add(body);
    }
    return new Samples(partition, appendedAt, new String(name, StandardCharsets.UTF_8), bodies);
  }
}
