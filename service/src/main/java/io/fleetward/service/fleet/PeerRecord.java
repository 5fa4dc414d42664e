package io.fleetward.service.fleet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// One host's features on their way to where its class is compared.
///
/// @param partition of the metrics topic
/// @param appendedAt the broker's time of the scrape, in ms
/// @param features which features these are, see [PeerPlan#identity]
/// @param ownScore the host's score against its own past; NaN if undetermined
/// @param values in the plan's order, NaN for one that the host does not have
@SuppressWarnings("ArrayRecordComponent") // handed over on the way to the topic
public record PeerRecord(
    int partition,
    long appendedAt,
    long features,
    String instance,
    double ownScore,
    double[] values) {
  private static final byte FORMAT = 1;

  public byte[] toBytes() {
    byte[] name = instance.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(
            1
                + Integer.BYTES
                + 2 * Long.BYTES
                + Short.BYTES
                + name.length
                + Double.BYTES * (1 + values.length));
    buffer.put(FORMAT).putInt(partition).putLong(appendedAt).putLong(features);
    buffer.putShort((short) name.length).put(name).putDouble(ownScore);
    Arrays.stream(values).forEach(buffer::putDouble);
    return buffer.array();
  }

  /// Reads what [#toBytes] wrote; empty if another format wrote it.
  public static Optional<PeerRecord> fromBytes(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      if (buffer.get() != FORMAT) {
        return Optional.empty();
      }
      int partition = buffer.getInt();
      long appendedAt = buffer.getLong();
      long features = buffer.getLong();
      byte[] name = new byte[Short.toUnsignedInt(buffer.getShort())];
      buffer.get(name);
      double ownScore = buffer.getDouble();
      double[] values = new double[buffer.remaining() / Double.BYTES];
      for (int i = 0; i < values.length; i++) {
        values[i] = buffer.getDouble();
      }
      String instance = new String(name, StandardCharsets.UTF_8);
      return Optional.of(
          new PeerRecord(partition, appendedAt, features, instance, ownScore, values));
    } catch (BufferUnderflowException _) {
      return Optional.empty();
    }
  }
}
