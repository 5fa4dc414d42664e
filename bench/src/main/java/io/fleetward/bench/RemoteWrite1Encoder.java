package io.fleetward.bench;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.fleetward.protocol.labels.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes one remote-write 1.0 request, which is what Debian's Prometheus understands: a
/// `prometheus.WriteRequest`, compressed as one raw snappy block. Used once.
public final class RemoteWrite1Encoder {
  private static final int BYTES_1 = (1 << 3) | 2;
  private static final int BYTES_2 = (2 << 3) | 2;
  private static final int DOUBLE_1 = (1 << 3) | 1;
  private static final int VARINT_2 = 2 << 3;

  private final ByteArrayOutputStream request = new ByteArrayOutputStream(1 << 20);

  /// The labels of a series as they stand in each of its requests.
  public static byte[] labels(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      ByteArrayOutputStream pair = new ByteArrayOutputStream();
      field(pair, BYTES_1, labels.nameAt(i).getBytes(StandardCharsets.UTF_8));
      field(pair, BYTES_2, labels.valueAt(i).getBytes(StandardCharsets.UTF_8));
      field(out, BYTES_1, pair.toByteArray());
    }
    return out.toByteArray();
  }

  /// Adds one sample.
  ///
  /// @param labels as [#labels] gives them
  public void add(byte[] labels, long timeMillis, double value) {
    ByteArrayOutputStream sample = new ByteArrayOutputStream(24);
    sample.write(DOUBLE_1);
    sample.writeBytes(
        ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    sample.write(VARINT_2);
    varint(sample, timeMillis);
    ByteArrayOutputStream series = new ByteArrayOutputStream(labels.length + 32);
    series.writeBytes(labels);
    field(series, BYTES_2, sample.toByteArray());
    field(request, BYTES_1, series.toByteArray());
  }

  boolean isEmpty() {
    return request.size() == 0;
  }

  /// The body to post.
  public byte[] body() {
    byte[] raw = request.toByteArray();
    SnappyJavaCompressor snappy = new SnappyJavaCompressor();
    byte[] compressed = new byte[snappy.maxCompressedLength(raw.length)];
    int length = snappy.compress(raw, 0, raw.length, compressed, 0, compressed.length);
    return Arrays.copyOf(compressed, length);
  }

  private static void field(ByteArrayOutputStream out, int tag, byte[] value) {
    out.write(tag);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
