package io.fleetward.rules.series;

/// A run of old samples of one series, compressed, with what long ranges ask about it. Immutable.
///
/// Times are kept as differences of differences, values as what differs from the one before.
@SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
record Block(byte[] bytes, Summary summary) {
  /// Compresses samples.
  ///
  /// @param offsets milliseconds after `baseMillis`
  /// @param from position of the first, `to` that after the last
  static Block of(long baseMillis, int[] offsets, double[] values, int from, int to) {
    ValueForm form = ValueForm.of(values, from, to);
    BitWriter writer = new BitWriter();
    form.write(writer);
    BitWriter.Column steps = writer.new Column();
    BitWriter.Column differences = writer.new Column();
    long time = offsets[from];
    long step = 0;
    long number = 0;
    for (int i = from; i < to; i++) {
      long newStep = offsets[i] - time;
      steps.write(ValueForm.zigzag(newStep - step));
      step = newStep;
      time = offsets[i];
      long newNumber = form.number(values[i]);
      differences.write(form.difference(newNumber, number));
      number = newNumber;
    }
    return new Block(writer.toBytes(), Summary.of(baseMillis, offsets, values, from, to));
  }

  long firstTime() {
    return summary.firstTime();
  }

  long lastTime() {
    return summary.lastTime();
  }

  /// Receives samples one by one.
  interface Sink {
    void add(long timeMillis, double value);

    /// Receives the time of a stale marker, which only a search for the newest sample looks at.
    default void mark(long timeMillis) {}
  }
}
