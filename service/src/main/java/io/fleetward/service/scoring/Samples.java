package io.fleetward.service.scoring;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.SampleTable;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.rules.engine.HostRules;

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
    /// Appends all samples.
    ///
    /// @return the slot of each series
    int[] appendTo(HostRules rules) {
      int[] slots = slots(rules);
      for (int number = 0; number < slots.length; number++) {
        TimeSeries series = request.series().get(number);
        for (int i = 0; i < series.size(); i++) {
          rules.append(slots[number], series.timeMillis(i), series.value(i));
        }
      }
      return slots;
    }

    /// The slot of each series, which has the host's instance if it says none.
    int[] slots(HostRules rules) {
      int[] slots = new int[request.series().size()];
      for (int number = 0; number < slots.length; number++) {
        Labels labels = request.series().get(number).labels();
        slots[number] =
            rules.slot(
                labels.has(Labels.INSTANCE)
                    ? labels
                    : labels.with(Labels.INSTANCE, rules.instance()));
      }
      return slots;
    }

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
