package io.fleetward.bench.faults;

import io.fleetward.protocol.labels.Labels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Reads what [RecordingWriter] wrote.
final class RecordingReader {
  /// Takes what was recorded, in order.
  interface Sink {
    /// @param series all that were known by then
    /// @param values one for each series, NaN for one that ended; only read during the call
    void scrape(long timeMillis, List<Labels> series, double[] values);

    void start(FaultRun run, long timeMillis);

    void end(long timeMillis);
  }

  private final List<Labels> series = new ArrayList<>();
  private double[] values = new double[0];

  private RecordingReader() {}

  /// @throws IOException if the file cannot be read or is no recording; the message says where
  static void read(Path file, Sink sink) throws IOException {
    int number = 0;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      RecordingReader reader = new RecordingReader();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        reader.line(line, sink);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IOException e) {
      throw new IOException("%s:%d: %s".formatted(file, number, e.getMessage()), e);
    }
  }

  private void line(String line, Sink sink) {
    String[] fields = line.split(line.startsWith("s\t") ? "\t" : " ", -1);
    switch (fields[0]) {
      case "s" -> series.add(labels(fields));
      case "t" -> {
        changed(fields);
        sink.scrape(Long.parseLong(fields[1]), Collections.unmodifiableList(series), values);
      }
      case "f" ->
          sink.start(
              FaultRun.ofLine(String.join(" ", Arrays.asList(fields).subList(2, fields.length))),
              Long.parseLong(fields[1]));
      case "e" -> sink.end(Long.parseLong(fields[1]));
      default -> throw new IllegalArgumentException("no line of a recording");
    }
  }

  private static Labels labels(String[] fields) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 1; i < fields.length; i += 2) {
      labels.put(fields[i], fields[i + 1]);
    }
    return Labels.from(labels);
  }

  private void changed(String[] fields) {
    int known = values.length;
    values = Arrays.copyOf(values, series.size());
    Arrays.fill(values, known, values.length, Double.NaN);
    for (int i = 2; i < fields.length; i++) {
      int equals = fields[i].indexOf('=');
      values[Integer.parseInt(fields[i].substring(0, equals))] =
          Double.parseDouble(fields[i].substring(equals + 1));
    }
  }
}
