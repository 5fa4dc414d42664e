package io.fleetward.agent.scraping;

import io.fleetward.agent.scraping.RefusedPageException.Reason;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.settings.ExporterSettings;
import io.fleetward.protocol.exposition.PageFormat;
import io.fleetward.protocol.labels.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One exporter, whose page is fetched at its interval on a thread of its own; the collecting
/// thread takes what was read last and never waits for it.
final class Exporter {
  /// What came of fetching the page once.
  ///
  /// @param reading null if it failed
  /// @param atNanos when it ended, monotonic
  private record Result(@Nullable Reading reading, double seconds, long atNanos) {}

  private final ExporterSettings settings;
  private final FetchRhythm rhythm;

  /// For how long a page counts, when none follows.
  private final long freshNanos;

  private final PageFetch fetch;
  private final PageReader reader;
  private final SeriesBudget budget;
  private final ScrapeEvents events;
  private final Labels labels;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Object handingOver = new Object();

  /// Guarded by `handingOver`, as is what it holds.
  private @Nullable Result last;

  /// What the thread fills next; nobody else has it.
  private Reading spare = new Reading();

  private boolean isLost;

  /// @param instance the host's identity
  /// @param scrapeInterval the host's own
  /// @throws IOException if its certificate authority's file cannot be used
  Exporter(
      ExporterSettings settings,
      String instance,
      Duration scrapeInterval,
      SeriesBudget budget,
      ScrapeEvents events)
      throws IOException {
    this.settings = settings;
    this.rhythm = new FetchRhythm(scrapeInterval, settings.interval());
    this.freshNanos = settings.interval().plus(settings.timeout()).plus(scrapeInterval).toNanos();
    this.labels = Labels.of("job", settings.name()).withAll(settings.labels());
    this.fetch = new PageFetch(settings);
    this.reader =
        new PageReader(
            settings.seriesLimit(),
            new TargetLabels(labels, instance, settings.honourLabels())::of);
    this.budget = budget;
    this.events = events;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("fleetward-scrape-" + settings.name())
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// What all of its series and those about it carry.
  Labels labels() {
    return labels;
  }

  private void run() {
    try {
      long next;
      do {
        long start = System.nanoTime();
        scrape(start);
        next = rhythm.next(start, System.nanoTime());
      } while (!closing.await(next - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      // nobody needs it any more
    }
  }

  private void scrape(long start) {
    boolean isTaken = false;
    try {
      readPage();
      isTaken = true;
      taken();
    } catch (RefusedPageException e) {
      refused(e);
    }
    long now = System.nanoTime();
    handOver((now - start) / 1e9, now, isTaken);
  }

  @SuppressWarnings("CatchingUnchecked") // a bug in reading one page must not end the reading of it
  private void readPage() throws RefusedPageException {
    try {
      PageFormat format = fetch.fetch();
      reader.read(fetch.bytes(), fetch.length(), format, spare);
    } catch (RuntimeException e) {
      throw new RefusedPageException(Reason.DEFECT, "reading its page failed: " + e);
    }
    if (!budget.take(settings.name(), reader.recordBytes())) {
      throw new RefusedPageException(
          Reason.RECORD_FULL,
          "all exporters together would take more than %d KB of the host's record; read fewer"
              .formatted(SeriesBudget.MOST_BYTES >> 10));
    }
  }

  private void taken() {
    events.pageTaken(settings.name());
    if (isLost) {
      isLost = false;
      events.exporterFound(settings.name());
    }
  }

  private void refused(RefusedPageException refusal) {
    events.pageRefused(settings.name(), word(refusal.reason()));
    if (!isLost) {
      isLost = true;
      events.exporterLost(settings.name(), refusal.text());
    }
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void handOver(double seconds, long now, boolean isRead) {
    synchronized (handingOver) {
      Reading free = last == null ? null : last.reading();
      last = new Result(isRead ? spare : null, seconds, now);
      if (isRead) {
        spare = free == null ? new Reading() : free;
      }
    }
  }

  /// Sets what was read last, if it is fresh, and what is to be said of it. On the collecting
  /// thread.
  void set(SeriesTable table, ExporterSlots slots) {
    long now = System.nanoTime();
    rhythm.taken(now);
    synchronized (handingOver) {
      Result result = last;
      if (result == null) {
        // it is not known yet
        return;
      }
      Reading reading = result.reading();
      boolean isUp = reading != null && now - result.atNanos() < freshNanos;
      slots.up().set(isUp ? 1 : 0);
      slots.seconds().set(result.seconds());
      slots.samples().set(isUp && reading != null ? reading.size() : 0);
      if (isUp && reading != null) {
        reading.setAll(table);
      }
    }
  }

  void close() {
    closing.countDown();
    thread.interrupt();
  }
}
