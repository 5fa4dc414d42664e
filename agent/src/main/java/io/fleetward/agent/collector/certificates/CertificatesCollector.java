package io.fleetward.agent.collector.certificates;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// `fleetward_certificate_not_after_timestamp_seconds{path,subject,serial}` for every certificate
/// in the files named by the setting `agent.certificates`. Files are looked at once a minute and
/// read when they have changed.
public final class CertificatesCollector implements Collector {
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final List<CertificateFile> files;
  private final LongSupplier nanos;
  private long lookedAt;
  private boolean hasLooked;

  /// @param nanos a clock that only runs forward
  public CertificatesCollector(List<Path> files, SeriesTable table, LongSupplier nanos) {
    this.files = files.stream().map(file -> new CertificateFile(table, file)).toList();
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "certificates";
  }

  /// @throws IOException about the first file that cannot be read; the others are told
  @Override
  public void collect() throws IOException {
    long now = nanos.getAsLong();
    boolean isTime = !hasLooked || now - lookedAt >= LOOK_EVERY.toNanos();
    if (isTime) {
      lookedAt = now;
      hasLooked = true;
    }
    for (int i = 0; i < files.size(); i++) {
      if (isTime) {
        files.get(i).look();
      }
      files.get(i).tell();
    }
    for (int i = 0; i < files.size(); i++) {
      files.get(i).throwIfUnreadable();
    }
  }
}
