package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;

/// What one record holds.
sealed interface Samples {
  /// How many samples there are.
  int size();

  /// How many series they belong to.
  int series();

  /// The time of the newest in the host's ms; the least number there is without any.
  long newestMillis();

  /// As the decoder read it.
  record Labelled(WriteRequest request) implements Samples {
    @Override
    public int size() {
      return request.samples();
    }

    @Override
    public int series() {
      return request.series().size();
    }

    @Override
    public long newestMillis() {
      long newest = Long.MIN_VALUE;
      for (TimeSeries series : request.series()) {
        for (int i = 0; i < series.size(); i++) {
          newest = Math.max(newest, series.timeMillis(i));
        }
      }
      return newest;
    }
  }

  /// As it was read by a layout that the host had before; to be used before the next record is
  /// read.
  ///
  /// @param slots the slot of each of the layout's series
  @SuppressWarnings("ArrayRecordComponent") // the layout's own, never compared
  record Slotted(SampleTable table, int[] slots) implements Samples {
    @Override
    public int size() {
      return table.size();
    }

    @Override
    public int series() {
      return slots.length;
    }

    @Override
    public long newestMillis() {
      return table.newestMillis();
    }
  }
}
