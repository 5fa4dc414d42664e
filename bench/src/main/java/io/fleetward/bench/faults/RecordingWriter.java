package io.fleetward.bench.faults;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Writes scrapes and the faults between them to a gzip text: `s <labels>` names the next series,
/// `t <millis> <series>=<value> …` tells the values that changed, `f <millis> <kind> <program>
/// <rate> <seed>` and `e <millis>` are the start and end of a fault. Not thread safe.
final class RecordingWriter implements AutoCloseable {
  private final BufferedWriter out;
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final Map<Integer, Double> last = new HashMap<>();

  RecordingWriter(Path file) throws IOException {
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
  }

  void scrape(Scrape scrape) throws IOException {
    StringBuilder line = new StringBuilder("t ").append(scrape.timeMillis());
    for (int i = 0; i < scrape.size(); i++) {
      int number = number(scrape.layout().series().get(i));
      double value = scrape.value(i);
      Double before = last.put(number, value);
      if (before == null
          || Double.doubleToRawLongBits(before) != Double.doubleToRawLongBits(value)) {
        line.append(' ').append(number).append('=').append(Double.toString(value));
      }
    }
    out.append(line).append('\n');
  }

  private int number(Labels labels) throws IOException {
    Integer known = numbers.get(labels);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    numbers.put(labels, number);
    out.append("s");
    for (int i = 0; i < labels.size(); i++) {
      out.append('\t').append(labels.nameAt(i)).append('\t').append(labels.valueAt(i));
    }
    out.append('\n');
    return number;
  }

  void start(FaultRun run, long timeMillis) throws IOException {
    out.append("f ")
        .append(Long.toString(timeMillis))
        .append(' ')
        .append(run.toLine())
        .append('\n');
  }

  void end(long timeMillis) throws IOException {
    out.append("e ").append(Long.toString(timeMillis)).append('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
