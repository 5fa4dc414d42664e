package io.fleetward.agent.collector.packages;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `fleetward_reboot_required`, and on Debian and its kin `fleetward_packages{state}`,
/// `fleetward_packages_held`, `fleetward_packages_changed_timestamp_seconds`,
/// `fleetward_packages_refreshed_timestamp_seconds` (when apt last learnt what is new) and, where
/// the host keeps count of them, `fleetward_package_updates{kind}`. Files are looked at once a
/// minute and read when they have changed.
public final class PackagesCollector implements Collector {
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Pattern UPDATES = Pattern.compile("(?m)^(\\d+) .*updates? can be .*$");
  private static final Pattern SECURITY = Pattern.compile("(?m)^(\\d+) .*security updates?.*$");

  private final LongSupplier nanos;
  private final Path rebootRequired;
  private final Path dpkgStatus;
  private final List<Path> refreshStamps;
  private final Path updatesAvailable;
  private final DpkgStatus dpkg;
  private final Slot reboot;
  private final Slot changed;
  private final Slot refreshed;
  private final Slot updates;
  private final Slot securityUpdates;
  private long lookedAt;
  private boolean hasLooked;
  private boolean isRebootRequired;
  private Optional<FileTime> changedAt = Optional.empty();
  private double refreshedSeconds = Double.NaN;
  private double updateCount = Double.NaN;
  private double securityCount = Double.NaN;

  /// @param nanos a clock that only runs forward
  public PackagesCollector(HostPaths paths, SeriesTable table, LongSupplier nanos) {
    this.nanos = nanos;
    this.rebootRequired = paths.root("run/reboot-required");
    this.dpkgStatus = paths.root("var/lib/dpkg/status");
    this.refreshStamps =
        List.of(
            paths.root("var/lib/apt/periodic/update-success-stamp"),
            paths.root("var/lib/apt/lists/partial"));
    this.updatesAvailable = paths.root("var/lib/update-notifier/updates-available");
    this.dpkg = new DpkgStatus(table);
    this.reboot = table.slot("fleetward_reboot_required");
    this.changed = table.slot("fleetward_packages_changed_timestamp_seconds");
    this.refreshed = table.slot("fleetward_packages_refreshed_timestamp_seconds");
    this.updates = table.slot("fleetward_package_updates", "kind", "all");
    this.securityUpdates = table.slot("fleetward_package_updates", "kind", "security");
  }

  @Override
  public String name() {
    return "packages";
  }

  @Override
  public void collect() throws IOException {
    long now = nanos.getAsLong();
    try {
      if (!hasLooked || now - lookedAt >= LOOK_EVERY.toNanos()) {
        look();
        lookedAt = now;
        hasLooked = true;
      }
    } finally {
      tell();
    }
  }

  private void look() throws IOException {
    isRebootRequired = Files.exists(rebootRequired);
    refreshedSeconds = Double.NaN;
    for (Path stamp : refreshStamps) {
      if (Double.isNaN(refreshedSeconds)) {
        refreshedSeconds = modified(stamp).map(PackagesCollector::seconds).orElse(Double.NaN);
      }
    }
    lookForUpdates();
    Optional<FileTime> modified = modified(dpkgStatus);
    if (modified.isPresent() && !modified.equals(changedAt)) {
      dpkg.read(dpkgStatus);
    }
    changedAt = modified;
  }

  private void lookForUpdates() throws IOException {
    updateCount = Double.NaN;
    securityCount = Double.NaN;
    if (Files.isReadable(updatesAvailable)) {
      String text = Files.readString(updatesAvailable);
      updateCount = first(UPDATES.matcher(text));
      securityCount = first(SECURITY.matcher(text));
    }
  }

  private static double first(Matcher matcher) {
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private static Optional<FileTime> modified(Path path) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(path));
    } catch (NoSuchFileException _) {
      // another kind of host
      return Optional.empty();
    }
  }

  private static double seconds(FileTime time) {
    return time.toMillis() / 1e3;
  }

  private void tell() {
    reboot.set(isRebootRequired ? 1 : 0);
    refreshed.setIfKnown(refreshedSeconds);
    updates.setIfKnown(updateCount);
    securityUpdates.setIfKnown(securityCount);
    if (changedAt.isPresent()) {
      changed.set(seconds(changedAt.get()));
      dpkg.tell();
    }
  }
}
