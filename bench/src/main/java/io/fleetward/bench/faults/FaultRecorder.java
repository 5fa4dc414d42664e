package io.fleetward.bench.faults;

import io.fleetward.agent.collector.HostCollectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Takes a scrape every second while faults come and go, on the calling thread.
///
/// @param settle seconds without a fault at the start and between faults
/// @param hold seconds that a fault lasts
record FaultRecorder(
    HostCollectors collectors, RecordingWriter recording, int settle, int hold, PrintWriter out) {
  private static final long SECOND = 1_000_000_000;

  /// Makes the faults one after the other, in folders below `folder`.
  void record(List<FaultRun> runs, Path folder) throws IOException {
    Clock clock = new Clock();
    scrapes(settle, clock);
    for (FaultRun run : runs) {
      out.println(run.toLine());
      out.flush();
      recording.start(run, System.currentTimeMillis());
      if (run.kind().equals(FaultRun.NONE)) {
        scrapes(hold, clock);
      } else {
        Path own = Files.createTempDirectory(folder, run.kind());
        try (FaultProcess process = FaultProcess.start(run, hold + 1, own)) {
          scrapes(hold, clock);
          if (!process.output().isEmpty()) {
            out.println("  " + process.output());
          }
        }
      }
      recording.end(System.currentTimeMillis());
      scrapes(settle, clock);
    }
  }

  private void scrapes(int count, Clock clock) throws IOException {
    for (int i = 0; i < count; i++) {
      clock.awaitNextSecond();
      recording.scrape(collectors.scrape(System.currentTimeMillis()));
    }
  }

  /// The beat of the scrapes.
  private static final class Clock {
    private long next = System.nanoTime();

    void awaitNextSecond() {
      next = Math.max(next + SECOND, System.nanoTime());
      long wait;
      while ((wait = next - System.nanoTime()) > 0) {
        LockSupport.parkNanos(wait);
      }
    }
  }
}
