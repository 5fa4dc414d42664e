package io.fleetward.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.StaleMarker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final Labels LOAD = Labels.of(Labels.METRIC_NAME, "node_load1");
  private static final Labels BUSY =
      Labels.of(Labels.METRIC_NAME, "node_cpu_seconds_total", "cpu", "0");

  @TempDir private Path folder;

  /// Writes what it is given as text.
  private record Told(List<String> lines) implements RecordingReader.Sink {
    @Override
    public void scrape(long timeMillis, List<Labels> series, double[] values) {
      StringBuilder line = new StringBuilder("" + timeMillis);
      for (int i = 0; i < values.length; i++) {
        line.append(' ').append(series.get(i)).append('=').append(values[i]);
      }
      lines.add(line.toString());
    }

    @Override
    public void start(FaultRun run, long timeMillis) {
      lines.add(timeMillis + " starts " + run.toLine());
    }

    @Override
    public void end(long timeMillis) {
      lines.add(timeMillis + " ends");
    }
  }

  private List<String> read(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    RecordingReader.read(file, new Told(lines));
    return lines;
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("r.txt.gz");
    SeriesLayout one = new SeriesLayout(List.of(LOAD));
    SeriesLayout both = new SeriesLayout(List.of(LOAD, BUSY));
    try (RecordingWriter recording = new RecordingWriter(file)) {
      recording.scrape(new Scrape(one, 1000, new double[] {0.5}));
      recording.start(new FaultRun("cpu-hog", "perl", 0.7, 3), 1100);
      recording.scrape(new Scrape(both, 2000, new double[] {0.5, 7.25}));
      recording.scrape(new Scrape(both, 3000, new double[] {0.75, StaleMarker.VALUE}));
      recording.end(3100);
    }
    assertThat(read(file))
        .containsExactly(
            "1000 " + LOAD + "=0.5",
            "1100 starts cpu-hog perl 0.7 3",
            "2000 " + LOAD + "=0.5 " + BUSY + "=7.25",
            "3000 " + LOAD + "=0.75 " + BUSY + "=NaN",
            "3100 ends");
  }

  @Test
  void aFileThatIsNoRecordingIsRefusedWithItsLine() throws IOException {
    Path file = folder.resolve("r.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("s\t__name__\tup\nt 1000 0=1.0\nt 2000 7=1.0\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThatIOException().isThrownBy(() -> read(file)).withMessageStartingWith(file + ":3: ");
  }
}
