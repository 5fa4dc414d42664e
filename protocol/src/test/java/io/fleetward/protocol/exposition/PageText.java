package io.fleetward.protocol.exposition;

import io.fleetward.protocol.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads pages for tests: each sample as one line.
final class PageText {
  private PageText() {}

  /// `series value`, and `@time` where there is one.
  static List<String> read(PageFormat format, String page) throws MalformedPageException {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    return read(format, bytes, ExpositionLimits.ofSamples(1_000_000));
  }

  static List<String> read(PageFormat format, byte[] page, ExpositionLimits limits)
      throws MalformedPageException {
    List<String> samples = new ArrayList<>();
    ExpositionReader reader = new ExpositionReader(limits);
    reader.reset(page, page.length, format);
    while (reader.next()) {
      Labels labels = reader.labels();
      String time = reader.isTimed() ? " @" + reader.timeMillis() : "";
      samples.add(labels + " " + reader.value() + time);
    }
    return samples;
  }
}
