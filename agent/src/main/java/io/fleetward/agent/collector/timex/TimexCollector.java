package io.fleetward.agent.collector.timex;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.linux.KernelClock;
import io.fleetward.agent.series.SeriesTable;
import io.fleetward.agent.series.Slot;
import java.io.IOException;

/// `node_timex_sync_status`, `node_timex_offset_seconds`, `node_timex_maxerror_seconds` and the
/// like.
public final class TimexCollector implements Collector {
  private static final int IN_NANOSECONDS = 0x2000;
  private static final double MICROSECONDS = 1e6;
  private static final double NANOSECONDS = 1e9;
  private static final double PARTS_PER_MILLION = 1e6 * 65536;

  private final KernelClock clock = new KernelClock();
  private final Slot syncStatus;
  private final Slot offset;
  private final Slot frequency;
  private final Slot mostError;
  private final Slot estimatedError;
  private final Slot status;
  private final Slot timeConstant;
  private final Slot tick;
  private final Slot pulseFrequency;
  private final Slot pulseJitter;
  private final Slot pulseShift;
  private final Slot pulseStability;
  private final Slot jitterExceeded;
  private final Slot calibrations;
  private final Slot calibrationErrors;
  private final Slot stabilityExceeded;
  private final Slot atomicTimeOffset;

  public TimexCollector(SeriesTable table) {
    this.syncStatus = table.slot("node_timex_sync_status");
    this.offset = table.slot("node_timex_offset_seconds");
    this.frequency = table.slot("node_timex_frequency_adjustment_ratio");
    this.mostError = table.slot("node_timex_maxerror_seconds");
    this.estimatedError = table.slot("node_timex_estimated_error_seconds");
    this.status = table.slot("node_timex_status");
    this.timeConstant = table.slot("node_timex_loop_time_constant");
    this.tick = table.slot("node_timex_tick_seconds");
    this.pulseFrequency = table.slot("node_timex_pps_frequency_hertz");
    this.pulseJitter = table.slot("node_timex_pps_jitter_seconds");
    this.pulseShift = table.slot("node_timex_pps_shift_seconds");
    this.pulseStability = table.slot("node_timex_pps_stability_hertz");
    this.jitterExceeded = table.slot("node_timex_pps_jitter_total");
    this.calibrations = table.slot("node_timex_pps_calibration_total");
    this.calibrationErrors = table.slot("node_timex_pps_error_total");
    this.stabilityExceeded = table.slot("node_timex_pps_stability_exceeded_total");
    this.atomicTimeOffset = table.slot("node_timex_tai_offset_seconds");
  }

  @Override
  public String name() {
    return "timex";
  }

  @Override
  public void collect() throws IOException {
    clock.read();
    double unit = (clock.status() & IN_NANOSECONDS) != 0 ? NANOSECONDS : MICROSECONDS;
    syncStatus.set(clock.isSynchronised() ? 1 : 0);
    offset.set(clock.offset() / unit);
    frequency.set(1 + clock.frequency() / PARTS_PER_MILLION);
    mostError.set(clock.mostError() / MICROSECONDS);
    estimatedError.set(clock.estimatedError() / MICROSECONDS);
    status.set(clock.status());
    timeConstant.set(clock.timeConstant());
    tick.set(clock.tick() / MICROSECONDS);
    pulseFrequency.set(clock.pulseFrequency() / PARTS_PER_MILLION);
    pulseJitter.set(clock.pulseJitter() / unit);
    pulseShift.set(clock.pulseShift());
    pulseStability.set(clock.pulseStability() / PARTS_PER_MILLION);
    jitterExceeded.set(clock.jitterExceeded());
    calibrations.set(clock.calibrations());
    calibrationErrors.set(clock.calibrationErrors());
    stabilityExceeded.set(clock.stabilityExceeded());
    atomicTimeOffset.set(clock.atomicTimeOffset());
  }
}
