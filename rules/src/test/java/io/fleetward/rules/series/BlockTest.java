package io.fleetward.rules.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.metrics.StaleMarker;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockTest {
  @Test
  void givesBackEverySampleBitForBit() {
    long seed = Long.getLong("fleetward.seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    BlockReader reader = new BlockReader();
    for (int round = 0; round < 500; round++) {
      int size = random.nextInt(1, 200);
      int[] offsets = new int[size];
      double[] values = new double[size];
      long base = random.nextLong(-1L << 40, 1L << 41);
      int offset = 0;
      for (int i = 0; i < size; i++) {
        offset += random.nextInt(5) == 0 ? random.nextInt(1, 1 << 23) : 15_000;
        offsets[i] = offset;
        values[i] =
            switch (random.nextInt(5)) {
              case 0 -> Double.longBitsToDouble(random.nextLong());
              case 1 -> random.nextInt(10);
              case 2 -> random.nextBoolean() ? Double.NaN : -0.0;
              default -> i == 0 ? 1e12 : values[i - 1];
            };
      }
      Window window = new Window();
      Block block = Block.of(base, offsets, values, 0, size);
      reader.read(block, Long.MIN_VALUE, Long.MAX_VALUE, window);
      int at = 0;
      for (int i = 0; i < size; i++) {
        if (!StaleMarker.is(values[i])) {
          assertThat(window.time(at)).as("seed %d", seed).isEqualTo(base + offsets[i]);
          assertThat(Double.doubleToRawLongBits(window.value(at)))
              .as("seed %d", seed)
              .isEqualTo(Double.doubleToRawLongBits(values[i]));
          at++;
        }
      }
      assertThat(window.size()).isEqualTo(at);
    }
  }

  @Test
  void takesLittleForValuesInWholeUnits() {
    int[] offsets = new int[120];
    double[] bytesFree = new double[120];
    double[] seconds = new double[120];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = 15_000 * i;
      bytesFree[i] = 6e11 - 4096.0 * (i * 37 % 50);
      seconds[i] = (12_345_678 + 93 * i + i * 31 % 17) / 100.0;
    }
    assertThat(Block.of(0, offsets, bytesFree, 0, 120).bytes().length).isLessThan(170);
    assertThat(Block.of(0, offsets, seconds, 0, 120).bytes().length).isLessThan(200);
  }
}
