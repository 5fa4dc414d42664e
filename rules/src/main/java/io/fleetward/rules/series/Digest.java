package io.fleetward.rules.series;

/// Takes in the samples of a long range, whole runs of them at a time where it can. Confined to one
/// thread, used again.
public interface Digest extends Block.Sink {
  /// Takes in one sample; samples come in the order of time.
  @Override
  void add(long timeMillis, double value);

  /// Takes in a run of finite samples.
  void add(Summary run);
}
