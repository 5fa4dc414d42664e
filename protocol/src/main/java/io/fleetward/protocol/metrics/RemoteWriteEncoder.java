package io.fleetward.protocol.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Writes scrapes as remote-write 2.0 requests, uncompressed. Not thread safe: one per thread.
///
/// While the layout stays the same only values and times change, and they always take the same
/// room; so a request is a copy of the last layout's with those written over.
public final class RemoteWriteEncoder {
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] time = new byte[ProtobufWriter.MAX_VARINT_BYTES];
  private @Nullable RequestTemplate template;

  /// @return the request; the caller's own
  /// @throws IllegalArgumentException if a series of the layout has no labels
  public byte[] encode(Scrape scrape) {
    int timeBytes = ProtobufWriter.writeVarint(time, 0, scrape.timeMillis());
    RequestTemplate current = templateFor(scrape.layout(), timeBytes);
    byte[] request = current.copy();
    for (int i = 0; i < scrape.size(); i++) {
      int at = current.valueOffset(i);
      LITTLE_ENDIAN_LONG.set(request, at, Double.doubleToRawLongBits(scrape.value(i)));
      // the time follows the value and its own tag
      at += Long.BYTES + 1;
      for (int b = 0; b < timeBytes; b++) {
        request[at + b] = time[b];
      }
    }
    return request;
  }

  private RequestTemplate templateFor(SeriesLayout layout, int timeBytes) {
    RequestTemplate current = template;
    if (current == null || !current.fits(layout, timeBytes)) {
      current = RequestTemplate.of(layout, timeBytes);
      template = current;
    }
    return current;
  }
}
