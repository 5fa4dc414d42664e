package io.fleetward.rules.series;

import io.fleetward.protocol.metrics.StaleMarker;

/// Reads compressed samples back, block after block. Confined to one thread, used again.
public final class BlockReader {
  private final BitReader bits = new BitReader();
  private final BitReader.Column steps = bits.new Column();
  private final BitReader.Column differences = bits.new Column();

  /// Hands over the samples of a block in (`afterMillis`, `untilMillis`].
  void read(Block block, long afterMillis, long untilMillis, Block.Sink sink) {
    bits.open(block.bytes());
    steps.restart();
    differences.restart();
    ValueForm form = ValueForm.read(bits);
    long time = block.firstTime();
    long step = 0;
    long number = 0;
    for (int i = 0; i < block.summary().count(); i++) {
      step += ValueForm.unzigzag(steps.read());
      time += step;
      number = form.number(differences.read(), number);
      if (time > untilMillis) {
        return;
      }
      double sample = form.value(number);
      if (time > afterMillis && StaleMarker.is(sample)) {
        sink.mark(time);
      } else if (time > afterMillis) {
        sink.add(time, sample);
      }
    }
  }
}
