package io.fleetward.agent.shipping;

import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/// A record as the spool holds it: topic, headers, value.
final class RecordBytes {
  private RecordBytes() {}

  static byte[] of(OutgoingRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(record.bytes() + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(record.topic());
      out.writeShort(record.headers().size());
      for (Map.Entry<String, String> header : new TreeMap<>(record.headers()).entrySet()) {
        out.writeUTF(header.getKey());
        out.writeUTF(header.getValue());
      }
      out.write(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /// Reads what [#of] wrote.
  ///
  /// @throws IOException if something else did
  static OutgoingRecord read(long timeMillis, byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String topic = in.readUTF();
      Map<String, String> headers = new TreeMap<>();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        headers.put(in.readUTF(), in.readUTF());
      }
      return new OutgoingRecord(
          topic, in.readAllBytes(), headers, timeMillis, Patience.WHILE_THERE_IS_ROOM);
    }
  }
}
