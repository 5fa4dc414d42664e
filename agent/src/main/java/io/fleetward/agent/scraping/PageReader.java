package io.fleetward.agent.scraping;

import io.fleetward.agent.scraping.RefusedPageException.Reason;
import io.fleetward.protocol.exposition.ExpositionLimits;
import io.fleetward.protocol.exposition.ExpositionReader;
import io.fleetward.protocol.exposition.MalformedPageException;
import io.fleetward.protocol.exposition.PageFormat;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.DecodeLimits;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// Makes readings of pages; a page like the one before makes no objects. Confined to one thread.
final class PageReader {
  private final ExpositionReader reader;
  private final SeriesCache cache = new SeriesCache();
  private final int seriesLimit;
  private final UnaryOperator<Labels> relabelling;
  private long page;
  private long recordBytes;

  /// @param relabelling what becomes of the labels of a new series
  PageReader(int seriesLimit, UnaryOperator<Labels> relabelling) {
    this.reader = new ExpositionReader(ExpositionLimits.ofSamples(seriesLimit + 1));
    this.seriesLimit = seriesLimit;
    this.relabelling = relabelling;
  }

  /// Reads a page. Times that it gives its samples are not looked at: they get the host's.
  ///
  /// @param reading what it has is replaced; incomplete if this fails
  /// @return whether a sample had a time
  /// @throws RefusedPageException if it is malformed or beyond a limit
  boolean read(byte[] bytes, int length, PageFormat format, Reading reading)
      throws RefusedPageException {
    try {
      return readAll(bytes, length, format, reading);
    } catch (MalformedPageException e) {
      throw new RefusedPageException(Reason.MALFORMED, "its page is malformed: " + e.getMessage());
    }
  }

  private boolean readAll(byte[] bytes, int length, PageFormat format, Reading reading)
      throws MalformedPageException, RefusedPageException {
    reading.clear();
    page++;
    recordBytes = 0;
    boolean isTimed = false;
    reader.reset(bytes, length, format);
    for (int samples = 0; reader.next(); samples++) {
      if (samples == seriesLimit) {
        throw new RefusedPageException(
            Reason.SERIES_LIMIT,
            "its page has more than %d samples; have it tell fewer, or raise its limit"
                .formatted(seriesLimit));
      }
      ScrapedSeries series = cache.find(bytes, reader.seriesStart(), reader.seriesEnd());
      if (series == null) {
        series = new ScrapedSeries(checked(relabelling.apply(reader.labels())));
        cache.add(bytes, reader.seriesStart(), reader.seriesEnd(), series);
      }
      if (series.lastPage != page) {
        // of two samples of one series the first counts
        series.lastPage = page;
        reading.add(series, reader.value());
        recordBytes += series.recordBytes();
      }
      isTimed |= reader.isTimed();
    }
    cache.tidy(page, reading.size());
    return isTimed;
  }

  /// Labels that whoever reads the record will take: it refuses the whole of it for one that is
  /// beyond a limit, and with it what the host itself tells.
  private static Labels checked(Labels labels) throws RefusedPageException {
    DecodeLimits limits = DecodeLimits.DEFAULT;
    boolean isTaken = labels.size() <= limits.labelsPerSeries();
    for (int i = 0; i < labels.size(); i++) {
      isTaken &=
          bytes(labels.nameAt(i)) <= limits.nameBytes()
              && bytes(labels.valueAt(i)) <= limits.valueBytes();
    }
    if (!isTaken) {
      throw new RefusedPageException(
          Reason.SERIES_LIMIT,
          "its series %s would have more than %d labels, or one too long, with those that are added"
              .formatted(labels.metricName(), limits.labelsPerSeries()));
    }
    return labels;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// About how much of a record the page that was read last takes, were no value in it twice.
  long recordBytes() {
    return recordBytes;
  }

  /// How many series are known by their bytes.
  int remembered() {
    return cache.size();
  }
}
