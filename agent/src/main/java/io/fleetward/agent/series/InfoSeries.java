package io.fleetward.agent.series;

import io.fleetward.agent.linux.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A series whose labels carry texts that may change, such as a device's address: when one does, it
/// becomes another series. While they stay the same nothing is allocated. Confined to the
/// collecting thread.
public final class InfoSeries {
  private final SeriesTable table;
  private final String metric;
  private final String[] labels;
  private final int fixed;
  private final int[] ends;
  private byte[] texts = new byte[128];
  private byte[] told = {};
  private int length;
  private int count;
  private @Nullable Slot slot;

  /// @param fixedNamesAndValues labels that never change, in turn
  /// @param textNames the labels whose texts are given at each scrape, in this order
  public InfoSeries(
      SeriesTable table, String metric, String[] fixedNamesAndValues, String... textNames) {
    this.table = table;
    this.metric = metric;
    this.fixed = fixedNamesAndValues.length;
    this.labels = Arrays.copyOf(fixedNamesAndValues, fixed + 2 * textNames.length);
    for (int i = 0; i < textNames.length; i++) {
      labels[fixed + 2 * i] = textNames[i];
    }
    this.ends = new int[textNames.length];
  }

  /// Begins anew with the first text.
  public InfoSeries begin() {
    length = 0;
    count = 0;
    return this;
  }

  /// The next text is the current field.
  public InfoSeries text(Fields field) {
    int needed = length + field.length() + 1;
    if (needed > texts.length) {
      texts = Arrays.copyOf(texts, 2 * needed);
    }
    length = field.copyTo(texts, length);
    return end();
  }

  /// The next text is empty: the series has no such label.
  public InfoSeries nothing() {
    return end();
  }

  private InfoSeries end() {
    ends[count++] = length;
    if (length == texts.length) {
      texts = Arrays.copyOf(texts, 2 * length);
    }
    texts[length++] = '\n';
    return this;
  }

  /// Tells 1.
  public void tell() {
    tell(1);
  }

  /// Tells a value under the texts given.
  public void tell(double value) {
    Slot current = slot;
    if (current == null || !Arrays.equals(texts, 0, length, told, 0, told.length)) {
      current = table.slot(metric, labelsNow());
      slot = current;
      told = Arrays.copyOf(texts, length);
    }
    current.set(value);
  }

  private String[] labelsNow() {
    String[] now = labels.clone();
    int start = 0;
    for (int i = 0; i < ends.length; i++) {
      now[fixed + 2 * i + 1] = new String(texts, start, ends[i] - start, StandardCharsets.UTF_8);
      start = ends[i] + 1;
    }
    return now;
  }
}
