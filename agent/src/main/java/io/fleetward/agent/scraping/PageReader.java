package io.fleetward.agent.scraping;

import io.fleetward.protocol.exposition.ExpositionLimits;
import io.fleetward.protocol.exposition.ExpositionReader;
import io.fleetward.protocol.exposition.MalformedPageException;
import io.fleetward.protocol.exposition.PageFormat;
import io.fleetward.protocol.labels.Labels;
import java.util.function.UnaryOperator;

/// Makes readings of pages; a page like the one before makes no objects. Confined to one thread.
final class PageReader {
  private final ExpositionReader reader;
  private final SeriesCache cache = new SeriesCache();
  private final UnaryOperator<Labels> relabelling;
  private long page;
  private long recordBytes;

  /// @param relabelling what becomes of the labels of a new series
  PageReader(int seriesLimit, UnaryOperator<Labels> relabelling) {
    this.reader = new ExpositionReader(ExpositionLimits.ofSamples(seriesLimit));
    this.relabelling = relabelling;
  }

  /// Reads a page. Times that it gives its samples are not looked at: they get the host's.
  ///
  /// @param reading what it has is replaced; incomplete if this fails
  /// @return whether a sample had a time
  /// @throws MalformedPageException if it is malformed or beyond a limit
  boolean read(byte[] bytes, int length, PageFormat format, Reading reading)
      throws MalformedPageException {
    reading.clear();
    page++;
    recordBytes = 0;
    boolean isTimed = false;
    reader.reset(bytes, length, format);
    while (reader.next()) {
      ScrapedSeries series = cache.find(bytes, reader.seriesStart(), reader.seriesEnd());
      if (series == null) {
        series = new ScrapedSeries(relabelling.apply(reader.labels()));
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

  /// About how much of a record the page that was read last takes, were no value in it twice.
  long recordBytes() {
    return recordBytes;
  }

  /// How many series are known by their bytes.
  int remembered() {
    return cache.size();
  }
}
